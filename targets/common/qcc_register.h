/* Memory-mapped registers, and what the UARTs of all boards have in common. */
#ifndef QCC_REGISTER_H
#define QCC_REGISTER_H

#include <stdint.h>

#define QCC_REGISTER(address) (*(volatile uint32_t *)(address))
#define QCC_BAUD 115200u

/* Gives a field of `bits` bits, number `index` in the register, another value. */
static inline void qcc_set_field(volatile uint32_t *word, uint32_t bits, uint32_t index, uint32_t value)
{
    const uint32_t mask = ((1u << bits) - 1u) << (bits * index);
    *word = (*word & ~mask) | (value << (bits * index));
}

#endif
