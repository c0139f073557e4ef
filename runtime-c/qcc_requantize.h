/*
 * From an int32 accumulator to an int8 value: the only place in the runtime that knows the rules.
 *
 *   QCC_SHIFT     y = clamp(acc >> n, lo, hi)
 *                 The compiler has folded the rounding constant 2^(n-1) and z << n into the bias.
 *   QCC_MULTIPLY  y = clamp(z + ((acc * 2^left * m + 2^31) >> 32), lo, hi), computed exactly in 64 bits
 *                 where acc * 2^left fits int32_t (the compiler has proven it).
 *
 * n, m: per output channel, or one for the tensor. z: the output's zero point.
 * lo, hi: -128..127, lo <= hi; a fused activation function has narrowed them.
 */
#ifndef QCC_REQUANTIZE_H
#define QCC_REQUANTIZE_H

#include "qcc_base.h"

typedef enum { QCC_SHIFT, QCC_MULTIPLY } qcc_rule;

typedef struct {
    qcc_rule rule;
    const uint8_t *shift;       /* QCC_SHIFT: n per channel, 0..31; NULL: shift_all serves every channel */
    int32_t shift_all;          /* QCC_SHIFT: n, 0..31 */
    const int32_t *multiplier;  /* QCC_MULTIPLY: m per channel, any int32_t; NULL: multiplier_all */
    int32_t multiplier_all;     /* QCC_MULTIPLY: m */
    int32_t left;               /* QCC_MULTIPLY: 0..31 */
    int32_t zero;               /* QCC_MULTIPLY: z, -128..127 */
    int32_t lo, hi;
} qcc_requantize_t;

/* (a * m + 2^31) >> 32: the product's high word, rounded half up. One SMMULR where the core has it. */
QCC_INLINE int32_t qcc_multiply_high(int32_t a, int32_t m) {
#ifdef __ARM_FEATURE_DSP
    int32_t high;
    __asm__("smmulr %0, %1, %2" : "=r"(high) : "r"(a), "r"(m));
    return high;
#else
    return (int32_t)(((int64_t)a * m + INT64_C(0x80000000)) >> 32);
#endif
}

/* The output value of an accumulator of the given channel. */
QCC_INLINE int8_t qcc_requantize(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    if (r->rule == QCC_SHIFT) {
        int32_t n = r->shift ? (int32_t)r->shift[channel] : r->shift_all;
        return (int8_t)qcc_saturate(acc >> n, r->lo, r->hi);
    }
    int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    int32_t scaled = qcc_multiply_high(qcc_shift_left(acc, r->left), m);
    return (int8_t)qcc_saturate(r->zero + scaled, r->lo, r->hi);
}

#endif
