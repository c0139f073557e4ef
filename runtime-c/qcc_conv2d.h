/*
 * 2-D convolution, with groups and dilation: the portable kernel.
 *
 *   acc(oy, ox, o) = bias[o] + sum over kh, kw, i of
 *                    X(oy*stride_h - pad_top + kh*dilation_h, ox*stride_w - pad_left + kw*dilation_w, g*G + i)
 *                    * weights[o][kh][kw][i]
 *   y(oy, ox, o)   = requantize(acc, o)                    G = in_c / groups, g = o / (out_c / groups)
 *
 * X is x inside the image and in_zero outside it. The zero point of x is not subtracted: the compiler has
 * folded -in_zero * sum(weights[o]) into bias[o]. It has proven that acc fits int32_t, at every partial sum.
 *
 * x        [in_h][in_w][in_c]        y     [out_h][out_w][out_c]
 * weights  [out_c][kernel_h][kernel_w][in_c / groups], -128..127; or packed, see qcc_packed.h
 * bias     [out_c]                   groups divides in_c and out_c
 *
 * Overlap: y is written once, in ascending order. While row oy is written, only x rows from
 * oy*stride_h - pad_top to oy*stride_h - pad_top + (kernel_h - 1)*dilation_h are read, any number of times;
 * y may overlap x rows before them.
 */
#ifndef QCC_CONV2D_H
#define QCC_CONV2D_H

#include "qcc_packed.h"
#include "qcc_requantize.h"
#include "qcc_window.h"

typedef struct {
    int32_t in_h, in_w, in_c;
    int32_t out_h, out_w, out_c;
    int32_t kernel_h, kernel_w;
    int32_t stride_h, stride_w;
    int32_t pad_top, pad_left;
    int32_t dilation_h, dilation_w;
    int32_t groups;
    int32_t in_zero;     /* -128..127 */
    int32_t packed_bits; /* of a weight: 4 or 2; 0: weights are bytes */
} qcc_conv2d_t;

/* acc plus the products of the taps inside the image; x starts at the group's first channel, its filter at weight w. */
QCC_INLINE int32_t qcc_conv2d_inside(const int8_t *x, const int8_t *weights, int32_t w, qcc_window_t rows,
                                     qcc_window_t cols, int32_t acc, const qcc_conv2d_t *g) {
    int32_t depth = g->in_c / g->groups;
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *row = x + (rows.origin + kh * g->dilation_h) * g->in_w * g->in_c;
        int32_t taps = w + kh * g->kernel_w * depth;
        if (g->groups == 1 && g->dilation_w == 1) {
            acc = qcc_dot_weights(row + (cols.origin + cols.begin) * depth, weights, taps + cols.begin * depth,
                                  (cols.end - cols.begin) * depth, acc, g->packed_bits);
        } else {
            for (int32_t kw = cols.begin; kw < cols.end; kw++) {
                acc = qcc_dot_weights(row + (cols.origin + kw * g->dilation_w) * g->in_c, weights, taps + kw * depth,
                                      depth, acc, g->packed_bits);
            }
        }
    }
    return acc;
}

/* acc plus the products of the taps outside the image, all of which read in_zero. */
QCC_INLINE int32_t qcc_conv2d_outside(const int8_t *weights, int32_t w, qcc_window_t rows, qcc_window_t cols,
                                      int32_t acc, const qcc_conv2d_t *g) {
    int32_t depth = g->in_c / g->groups;
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        for (int32_t kw = 0; kw < g->kernel_w; kw++, w += depth) {
            if (kh >= rows.begin && kh < rows.end && kw >= cols.begin && kw < cols.end) {
                continue;
            }
            for (int32_t i = 0; i < depth; i++) {
                acc += qcc_weight(weights, w + i, g->packed_bits) * g->in_zero;
            }
        }
    }
    return acc;
}

/* All output channels of one pixel; `partial`: some taps lie outside the image. */
QCC_INLINE void qcc_conv2d_pixel(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                 qcc_window_t rows, qcc_window_t cols, int partial, const qcc_conv2d_t *g,
                                 const qcc_requantize_t *r) {
    int32_t depth = g->in_c / g->groups;
    int32_t filters = g->out_c / g->groups;
    for (int32_t group = 0; group < g->groups; group++) {
        for (int32_t o = group * filters; o < (group + 1) * filters; o++) {
            int32_t w = o * g->kernel_h * g->kernel_w * depth;
            int32_t acc = qcc_conv2d_inside(x + group * depth, weights, w, rows, cols, bias[o], g);
            if (partial && g->in_zero != 0) {
                acc = qcc_conv2d_outside(weights, w, rows, cols, acc, g);
            }
            y[o] = qcc_requantize(acc, o, r);
        }
    }
}

QCC_INLINE void qcc_conv2d(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                           const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_window(oy, g->out_h, g->stride_h, g->pad_top, g->dilation_h, g->kernel_h, g->in_h);
        for (int32_t ox = 0; ox < g->out_w; ox++, y += g->out_c) {
            qcc_window_t cols = qcc_window(ox, g->out_w, g->stride_w, g->pad_left, g->dilation_w, g->kernel_w, g->in_w);
            if (qcc_is_whole(rows, g->kernel_h) && qcc_is_whole(cols, g->kernel_w)) {
                qcc_conv2d_pixel(x, y, weights, bias, qcc_whole_window(rows.origin, g->kernel_h),
                                 qcc_whole_window(cols.origin, g->kernel_w), 0, g, r);
            } else {
                qcc_conv2d_pixel(x, y, weights, bias, rows, cols, 1, g, r);
            }
        }
    }
}

#endif
