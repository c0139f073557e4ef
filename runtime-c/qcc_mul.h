/*
 * Product of two tensors, elementwise.
 *
 *   y[i] = requantize((x1[i] - z1) * (x2[i % period] - z2) + bias, 0)
 *
 * x1, y [n]; x2 [period], period divides n: n for equal shapes, else the length of the broadcast tail.
 * z1, z2: zero points, -128..127. bias: the folded rounding constant and z << n for QCC_SHIFT, 0 for QCC_MULTIPLY.
 * The requantisation is uniform (no arrays).
 *
 * Overlap: y may be x1, and may be x2 where period == n; element i is read before it is written, in ascending order.
 */
#ifndef QCC_MUL_H
#define QCC_MUL_H

#include "qcc_requantize.h"

typedef struct {
    int32_t n, period;
    int32_t z1, z2, bias;
} qcc_mul_t;

QCC_INLINE void qcc_mul(const int8_t *x1, const int8_t *x2, int8_t *y, const qcc_mul_t *g,
                        const qcc_requantize_t *r) {
    for (const int8_t *end = x1 + g->n; x1 != end; x1 += g->period, y += g->period) {
        QCC_FOR_UNROLLED(i, g->period,
                         y[i] = qcc_requantize((x1[i] - g->z1) * (x2[i] - g->z2) + g->bias, 0, r));
    }
}

#endif
