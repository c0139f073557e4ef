/*
 * Layer hooks that count the processor's cycles on real boards. Compile the model's source with
 *
 *   -DQCC_LAYER_HOOKS='"qcc_cycles.h"'
 *
 * link qcc_cycles.c, and read qcc_cycles_of_layer after a run. Without that option the hooks are empty and cost nothing.
 *
 * Cortex-M3, M4, M7, M33, M55 and M85 count by the cycle counter of the DWT unit: 32 bits, so that a layer may take 2^32
 * cycles. A debugger may use it, too. Cortex-M0, M0+ and M23 have none: there the SysTick timer counts, which this takes
 * away from whoever else uses it (an RTOS, millis()), and a layer, or a row of one that is computed row by row, may take
 * 2^24 - 1 cycles. Emulators count no cycles: QEMU has no DWT, and its SysTick follows the virtual time.
 *
 * What the hooks themselves take is counted in: some ten cycles for each call of a layer. Interrupts are, too.
 */
#ifndef QCC_CYCLES_H
#define QCC_CYCLES_H

#include <stdint.h>

/* Layers with a higher number are not counted. */
#ifndef QCC_CYCLES_LAYERS
#define QCC_CYCLES_LAYERS 64
#endif

/* Cycles of each layer in the last run; a layer that is computed row by row is the sum of its rows. */
extern uint32_t qcc_cycles_of_layer[QCC_CYCLES_LAYERS];

extern uint32_t qcc_cycles_begun;

#define QCC_RUN_BEGIN() qcc_cycles_start()
#define QCC_LAYER_BEGIN(index) (qcc_cycles_begun = qcc_cycles_now())
#define QCC_LAYER_END(index, data, size) qcc_cycles_add(index)

#define QCC_CYCLES_REGISTER(address) (*(volatile uint32_t *)(address))

#if defined(__ARM_ARCH_6M__) || defined(__ARM_ARCH_8M_BASE__)
#define QCC_SYSTICK_CONTROL QCC_CYCLES_REGISTER(0xE000E010u)
#define QCC_SYSTICK_RELOAD QCC_CYCLES_REGISTER(0xE000E014u)
#define QCC_SYSTICK_VALUE QCC_CYCLES_REGISTER(0xE000E018u)
#define QCC_CYCLES_MASK 0xFFFFFFu

static inline void qcc_cycles_enable(void)
{
    QCC_SYSTICK_RELOAD = QCC_CYCLES_MASK;
    QCC_SYSTICK_VALUE = 0u;
    QCC_SYSTICK_CONTROL = (1u << 2) | (1u << 0); /* the processor's clock, no interrupt, on */
}

static inline uint32_t qcc_cycles_counter(void)
{
    return 0u - QCC_SYSTICK_VALUE; /* it counts down */
}
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
#define QCC_DEMCR QCC_CYCLES_REGISTER(0xE000EDFCu)
#define QCC_DWT_CONTROL QCC_CYCLES_REGISTER(0xE0001000u)
#define QCC_DWT_CYCLES QCC_CYCLES_REGISTER(0xE0001004u)
#define QCC_DWT_LOCK QCC_CYCLES_REGISTER(0xE0001FB0u)
#define QCC_CYCLES_MASK UINT32_MAX

static inline void qcc_cycles_enable(void)
{
    QCC_DEMCR |= 1u << 24;       /* TRCENA: DWT on */
    QCC_DWT_LOCK = 0xC5ACCE55u;  /* the Cortex-M7 has a lock, others ignore this */
    QCC_DWT_CONTROL |= 1u << 0;  /* CYCCNTENA */
}

static inline uint32_t qcc_cycles_counter(void)
{
    return QCC_DWT_CYCLES;
}
#else
#error "qcc_cycles.h is for Cortex-M: define QCC_LAYER_BEGIN and QCC_LAYER_END in a header of your own"
#endif

/* Cycles so far, modulo QCC_CYCLES_MASK + 1. No work on memory moves across it. */
static inline uint32_t qcc_cycles_now(void)
{
    __asm__ volatile("" : : : "memory");
    const uint32_t now = qcc_cycles_counter();
    __asm__ volatile("" : : : "memory");
    return now;
}

static inline void qcc_cycles_start(void)
{
    for (uint32_t i = 0; i < QCC_CYCLES_LAYERS; i++) {
        qcc_cycles_of_layer[i] = 0u;
    }
    qcc_cycles_enable();
}

static inline void qcc_cycles_add(uint32_t layer)
{
    const uint32_t taken = (qcc_cycles_now() - qcc_cycles_begun) & QCC_CYCLES_MASK;
    if (layer < QCC_CYCLES_LAYERS) {
        qcc_cycles_of_layer[layer] += taken;
    }
}

#endif
