/*
 * Mean over the middle axis, with the roundings of TFLite.
 *
 *   y[o][i] = clamp(zero + (sum over k of x[o][k][i] - in_zero) * m / 2^31 / 2^right, -128, 127)
 *
 * The product is rounded as by QCC_TFLITE_SINGLE where `single` is set, else as by QCC_TFLITE_DOUBLE
 * (qcc_requantize.h), but for any m >= 0. x [outer][count][inner], y [outer][inner]; right: -30..31.
 *
 * Overlap: none. y is written once, in ascending order.
 */
#ifndef QCC_TFLITE_MEAN_H
#define QCC_TFLITE_MEAN_H

#include "qcc_base.h"

typedef struct {
    int32_t outer, count, inner;
    int32_t in_zero, zero; /* -128..127 */
    int32_t m, right;
    int32_t single;
} qcc_tflite_mean_t;

QCC_INLINE int32_t qcc_tflite_mean_scale(int32_t sum, const qcc_tflite_mean_t *g) {
    int32_t n = qcc_max(g->right, 0);
    int64_t product = (int64_t)qcc_shift_left(sum, qcc_max(-g->right, 0)) * g->m;
    int32_t half = (int32_t)((UINT32_C(1) << n) >> 1);
    if (g->single && n > 0) {
        return ((int32_t)(product >> 31) + half) >> n;
    }
    int32_t high = (int32_t)((product + INT64_C(0x40000000)) >> 31);
    return n == 0 ? high : (high + (high >> 31) + half) >> n;
}

QCC_INLINE void qcc_tflite_mean(const int8_t *x, int8_t *y, const qcc_tflite_mean_t *g) {
    for (int32_t o = 0; o < g->outer; o++, x += g->count * g->inner) {
        for (int32_t i = 0; i < g->inner; i++) {
            int32_t sum = 0;
            for (int32_t k = 0; k < g->count; k++) {
                sum += x[k * g->inner + i];
            }
            int32_t scaled = qcc_tflite_mean_scale(sum - g->count * g->in_zero, g);
            *y++ = (int8_t)qcc_saturate(g->zero + scaled, -128, 127);
        }
    }
}

#endif
