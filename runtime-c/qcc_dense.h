/*
 * Fully connected layer: the portable kernel.
 *
 *   y[o] = requantize(bias[o] + sum over i of x[i] * weights[o][i], o)
 *
 * x [in], y [out], weights [out][in] (-128..127; or packed, see qcc_packed.h), bias [out]. The zero point of x is folded into the bias;
 * the compiler has proven that the accumulator fits int32_t, at every partial sum.
 *
 * Overlap: none; every output reads all of x.
 */
#ifndef QCC_DENSE_H
#define QCC_DENSE_H

#include "qcc_packed.h"
#include "qcc_requantize.h"

typedef struct {
    int32_t in, out;
    int32_t packed_bits; /* of a weight: 4 or 2; 0: weights are bytes */
} qcc_dense_t;

QCC_INLINE void qcc_dense(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                          const qcc_dense_t *g, const qcc_requantize_t *r) {
    for (int32_t o = 0; o < g->out; o++) {
        y[o] = qcc_requantize(qcc_dot_weights(x, weights, o * g->in, g->in, bias[o], g->packed_bits), o, r);
    }
}

#endif
