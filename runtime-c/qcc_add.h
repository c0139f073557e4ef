/*
 * Weighted sum of two tensors, elementwise; with a negative weight, the difference.
 *
 *   y[i] = clamp((m1 * x1[i] + m2 * x2[i % period] + bias) >> shift, lo, hi)
 *
 * x1, y [n]; x2 [period], period divides n: n for equal shapes, else the length of the broadcast tail
 * (channels, or 1 for a scalar). m1, m2: any int32_t; shift: 0..31; the zero points and the rounding constant
 * are folded into bias. The compiler has proven that m1*x1, m2*x2 and every partial sum fit int32_t.
 *
 * Overlap: y may be x1, and may be x2 where period == n; element i is read before it is written, in ascending order.
 */
#ifndef QCC_ADD_H
#define QCC_ADD_H

#include "qcc_base.h"

typedef struct {
    int32_t n, period;
    int32_t m1, m2, bias, shift;
    int32_t lo, hi; /* -128..127 */
} qcc_add_t;

QCC_INLINE int8_t qcc_weighted_sum(int32_t a, int32_t b, const qcc_add_t *g) {
    return (int8_t)qcc_saturate((g->m1 * a + g->m2 * b + g->bias) >> g->shift, g->lo, g->hi);
}

QCC_INLINE void qcc_add(const int8_t *x1, const int8_t *x2, int8_t *y, const qcc_add_t *g) {
    for (const int8_t *end = x1 + g->n; x1 != end; x1 += g->period, y += g->period) {
        QCC_FOR_UNROLLED(i, g->period, y[i] = qcc_weighted_sum(x1[i], x2[i], g));
    }
}

#endif
