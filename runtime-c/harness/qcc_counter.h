/*
 * Counts instructions: by a timer of the board, in an emulator in which every instruction takes 256 ns of virtual time
 * (QEMU with -icount shift=8), or by a register of the emulator that counts them. An instruction is at least five ticks
 * of a timer, so that a count, rounded, is exact; 2^32 ticks are 670 million instructions at 25 MHz.
 *
 *   QCC_CMSDK_TIMER          an Arm CMSDK APB timer: 32 bits, counting down
 *   QCC_SSE_COUNTER          the control frame of the system counter of an Arm SSE-300: counting up; its low 32 bits
 *                            serve
 *   QCC_INSTRUCTION_COUNTER  a word with the low 32 bits of the number of instructions; a tick is one of them
 *   QCC_CYCLE_COUNTER        the same of cycles, which are then what is counted
 *
 * QCC_COUNTER (one of these), QCC_COUNTER_ADDRESS and QCC_COUNTER_MHZ come from the target's description.
 */
#ifndef QCC_COUNTER_H
#define QCC_COUNTER_H

#include <stdint.h>

#define QCC_NS_PER_INSTRUCTION 256u

#define QCC_CMSDK_TIMER 1
#define QCC_SSE_COUNTER 2
#define QCC_INSTRUCTION_COUNTER 3
#define QCC_CYCLE_COUNTER 4

/* Counts by itself, in the unit that is wanted. */
#define QCC_COUNTER_IS_EXACT (QCC_COUNTER == QCC_INSTRUCTION_COUNTER || QCC_COUNTER == QCC_CYCLE_COUNTER)

#define QCC_COUNTER_REGISTER(offset) (*(volatile uint32_t *)(QCC_COUNTER_ADDRESS + (offset)))

/* Starts the timer; to be called once. */
static inline void qcc_counter_start(void)
{
#if QCC_COUNTER == QCC_CMSDK_TIMER
    QCC_COUNTER_REGISTER(8u) = UINT32_MAX; /* reload */
    QCC_COUNTER_REGISTER(4u) = UINT32_MAX;
#endif
#if !QCC_COUNTER_IS_EXACT
    QCC_COUNTER_REGISTER(0u) = 1u;
#endif
}

/* Ticks so far; differences are right across one wrap. No work on memory moves across it. */
static inline uint32_t qcc_counter_ticks(void)
{
    __asm__ volatile("" : : : "memory");
#if QCC_COUNTER == QCC_CMSDK_TIMER
    const uint32_t ticks = 0u - QCC_COUNTER_REGISTER(4u);
#elif QCC_COUNTER == QCC_SSE_COUNTER
    const uint32_t ticks = QCC_COUNTER_REGISTER(8u);
#else
    const uint32_t ticks = QCC_COUNTER_REGISTER(0u);
#endif
    __asm__ volatile("" : : : "memory");
    return ticks;
}

/* The number of instructions that took so many ticks, rounded. */
static inline uint32_t qcc_counter_instructions(uint32_t ticks)
{
#if QCC_COUNTER_IS_EXACT
    return ticks;
#else
    const uint64_t ns = (uint64_t)ticks * 1000u;
    const uint64_t unit = (uint64_t)QCC_COUNTER_MHZ * QCC_NS_PER_INSTRUCTION;
    return (uint32_t)((ns + unit / 2u) / unit);
#endif
}

#endif
