/*
 * Product of two tensors of int8 or int16, elementwise.
 *
 *   y[i] = requantize((x1[i] - z1) * (x2[i % period] - z2) + bias, 0)
 *
 * x1, y [n]; x2 [period], period divides n. Each has bits of its own, 8 or 16. z1, z2: zero points, 0 for int16.
 * bias: the folded rounding constant and z << n for QCC_SHIFT, 0 for QCC_MULTIPLY. The requantisation is uniform (no
 * arrays); the compiler has proven that its accumulator fits int32_t.
 *
 * Overlap: none.
 */
#ifndef QCC_WIDE_MUL_H
#define QCC_WIDE_MUL_H

#include "qcc_requantize.h"
#include "qcc_wide.h"

typedef struct {
    int32_t n, period;
    int32_t z1, z2, bias;
    int32_t a_bits, b_bits, out_bits;
} qcc_wide_mul_t;

QCC_INLINE void qcc_wide_mul(const void *x1, const void *x2, void *y, const qcc_wide_mul_t *g,
                             const qcc_requantize_t *r) {
    for (int32_t first = 0; first < g->n; first += g->period) {
        for (int32_t i = 0; i < g->period; i++) {
            int32_t a = qcc_wide_load(x1, first + i, g->a_bits) - g->z1;
            int32_t b = qcc_wide_load(x2, i, g->b_bits) - g->z2;
            qcc_wide_store(y, first + i, qcc_requantize_wide(a * b + g->bias, 0, r), g->out_bits);
        }
    }
}

#endif
