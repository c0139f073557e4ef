/*
 * Sum or difference of two tensors, elementwise, with the roundings of TFLite.
 *
 *   a = scale((x1[i] - z1) * 2^20, m1, right1),  b = scale((x2[i % period] - z2) * 2^20, m2, right2)
 *   y[i] = requantize(a + sign * b, 0)
 *
 * scale(v, m, n) is v * m / 2^31 / 2^n, rounded by the rule of the requantisation, which is a TFLITE one and uniform.
 * x1, y [n]; x2 [period], period divides n: n for equal shapes, else the length of the broadcast tail.
 * m1, m2: 2^30 and up; right1, right2: 0..31; sign: 1 or -1; z1, z2: -128..127.
 *
 * Overlap: y may be x1, and may be x2 where period == n; element i is read before it is written, in ascending order.
 */
#ifndef QCC_TFLITE_ADD_H
#define QCC_TFLITE_ADD_H

#include "qcc_requantize.h"

typedef struct {
    int32_t n, period;
    int32_t z1, m1, right1;
    int32_t z2, m2, right2;
    int32_t sign;
} qcc_tflite_add_t;

QCC_INLINE int8_t qcc_tflite_sum(int32_t a, int32_t b, const qcc_tflite_add_t *g, const qcc_requantize_t *r) {
    a = qcc_scale_down(qcc_shift_left(a - g->z1, 20), g->m1, g->right1, r->rule, 0);
    b = qcc_scale_down(qcc_shift_left(b - g->z2, 20), g->m2, g->right2, r->rule, 0);
    return qcc_requantize(g->sign > 0 ? a + b : a - b, 0, r);
}

QCC_INLINE void qcc_tflite_add(const int8_t *x1, const int8_t *x2, int8_t *y, const qcc_tflite_add_t *g,
                               const qcc_requantize_t *r) {
    for (const int8_t *end = x1 + g->n; x1 != end; x1 += g->period, y += g->period) {
        for (int32_t i = 0; i < g->period; i++) {
            y[i] = qcc_tflite_sum(x1[i], x2[i], g, r);
        }
    }
}

#endif
