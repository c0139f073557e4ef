/*
 * The instructions of the Arm DSP extension (Cortex-M4, M7, M33) that the fast kernels are built from.
 * Where the core lacks them, portable bodies compute the same bits: a host runs the very same kernels.
 *
 * A word holds two int16 lanes, "low" (bits 0..15) and "high" (bits 16..31). Little endian only.
 */
#ifndef QCC_DSP_H
#define QCC_DSP_H

#include "qcc_base.h"

#ifdef __ARM_FEATURE_DSP
#include <arm_acle.h>
#endif

/*
 * gcc's scheduler before register allocation hoists loads until a SIMD loop spills: twice the instructions. At -O3 it
 * also writes every loop twice, in case the channels of an image are one.
 */
#if defined(__GNUC__) && !defined(__clang__) && defined(__ARM_FEATURE_DSP)
#define QCC_SIMD __attribute__((optimize("no-schedule-insns", "no-version-loops-for-strides")))
#else
#define QCC_SIMD
#endif
#define QCC_SIMD_LOOP QCC_SHARED QCC_SIMD

/* No load moves across it: keeps an inlined, unrolled loop from holding all its operands at once. */
#define QCC_LOAD_FENCE() __asm__ volatile("" : : : "memory")

/*
 * What is live across it stays out of all registers but a few: pointers that a straight block does not use wait on
 * the stack. Left alone, gcc would rather spill the accumulators, at every use. r7 may be the frame pointer.
 */
#ifdef __ARM_FEATURE_DSP
#define QCC_FREE_REGISTERS() \
    __asm__ volatile("" : : : "r0", "r1", "r2", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12")
#else
#define QCC_FREE_REGISTERS() ((void)0)
#endif

/* Two adjacent words, read by one LDRD; 4-byte alignment suffices. */
typedef struct {
    uint32_t first, second;
} qcc_word_pair;

QCC_INLINE int32_t qcc_low(uint32_t lanes) {
    return (int16_t)(uint16_t)lanes;
}

QCC_INLINE int32_t qcc_high(uint32_t lanes) {
    return (int16_t)(uint16_t)(lanes >> 16);
}

#ifdef __ARM_FEATURE_DSP

/* Bytes 0 and 2 of the word, sign-extended into the low and high lane. */
QCC_INLINE uint32_t qcc_widen_even(uint32_t bytes) {
    return (uint32_t)__sxtb16((int8x4_t)bytes);
}

/* Bytes 1 and 3 of the word, sign-extended into the low and high lane. */
QCC_INLINE uint32_t qcc_widen_odd(uint32_t bytes) {
    uint32_t lanes;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(lanes) : "r"(bytes));
    return lanes;
}

/*
 * acc + a.low * b.low + a.high * b.high, modulo 2^32. The sum stays in acc's register: untied, loops spill.
 * Volatile, here and below: the order of loads and products is as written, whatever gcc's scheduler prefers.
 */
QCC_INLINE int32_t qcc_mac_lanes(uint32_t a, uint32_t b, int32_t acc) {
    __asm__ volatile("smlad %0, %1, %2, %0" : "+r"(acc) : "r"(a), "r"(b));
    return acc;
}

/* acc + a.low * b.low, modulo 2^32. */
QCC_INLINE int32_t qcc_mac_low(uint32_t a, uint32_t b, int32_t acc) {
    __asm__("smlabb %0, %1, %2, %0" : "+r"(acc) : "r"(a), "r"(b));
    return acc;
}

/* acc + a.high * b.high, modulo 2^32. */
QCC_INLINE int32_t qcc_mac_high(uint32_t a, uint32_t b, int32_t acc) {
    __asm__("smlatt %0, %1, %2, %0" : "+r"(acc) : "r"(a), "r"(b));
    return acc;
}

/* acc + a.low * b.high, modulo 2^32. */
QCC_INLINE int32_t qcc_mac_low_high(uint32_t a, uint32_t b, int32_t acc) {
    __asm__("smlabt %0, %1, %2, %0" : "+r"(acc) : "r"(a), "r"(b));
    return acc;
}

/* acc + a.high * b.low, modulo 2^32. */
QCC_INLINE int32_t qcc_mac_high_low(uint32_t a, uint32_t b, int32_t acc) {
    __asm__("smlatb %0, %1, %2, %0" : "+r"(acc) : "r"(a), "r"(b));
    return acc;
}

/* The low lanes of both words: low's in the low lane, high's in the high one. */
QCC_INLINE uint32_t qcc_low_lanes(uint32_t low, uint32_t high) {
    uint32_t lanes;
    __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(lanes) : "r"(low), "r"(high));
    return lanes;
}

