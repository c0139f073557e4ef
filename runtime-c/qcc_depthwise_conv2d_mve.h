/*
 * Depthwise 2-D convolution for cores with MVE: four channels times three pixels at a time.
 *
 * Computes what qcc_depthwise_conv2d computes, for multiplier == 1 and kernel_h, kernel_w of at most
 * QCC_DEPTHWISE_RING_TAPS; weights and bias as there.
 *
 * scratch  QCC_DEPTHWISE_RING_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w, dilation_h, dilation_w) bytes,
 *          disjoint from everything else. For 3x3 windows of stride 1: 3 * (out_w + 2) * in_c + 4.
 *
 * Overlap: as qcc_depthwise_ring.h says.
 */
#ifndef QCC_DEPTHWISE_CONV2D_MVE_H
#define QCC_DEPTHWISE_CONV2D_MVE_H

#include "qcc_depthwise_ring.h"
#include "qcc_mve_requantize.h"

enum { QCC_DEPTHWISE_MVE_PIXELS = 3 };

/* The n channels at `bias` of `pixels` neighbouring pixels. `start`: of the first window in each row of the ring. */
QCC_INLINE void qcc_depthwise_mve_block(const int8_t *const *rows, int32_t start, int8_t *y, int32_t pixels,
                                        const int8_t *weights, const int32_t *bias, int32_t c, int32_t n,
                                        const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_quad first = qcc_quad_load_words(bias, n);
    qcc_quad acc[QCC_DEPTHWISE_MVE_PIXELS] = {first, first, first};
    QCC_UNROLL(3)
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        const int8_t *x = rows[kh] + start;
        qcc_quad w[QCC_DEPTHWISE_RING_TAPS];
        QCC_UNROLL(5)
        for (int32_t kw = 0; kw < g->kernel_w; kw++) {
            w[kw] = n == 4 ? qcc_quad_next_bytes(&weights, g->in_c) : qcc_quad_load_first(weights, n);
            weights += n == 4 ? 0 : g->in_c;
        }
        QCC_UNROLL(16)
        for (int32_t col = 0; col < (pixels - 1) * g->stride_w + (g->kernel_w - 1) * g->dilation_w + 1; col++) {
            qcc_quad v = qcc_quad_next_bytes(&x, g->in_c);
            QCC_UNROLL(3)
            for (int32_t p = 0; p < pixels; p++) {
                int32_t tap = col - p * g->stride_w;
                if (tap >= 0 && tap % g->dilation_w == 0 && tap / g->dilation_w < g->kernel_w) {
                    acc[p] = qcc_quad_mac(acc[p], v, w[tap / g->dilation_w]);
                }
            }
        }
    }
    qcc_quad_scale_t scale = qcc_scale_of_channels(c, n, r);
    QCC_UNROLL(3)
    for (int32_t p = 0; p < pixels; p++) {
        qcc_quad_store_first(y + p * g->in_c, qcc_quad_requantize(acc[p], scale, r), n);
    }
}

/* All channels of `pixels` neighbouring pixels. */
QCC_INLINE void qcc_depthwise_mve_pixels(const int8_t *const *rows, int32_t start, int8_t *y, int32_t pixels,
                                         const int8_t *weights, const int32_t *bias, const qcc_depthwise_conv2d_t *g,
                                         const qcc_requantize_t *r) {
    int32_t c = 0;
    for (; c + 4 <= g->in_c; c += 4) {
        qcc_depthwise_mve_block(rows, start + c, y + c, pixels, weights + c, bias + c, c, 4, g, r);
    }
    if (g->in_c % 4 != 0) {
        qcc_depthwise_mve_block(rows, start + c, y + c, pixels, weights + c, bias + c, c, g->in_c % 4, g, r);
    }
}

QCC_INLINE void qcc_depthwise_conv2d_mve(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                         void *scratch, const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_ring_t ring = {.bytes = scratch};
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_ring_turn(&ring, x, oy, g);
        int32_t ox = 0, step = g->stride_w * g->in_c;
        for (; ox + QCC_DEPTHWISE_MVE_PIXELS <= g->out_w; ox += QCC_DEPTHWISE_MVE_PIXELS) {
            qcc_depthwise_mve_pixels(ring.rows, ox * step, y, QCC_DEPTHWISE_MVE_PIXELS, weights, bias, g, r);
            y += QCC_DEPTHWISE_MVE_PIXELS * g->in_c;
        }
        if (g->out_w % QCC_DEPTHWISE_MVE_PIXELS != 0) {
            qcc_depthwise_mve_pixels(ring.rows, ox * step, y, g->out_w % QCC_DEPTHWISE_MVE_PIXELS, weights, bias, g, r);
            y += g->out_w % QCC_DEPTHWISE_MVE_PIXELS * g->in_c;
        }
    }
}

#endif
