/*
 * Depthwise 2-D convolution for cores with MLA but no SIMD (Cortex-M3): one channel times four pixels at a time.
 *
 * Computes what qcc_depthwise_conv2d computes, for multiplier == 1 and kernel_h, kernel_w of at most
 * QCC_DEPTHWISE_RING_TAPS; weights and bias as there.
 *
 * scratch  QCC_DEPTHWISE_RING_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w, dilation_h, dilation_w) bytes,
 *          disjoint from everything else. For 3x3 windows of stride 1: 3 * (out_w + 2) * in_c + 4.
 *
 * Overlap: as qcc_depthwise_ring.h says.
 */
#ifndef QCC_DEPTHWISE_CONV2D_MLA_H
#define QCC_DEPTHWISE_CONV2D_MLA_H

#include "qcc_depthwise_ring.h"
#include "qcc_mla.h"

enum { QCC_DEPTHWISE_MLA_PIXELS = 4 };

/* acc = the bias and the sums of channel c at `pixels` neighbouring pixels. `start`: of the first window in each row. */
QCC_INLINE void qcc_depthwise_mla_sums(const int8_t *const *rows, int32_t start, int32_t c, int32_t pixels, int32_t *acc,
                                       const int8_t *weights, const int32_t *bias, const qcc_depthwise_conv2d_t *g) {
    int32_t cols = (pixels - 1) * g->stride_w + (g->kernel_w - 1) * g->dilation_w + 1;
    int32_t sum[QCC_DEPTHWISE_MLA_PIXELS] = {bias[c], bias[c], bias[c], bias[c]};
    QCC_UNROLL(5)
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        const int8_t *x = rows[kh] + start + c;
        int32_t w[QCC_DEPTHWISE_RING_TAPS];
        QCC_UNROLL(5)
        for (int32_t kw = 0; kw < g->kernel_w; kw++) {
            w[kw] = weights[(kh * g->kernel_w + kw) * g->in_c + c];
        }
        QCC_UNROLL(16)
        for (int32_t col = 0; col < cols; col++) {
            int32_t v = x[col * g->in_c];
            QCC_UNROLL(4)
            for (int32_t p = 0; p < pixels; p++) {
                int32_t tap = col - p * g->stride_w;
                if (tap >= 0 && tap % g->dilation_w == 0 && tap / g->dilation_w < g->kernel_w) {
                    QCC_MLA(sum[p], v, w[tap / g->dilation_w]);
                }
            }
        }
    }
    QCC_UNROLL(4)
    for (int32_t p = 0; p < pixels; p++) {
        acc[p] = sum[p];
    }
}

/* All channels of `pixels` neighbouring pixels. `start`: of the first window in each row of the ring. */
QCC_INLINE void qcc_depthwise_mla_pixels(const int8_t *const *rows, int32_t start, int8_t *y, int32_t pixels,
                                         const int8_t *weights, const int32_t *bias, const qcc_depthwise_conv2d_t *g,
                                         const qcc_requantize_t *r) {
    for (int32_t c = 0; c < g->in_c; c++) {
        int32_t acc[QCC_DEPTHWISE_MLA_PIXELS] = {0};
        qcc_depthwise_mla_sums(rows, start, c, pixels, acc, weights, bias, g);
        QCC_UNROLL(4)
        for (int32_t p = 0; p < pixels; p++) {
            y[p * g->in_c + c] = qcc_requantize(acc[p], c, r);
        }
    }
}

QCC_INLINE void qcc_depthwise_conv2d_mla(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                         void *scratch, const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_ring_t ring = {.bytes = scratch};
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_ring_turn(&ring, x, oy, g);
        int32_t ox = 0, step = g->stride_w * g->in_c, tail = g->out_w % QCC_DEPTHWISE_MLA_PIXELS;
        for (; ox + QCC_DEPTHWISE_MLA_PIXELS <= g->out_w; ox += QCC_DEPTHWISE_MLA_PIXELS) {
            qcc_depthwise_mla_pixels(ring.rows, ox * step, y, QCC_DEPTHWISE_MLA_PIXELS, weights, bias, g, r);
            y += QCC_DEPTHWISE_MLA_PIXELS * g->in_c;
        }
        if (tail != 0) {
            qcc_depthwise_mla_pixels(ring.rows, ox * step, y, tail, weights, bias, g, r);
            y += tail * g->in_c;
        }
    }
}

#endif
