/*
 * Runs the network once on a board and prints the processor's cycles of every layer: a line `layer NAME CYCLES` for each.
 */
#include "qcc_cycles.h"
#include "qcc_io.h"
#include "qcc_network.h"
#include "qcc_print.h"

int main(void)
{
    qcc_model.run();
    for (uint32_t i = 0; i < qcc_model.layer_count && i < QCC_CYCLES_LAYERS; i++) {
        qcc_io_print("layer ");
        qcc_io_print(qcc_model.layers[i]);
        qcc_io_print(" ");
        qcc_print_number(qcc_cycles_of_layer[i]);
        qcc_io_print("\n");
    }
    return 0;
}
