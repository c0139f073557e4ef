/*
 * Depthwise 2-D convolution: every output channel reads one input channel. The portable kernel.
 *
 *   acc(oy, ox, o) = bias[o] + sum over kh, kw of
 *                    X(oy*stride_h - pad_top + kh*dilation_h, ox*stride_w - pad_left + kw*dilation_w, o / multiplier)
 *                    * weights[kh][kw][o]
 *   y(oy, ox, o)   = requantize(acc, o)
 *
 * X is x inside the image and in_zero outside it; the zero point is folded into the bias, as in qcc_conv2d.h.
 *
 * x        [in_h][in_w][in_c]        y     [out_h][out_w][in_c * multiplier]
 * weights  [kernel_h][kernel_w][in_c * multiplier], -128..127
 * bias     [in_c * multiplier]
 *
 * Overlap: as qcc_conv2d.h.
 */
#ifndef QCC_DEPTHWISE_CONV2D_H
#define QCC_DEPTHWISE_CONV2D_H

#include "qcc_requantize.h"
#include "qcc_window.h"

typedef struct {
    int32_t in_h, in_w, in_c;
    int32_t out_h, out_w;
    int32_t kernel_h, kernel_w;
    int32_t stride_h, stride_w;
    int32_t pad_top, pad_left;
    int32_t dilation_h, dilation_w;
    int32_t multiplier; /* output channels per input channel */
    int32_t in_zero;    /* -128..127 */
} qcc_depthwise_conv2d_t;

/* acc plus the products of the taps inside the image; x and w start at the channel. */
QCC_INLINE int32_t qcc_depthwise_inside(const int8_t *x, const int8_t *w, qcc_window_t rows, qcc_window_t cols,
                                        int32_t acc, const qcc_depthwise_conv2d_t *g) {
    int32_t out_c = g->in_c * g->multiplier;
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *row = x + (rows.origin + kh * g->dilation_h) * g->in_w * g->in_c;
        for (int32_t kw = cols.begin; kw < cols.end; kw++) {
            acc += row[(cols.origin + kw * g->dilation_w) * g->in_c] * w[(kh * g->kernel_w + kw) * out_c];
        }
    }
    return acc;
}

/* acc plus the products of the taps outside the image, all of which read in_zero. */
QCC_INLINE int32_t qcc_depthwise_outside(const int8_t *w, qcc_window_t rows, qcc_window_t cols, int32_t acc,
                                         const qcc_depthwise_conv2d_t *g) {
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        for (int32_t kw = 0; kw < g->kernel_w; kw++, w += g->in_c * g->multiplier) {
            if (kh < rows.begin || kh >= rows.end || kw < cols.begin || kw >= cols.end) {
                acc += *w * g->in_zero;
            }
        }
    }
    return acc;
}

/* Output channels `first` and up of one pixel; `partial`: some taps lie outside the image. */
QCC_INLINE void qcc_depthwise_pixel(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                    int32_t first, qcc_window_t rows, qcc_window_t cols, int partial,
                                    const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    for (int32_t i = first / g->multiplier; i < g->in_c; i++) {
        for (int32_t o = i * g->multiplier; o < (i + 1) * g->multiplier; o++) {
            int32_t acc = qcc_depthwise_inside(x + i, weights + o, rows, cols, bias[o], g);
            if (partial && g->in_zero != 0) {
                acc = qcc_depthwise_outside(weights + o, rows, cols, acc, g);
            }
            y[o] = qcc_requantize(acc, o, r);
        }
    }
}

QCC_INLINE void qcc_depthwise_conv2d(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                     const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_window(oy, g->out_h, g->stride_h, g->pad_top, g->dilation_h, g->kernel_h, g->in_h);
        for (int32_t ox = 0; ox < g->out_w; ox++, y += g->in_c * g->multiplier) {
            qcc_window_t cols = qcc_window(ox, g->out_w, g->stride_w, g->pad_left, g->dilation_w, g->kernel_w, g->in_w);
            if (qcc_is_whole(rows, g->kernel_h) && qcc_is_whole(cols, g->kernel_w)) {
                qcc_depthwise_pixel(x, y, weights, bias, 0, qcc_whole_window(rows.origin, g->kernel_h),
                                    qcc_whole_window(cols.origin, g->kernel_w), 0, g, r);
            } else {
                qcc_depthwise_pixel(x, y, weights, bias, 0, rows, cols, 1, g, r);
            }
        }
    }
}

#endif
