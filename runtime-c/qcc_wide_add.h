/*
 * Weighted sum of two tensors of int8 or int16, elementwise; with a negative weight, the difference.
 *
 *   y[i] = clamp((m1 * x1[i] + m2 * x2[i % period] + bias) >> shift, lo, hi), in 64 bits
 *
 * x1, y [n]; x2 [period], period divides n: n for equal shapes, else the length of the broadcast tail (channels, or 1
 * for a scalar). Each has bits of its own, 8 or 16. m1, m2, bias: any int32_t, with zero points and rounding constant in
 * the bias; shift: 0..31; lo, hi: in the range of y's bits.
 *
 * Overlap: none.
 */
#ifndef QCC_WIDE_ADD_H
#define QCC_WIDE_ADD_H

#include "qcc_wide.h"

typedef struct {
    int32_t n, period;
    int32_t m1, m2, bias, shift;
    int32_t lo, hi;
    int32_t a_bits, b_bits, out_bits;
} qcc_wide_add_t;

QCC_INLINE void qcc_wide_add(const void *x1, const void *x2, void *y, const qcc_wide_add_t *g) {
    for (int32_t first = 0; first < g->n; first += g->period) {
        for (int32_t i = 0; i < g->period; i++) {
            int64_t a = (int64_t)g->m1 * qcc_wide_load(x1, first + i, g->a_bits);
            int64_t b = (int64_t)g->m2 * qcc_wide_load(x2, i, g->b_bits);
            qcc_wide_store(y, first + i, qcc_wide_saturate(a + b + g->bias, g->shift, g->lo, g->hi), g->out_bits);
        }
    }
}

#endif
