/*
 * Another scale or another type for a tensor of int8 or int16, or narrower bounds.
 *
 *   y[i] = clamp((m * x[i] + bias) >> shift, lo, hi), in 64 bits
 *
 * x, y [n], of 8 or 16 bits each. m, bias: any int32_t, with zero points and rounding constant in the bias;
 * shift: 0..31; lo, hi: in the range of y's bits. Overlap: none.
 */
#ifndef QCC_RESCALE_H
#define QCC_RESCALE_H

#include "qcc_wide.h"

typedef struct {
    int32_t n;
    int32_t m, bias, shift;
    int32_t lo, hi;
    int32_t in_bits, out_bits;
} qcc_rescale_t;

QCC_INLINE void qcc_rescale(const void *x, void *y, const qcc_rescale_t *g) {
    for (int32_t i = 0; i < g->n; i++) {
        int64_t v = (int64_t)g->m * qcc_wide_load(x, i, g->in_bits) + g->bias;
        qcc_wide_store(y, i, qcc_wide_saturate(v, g->shift, g->lo, g->hi), g->out_bits);
    }
}

#endif
