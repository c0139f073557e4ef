/*
 * From an int32 accumulator to an int8 value: the only place in the runtime that knows the rules.
 *
 *   QCC_SHIFT     y = clamp(acc >> n, lo, hi)
 *                 The compiler has folded the rounding constant 2^(n-1) and z << n into the bias.
 *   QCC_MULTIPLY  y = clamp(z + ((acc * 2^left * m + 2^31) >> 32), lo, hi), computed exactly in 64 bits
 *                 where acc * 2^left fits int32_t (the compiler has proven it).
 *   QCC_TFLITE_DOUBLE, QCC_TFLITE_SINGLE
 *                 y = clamp(z + acc * m / 2^31 / 2^n, lo, hi) with the roundings of TFLite, 2^30 <= m:
 *                 DOUBLE: the quotient by 2^31 to nearest, ties up; that by 2^n to nearest, ties away from zero;
 *                 SINGLE: acc * m / 2^(31+n) to nearest, ties up. For n < 0: acc is first multiplied by 2^-n.
 *                 acc * 2^-n, and acc * m / 2^31 plus 2^(n-1), fit int32_t (the compiler has proven it).
 *
 * n, m: per output channel, or one for the tensor. z: the output's zero point.
 * lo, hi: -128..127, lo <= hi; a fused activation function has narrowed them.
 */
#ifndef QCC_REQUANTIZE_H
#define QCC_REQUANTIZE_H

#include "qcc_base.h"

typedef enum { QCC_SHIFT, QCC_MULTIPLY, QCC_TFLITE_DOUBLE, QCC_TFLITE_SINGLE } qcc_rule;

typedef struct {
    qcc_rule rule;
    const uint8_t *shift;       /* QCC_SHIFT: n per channel, 0..31; NULL: shift_all serves every channel */
    int32_t shift_all;          /* QCC_SHIFT: n, 0..31 */
    const int32_t *multiplier;  /* all others: m per channel, any int32_t (TFLITE: 2^30 and up); NULL: multiplier_all */
    int32_t multiplier_all;     /* all others: m */
    const int8_t *right;        /* TFLITE: n per channel, -30..31; NULL: right_all */
    int32_t right_all;          /* TFLITE: n */
    int32_t left;               /* MULTIPLY: 0..31; TFLITE: the largest -n of all channels, or 0 */
    int32_t zero;               /* all others: z, -128..127 */
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

/* (a * m + 2^30) >> 31 for 2^30 <= m: the doubled product's high word, rounded half up. One SMMLAR. */
QCC_INLINE int32_t qcc_doubling_high(int32_t a, int32_t m) {
#ifdef __ARM_FEATURE_DSP
    int32_t high; /* a * 2m = a * (2m - 2^32) + a * 2^32 */
    __asm__("smmlar %0, %1, %2, %1" : "=r"(high) : "r"(a), "r"((int32_t)((uint32_t)m * 2)));
    return high;
#else
    return (int32_t)(((int64_t)a * m + INT64_C(0x40000000)) >> 31);
#endif
}

/*
 * The doubled product's high word / 2^n by a TFLITE rule, from the product a * m; n: 0..31. `positive`: results below
 * 0 do not matter as long as they do not become positive (a ReLU follows); this saves the sign of the rounding.
 */
QCC_INLINE int32_t qcc_scale_down(int32_t a, int32_t m, int32_t n, qcc_rule rule, int positive) {
    int32_t half = (int32_t)((UINT32_C(1) << n) >> 1);
    if (rule == QCC_TFLITE_SINGLE) {
        return n == 0 ? qcc_doubling_high(a, m) : ((int32_t)(((int64_t)a * m) >> 31) + half) >> n;
    }
    int32_t high = qcc_doubling_high(a, m);
    int32_t away = positive || n == 0 ? 0 : high >> 31;
    return (high + away + half) >> n;
}

/* acc times the channel's factor, by a TFLITE rule. */
QCC_INLINE int32_t qcc_scale_tflite(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    int32_t n = r->right ? (int32_t)r->right[channel] : r->right_all;
    if (r->left > 0 && n < 0) {
        acc = qcc_shift_left(acc, -n);
        n = 0;
    }
    return qcc_scale_down(acc, m, n, r->rule, r->lo >= r->zero);
}

/* The output value of an accumulator of the given channel. */
QCC_INLINE int8_t qcc_requantize(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    if (r->rule == QCC_SHIFT) {
        int32_t n = r->shift ? (int32_t)r->shift[channel] : r->shift_all;
        return (int8_t)qcc_saturate(acc >> n, r->lo, r->hi);
    }
    if (r->rule != QCC_MULTIPLY) {
        int32_t scaled = qcc_scale_tflite(acc, channel, r);
        return (int8_t)qcc_saturate(r->zero + scaled, r->lo, r->hi);
    }
    int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    int32_t scaled = qcc_multiply_high(qcc_shift_left(acc, r->left), m);
    return (int8_t)qcc_saturate(r->zero + scaled, r->lo, r->hi);
}

#endif
