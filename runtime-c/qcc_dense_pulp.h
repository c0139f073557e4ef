/*
 * Fully connected layer for a cluster with XpulpV2: a convolution of one pixel, whose channels the cores share.
 *
 * Computes what qcc_dense computes. weights, bias and local as in qcc_conv2d_pulp.h, with one run of `in` bytes.
 *
 * Overlap: none.
 */
#ifndef QCC_DENSE_PULP_H
#define QCC_DENSE_PULP_H

#include "qcc_conv2d_pulp.h"
#include "qcc_dense.h"

QCC_INLINE qcc_conv2d_t qcc_dense_as_conv2d(const qcc_dense_t *g) {
    qcc_conv2d_t conv2d = {.in_h = 1, .in_w = 1, .in_c = g->in, .out_h = 1, .out_w = 1, .out_c = g->out, .kernel_h = 1,
                           .kernel_w = 1, .stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1};
    return conv2d;
}

QCC_INLINE void qcc_dense_pulp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, int8_t *local,
                               const qcc_dense_t *g, const qcc_tile_t *tile, const qcc_requantize_t *r) {
    const qcc_conv2d_t conv2d = qcc_dense_as_conv2d(g);
    qcc_conv2d_pulp(x, y, weights, bias, local, &conv2d, tile, r);
}

#endif
