/*
 * Runs the vectors that are linked in and compares the hash of every layer with what the reference interpreter found.
 * Exit code 0: all equal. 1: the first layer that differs is named.
 */
#include "qcc_io.h"
#include "qcc_network.h"
#include "qcc_print.h"
#include "qcc_selftest.h"
#include "qcc_trace.h"

static const int8_t *next_value = qcc_vectors_data;

void qcc_network_row(int8_t *values, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++) {
        values[i] = *next_value++;
    }
}

static void load_inputs(void)
{
    for (uint32_t i = 0; i < qcc_model.input_count; i++) {
        if (qcc_model.inputs[i].data != NULL) {
            qcc_network_row(qcc_model.inputs[i].data(), qcc_model.inputs[i].size);
        }
    }
}

static void fail(uint32_t vector, uint32_t layer)
{
    qcc_io_print(qcc_model.name);
    qcc_io_print(": FAILED: vector ");
    qcc_print_number(vector);
    qcc_io_print(", layer ");
    qcc_io_print(qcc_model.layers[layer]);
    qcc_io_print(" differs from the reference\n");
    qcc_io_exit(1);
}

static void fail_output(uint32_t vector, const char *name)
{
    qcc_io_print(qcc_model.name);
    qcc_io_print(": FAILED: vector ");
    qcc_print_number(vector);
    qcc_io_print(", output ");
    qcc_io_print(name);
    qcc_io_print(" was overwritten after its layer had computed it\n");
    qcc_io_exit(1);
}

int main(void)
{
    const uint32_t *expected = qcc_vectors_hashes;
    for (uint32_t v = 0; v < qcc_vector_count; v++) {
        load_inputs();
        qcc_model.run();
        for (uint32_t layer = 0; layer < qcc_model.layer_count; layer++) {
            if (qcc_model.hashes[layer] != *expected++) {
                fail(v, layer);
            }
        }
        if (qcc_trace_spoiled_output() != NULL) {
            fail_output(v, qcc_trace_spoiled_output());
        }
    }
    qcc_io_print(qcc_model.name);
    qcc_io_print(": ");
    qcc_print_number(qcc_vector_count);
    qcc_io_print(" vectors, ");
    qcc_print_number(qcc_model.layer_count);
    qcc_io_print(" layers: PASSED\n");
    return 0;
}
