/*
 * Fully connected layer: the portable kernel.
 *
 *   y[o] = requantize(bias[o] + sum over i of x[i] * weights[o][i], o)
 *
 * x [in], y [out], weights [out][in] (-128..127), bias [out]. The zero point of x is folded into the bias;
 * the compiler has proven that the accumulator fits int32_t, at every partial sum.
 *
 * Overlap: none; every output reads all of x.
 */
#ifndef QCC_DENSE_H
#define QCC_DENSE_H

#include "qcc_requantize.h"

typedef struct {
    int32_t in, out;
} qcc_dense_t;

QCC_INLINE void qcc_dense(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                          const qcc_dense_t *g, const qcc_requantize_t *r) {
    for (int32_t o = 0; o < g->out; o++, weights += g->in) {
        y[o] = qcc_requantize(qcc_dot(x, weights, g->in, bias[o]), o, r);
    }
}

#endif
