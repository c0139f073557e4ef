/*
 * Runs samples from the file inputs.bin and writes the hashes of their layers to outputs.bin. All numbers are 32 bits,
 * little-endian.
 *
 *   inputs.bin   magic, number of samples, layer to dump or UINT32_MAX; then each sample's inputs in the model's order,
 *                and behind them the rows of those that are supplied row by row, in the order they are asked for
 *   outputs.bin  magic, number of layers; then for each sample the bytes of the dumped layer, if any, and the hash of
 *                every layer
 *
 * Exit code 0: all samples were run. 2: a file cannot be read or written.
 * 3: an output does not survive until the end of the run.
 */
#include "qcc_io.h"
#include "qcc_network.h"
#include "qcc_print.h"
#include "qcc_trace.h"

#define MAGIC UINT32_C(0x31434351) /* "QCC1" */

static int in = -1;

static void stop(const char *why)
{
    qcc_io_print("qcc: ");
    qcc_io_print(why);
    qcc_io_print("\n");
    qcc_io_exit(2);
}

static void stop_at_output(const char *name)
{
    qcc_io_print("qcc: output ");
    qcc_io_print(name);
    qcc_io_print(" was overwritten after its layer had computed it\n");
    qcc_io_exit(3);
}

static void read_all(void *data, uint32_t size)
{
    if (qcc_io_read(in, data, size) != (int32_t)size) {
        stop("inputs.bin ends too early");
    }
}

void qcc_network_row(int8_t *values, uint32_t size)
{
    read_all(values, size);
}

static void write_all(int file, const void *data, uint32_t size)
{
    if (qcc_io_write(file, data, size) != (int32_t)size) {
        stop("outputs.bin cannot be written");
    }
}

int main(void)
{
    uint32_t head[3];
    in = qcc_io_open("inputs.bin", 0);
    int out = qcc_io_open("outputs.bin", 1);
    if (in < 0 || out < 0) {
        stop("inputs.bin or outputs.bin cannot be opened");
    }
    read_all(head, sizeof head);
    if (head[0] != MAGIC) {
        stop("inputs.bin is not of this version");
    }
    qcc_trace_dump(head[2], out);
    const uint32_t answer[2] = {MAGIC, qcc_model.layer_count};
    write_all(out, answer, sizeof answer);
    for (uint32_t sample = 0; sample < head[1]; sample++) {
        for (uint32_t i = 0; i < qcc_model.input_count; i++) {
            if (qcc_model.inputs[i].data != NULL) {
                read_all(qcc_model.inputs[i].data(), qcc_model.inputs[i].size);
            }
        }
        qcc_model.run();
        if (qcc_trace_spoiled_output() != NULL) {
            stop_at_output(qcc_trace_spoiled_output());
        }
        write_all(out, qcc_model.hashes, qcc_model.layer_count * (uint32_t)sizeof(uint32_t));
    }
    qcc_io_close(out);
    qcc_io_close(in);
    qcc_io_print("qcc: ran ");
    qcc_print_number(head[1]);
    qcc_io_print(" samples\n");
    return 0;
}
