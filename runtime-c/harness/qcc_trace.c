#include "qcc_trace.h"

#include "qcc_io.h"
#include "qcc_network.h"

#define FNV_OFFSET UINT32_C(2166136261)
#define FNV_PRIME UINT32_C(16777619)

static uint32_t dumped_layer = UINT32_MAX;
static int dump_file = -1;

static uint32_t continue_hash(uint32_t hash, const int8_t *data, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        hash = (hash ^ (uint8_t)data[i]) * FNV_PRIME;
    }
    return hash;
}

uint32_t qcc_trace_hash(const int8_t *data, uint32_t size)
{
    return continue_hash(FNV_OFFSET, data, size);
}

void qcc_trace_begin(void)
{
    for (uint32_t i = 0; i < qcc_model.layer_count; i++) {
        qcc_model.hashes[i] = FNV_OFFSET;
    }
}

void qcc_trace_dump(uint32_t index, int file)
{
    dumped_layer = index;
    dump_file = file;
}

void qcc_trace_layer(uint32_t index, const int8_t *data, uint32_t size)
{
    qcc_model.hashes[index] = continue_hash(qcc_model.hashes[index], data, size);
    if (index == dumped_layer) {
        (void)qcc_io_write(dump_file, data, size);
    }
}

const char *qcc_trace_spoiled_output(void)
{
    for (uint32_t i = 0; i < qcc_model_output_count; i++) {
        const qcc_output *output = &qcc_model_outputs[i];
        if (output->layer != UINT32_MAX
            && qcc_trace_hash(output->port.data(), output->port.size) != qcc_model.hashes[output->layer]) {
            return output->port.name;
        }
    }
    return NULL;
}