/* The high lanes of both words, likewise. */
QCC_INLINE uint32_t qcc_high_lanes(uint32_t low, uint32_t high) {
    uint32_t lanes;
    __asm__("pkhtb %0, %2, %1, asr #16" : "=r"(lanes) : "r"(low), "r"(high));
    return lanes;
}

/* The same with a register of its own for the sum: for straight code, and for an acc that is still needed. */
QCC_INLINE int32_t qcc_sum_lanes(uint32_t a, uint32_t b, int32_t acc) {
    int32_t sum;
    __asm__ volatile("smlad %0, %1, %2, %3" : "=r"(sum) : "r"(a), "r"(b), "r"(acc));
    return sum;
}

/* acc + a.high * b.low, likewise. */
QCC_INLINE int32_t qcc_sum_high_low(uint32_t a, uint32_t b, int32_t acc) {
    int32_t sum;
    __asm__ volatile("smlatb %0, %1, %2, %3" : "=r"(sum) : "r"(a), "r"(b), "r"(acc));
    return sum;
}

/* The words p[offset] and p[offset + 1]; in one instruction where offset is a literal in its range. A load fence. */
QCC_INLINE qcc_word_pair qcc_pair_at(const qcc_word_t *p, int32_t offset) {
    qcc_word_pair pair;
    if (__builtin_constant_p(offset) && offset >= -255 && offset <= 255) {
        __asm__ volatile("ldrd %0, %1, [%2, %3]" : "=r"(pair.first), "=r"(pair.second) : "r"(p), "i"(4 * offset)
                         : "memory");
    } else {
        QCC_LOAD_FENCE();
        pair.first = p[offset], pair.second = p[offset + 1];
    }
    return pair;
}

/* Reads two words and moves the pointer behind them. */
QCC_INLINE qcc_word_pair qcc_next_pair(const qcc_word_t **p) {
    qcc_word_pair pair;
    __asm__ volatile("ldrd %0, %1, [%2], #8" : "=&r"(pair.first), "=&r"(pair.second), "+r"(*p) : : "memory");
    return pair;
}

/* lanes plus bytes 0 and 2, or 1 and 3, of the word, each modulo 2^16. */
QCC_INLINE uint32_t qcc_add_even(uint32_t lanes, uint32_t bytes) {
    __asm__("sxtab16 %0, %0, %1" : "+r"(lanes) : "r"(bytes));
    return lanes;
}

QCC_INLINE uint32_t qcc_add_odd(uint32_t lanes, uint32_t bytes) {
    __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(lanes) : "r"(bytes));
    return lanes;
}

/* The larger, or the smaller, of each two signed bytes. */
QCC_INLINE uint32_t qcc_max_bytes(uint32_t a, uint32_t b) {
    uint32_t max;
    __asm__("ssub8 %0, %1, %2\n\tsel %0, %1, %2" : "=&r"(max) : "r"(a), "r"(b) : "cc");
    return max;
}

QCC_INLINE uint32_t qcc_min_bytes(uint32_t a, uint32_t b) {
    uint32_t min;
    __asm__("ssub8 %0, %1, %2\n\tsel %0, %2, %1" : "=&r"(min) : "r"(a), "r"(b) : "cc");
    return min;
}

/* v / 2^n, rounded down, for n = 0..39: more than C's shifts allow. */
QCC_INLINE int32_t qcc_shift_right(int32_t v, int32_t n) {
    int32_t shifted;
    __asm__("asr %0, %1, %2" : "=r"(shifted) : "r"(v), "r"(n));
    return shifted;
}

/* Both lanes, each modulo 2^16. */
QCC_INLINE uint32_t qcc_add_lanes(uint32_t a, uint32_t b) {
    uint32_t sum;
    __asm__("sadd16 %0, %1, %2" : "=r"(sum) : "r"(a), "r"(b));
    return sum;
}

QCC_INLINE uint32_t qcc_sub_lanes(uint32_t a, uint32_t b) {
    uint32_t difference;
    __asm__("ssub16 %0, %1, %2" : "=r"(difference) : "r"(a), "r"(b));
    return difference;
}

/* Writes two words and moves the pointer behind them. */
QCC_INLINE void qcc_put_pair(qcc_word_t **p, uint32_t first, uint32_t second) {
    __asm__ volatile("strd %1, %2, [%0], #8" : "+r"(*p) : "r"(first), "r"(second) : "memory");
}

#else

