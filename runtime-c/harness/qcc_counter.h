/*
 * Counts instructions by a timer of the board, in an emulator in which every instruction takes 64 ns of virtual time
 * (QEMU with -icount shift=6). The timer is an Arm CMSDK APB timer: 32 bits, counting down.
 *
 * QCC_COUNTER_ADDRESS and QCC_COUNTER_MHZ come from the target's description.
 */
#ifndef QCC_COUNTER_H
#define QCC_COUNTER_H

#include <stdint.h>

#define QCC_NS_PER_INSTRUCTION 64u

#define QCC_COUNTER_CONTROL (*(volatile uint32_t *)(QCC_COUNTER_ADDRESS))
#define QCC_COUNTER_VALUE (*(volatile uint32_t *)(QCC_COUNTER_ADDRESS + 4u))
#define QCC_COUNTER_RELOAD (*(volatile uint32_t *)(QCC_COUNTER_ADDRESS + 8u))

/* Starts the timer; to be called once. */
static inline void qcc_counter_start(void)
{
    QCC_COUNTER_RELOAD = UINT32_MAX;
    QCC_COUNTER_VALUE = UINT32_MAX;
    QCC_COUNTER_CONTROL = 1u;
}

/* Ticks so far; differences are right across one wrap. No work on memory moves across it. */
static inline uint32_t qcc_counter_ticks(void)
{
    __asm__ volatile("" : : : "memory");
    const uint32_t value = QCC_COUNTER_VALUE;
    __asm__ volatile("" : : : "memory");
    return 0u - value;
}

/* The number of instructions that took so many ticks, rounded. */
static inline uint32_t qcc_counter_instructions(uint32_t ticks)
{
    const uint64_t ns = (uint64_t)ticks * 1000u;
    const uint64_t unit = (uint64_t)QCC_COUNTER_MHZ * QCC_NS_PER_INSTRUCTION;
    return (uint32_t)((ns + unit / 2u) / unit);
}

#endif
