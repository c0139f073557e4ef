/*
 * What the hooks of qcc_cycles.h count into.
 */
#include "qcc_cycles.h"

uint32_t qcc_cycles_of_layer[QCC_CYCLES_LAYERS];
uint32_t qcc_cycles_begun;