/* a + b modulo 2^32. */
QCC_INLINE int32_t qcc_wrapping_sum(int32_t a, int32_t b) {
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

QCC_INLINE uint32_t qcc_widen_even(uint32_t bytes) {
    uint32_t low = (uint32_t)(int8_t)(uint8_t)bytes & UINT32_C(0xFFFF);
    uint32_t high = (uint32_t)(int8_t)(uint8_t)(bytes >> 16);
    return low | high << 16;
}

QCC_INLINE uint32_t qcc_widen_odd(uint32_t bytes) {
    return qcc_widen_even(bytes >> 8);
}

QCC_INLINE int32_t qcc_mac_low(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_wrapping_sum(acc, qcc_low(a) * qcc_low(b));
}

QCC_INLINE int32_t qcc_mac_high(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_wrapping_sum(acc, qcc_high(a) * qcc_high(b));
}

QCC_INLINE int32_t qcc_mac_low_high(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_wrapping_sum(acc, qcc_low(a) * qcc_high(b));
}

QCC_INLINE int32_t qcc_mac_high_low(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_wrapping_sum(acc, qcc_high(a) * qcc_low(b));
}

QCC_INLINE int32_t qcc_sum_high_low(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_mac_high_low(a, b, acc);
}

QCC_INLINE uint32_t qcc_low_lanes(uint32_t low, uint32_t high) {
    return (low & UINT32_C(0xFFFF)) | high << 16;
}

QCC_INLINE uint32_t qcc_high_lanes(uint32_t low, uint32_t high) {
    return low >> 16 | (high & UINT32_C(0xFFFF0000));
}

QCC_INLINE int32_t qcc_mac_lanes(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_mac_high(a, b, qcc_mac_low(a, b, acc));
}

QCC_INLINE int32_t qcc_sum_lanes(uint32_t a, uint32_t b, int32_t acc) {
    return qcc_mac_lanes(a, b, acc);
}

QCC_INLINE qcc_word_pair qcc_pair_at(const qcc_word_t *p, int32_t offset) {
    qcc_word_pair pair = {p[offset], p[offset + 1]};
    return pair;
}

QCC_INLINE qcc_word_pair qcc_next_pair(const qcc_word_t **p) {
    qcc_word_pair pair = {(*p)[0], (*p)[1]};
    *p += 2;
    return pair;
}

/* Both lanes are added modulo 2^16. */
QCC_INLINE uint32_t qcc_add_even(uint32_t lanes, uint32_t bytes) {
    uint32_t addend = qcc_widen_even(bytes);
    return ((lanes + addend) & UINT32_C(0xFFFF)) | ((lanes >> 16) + (addend >> 16)) << 16;
}

QCC_INLINE uint32_t qcc_add_odd(uint32_t lanes, uint32_t bytes) {
    return qcc_add_even(lanes, bytes >> 8);
}

QCC_INLINE uint32_t qcc_max_bytes(uint32_t a, uint32_t b) {
    uint32_t max = 0;
    for (int32_t i = 0; i < 32; i += 8) {
        int8_t x = (int8_t)(uint8_t)(a >> i), y = (int8_t)(uint8_t)(b >> i);
        max |= (uint32_t)(uint8_t)(x >= y ? x : y) << i;
    }
    return max;
}

QCC_INLINE uint32_t qcc_min_bytes(uint32_t a, uint32_t b) {
    return ~qcc_max_bytes(~a, ~b); /* ~v is -1 - v */
}

QCC_INLINE int32_t qcc_shift_right(int32_t v, int32_t n) {
    return v >> qcc_min(n, 31);
}

QCC_INLINE uint32_t qcc_add_lanes(uint32_t a, uint32_t b) {
    return ((a + b) & UINT32_C(0xFFFF)) | ((a >> 16) + (b >> 16)) << 16;
}

QCC_INLINE uint32_t qcc_sub_lanes(uint32_t a, uint32_t b) {
    return ((a - b) & UINT32_C(0xFFFF)) | ((a >> 16) - (b >> 16)) << 16;
}

QCC_INLINE void qcc_put_pair(qcc_word_t **p, uint32_t first, uint32_t second) {
    (*p)[0] = first, (*p)[1] = second;
    *p += 2;
}

#endif

/* Reads one word and moves the pointer behind it. */
QCC_INLINE uint32_t qcc_next_word(const qcc_word_t **p) {
    return *(*p)++;
}

/* An int16 value in both lanes. */
QCC_INLINE uint32_t qcc_both_lanes(int32_t value) {
    return ((uint32_t)value & UINT32_C(0xFFFF)) * UINT32_C(0x00010001);
}

/* Writes n >= 0 words of the value, `step` words apart. */
QCC_INLINE void qcc_fill_words(qcc_word_t *words, uint32_t value, int32_t n, int32_t step) {
    for (; n > 0; n--) {
        *words = value;
        words += step;
    }
}

#endif
