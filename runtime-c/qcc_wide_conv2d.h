/*
 * 2-D convolution with groups and dilation of int8 or int16 images to either, with int8 weights: 16x8. With a group for
 * each channel the depthwise convolution, with an image of one pixel the fully connected layer.
 *
 *   acc(oy, ox, o) = bias[o] + sum over kh, kw, i of
 *                    X(oy*stride_h - pad_top + kh*dilation_h, ox*stride_w - pad_left + kw*dilation_w, g*G + i)
 *                    * weights[o][kh][kw][i]
 *   y(oy, ox, o)   = requantize(acc >> drop, o)            G = in_c / groups, g = o / (out_c / groups)
 *
 * X is x inside the image and in_zero outside it, which is 0 for int16. Zero points and rounding constants are folded
 * into bias[o]. The compiler has proven that acc >> drop fits int32_t, and where drop is 0 every partial sum; with a
 * drop, sums take 64 bits.
 *
 * x        [in_h][in_w][in_c], int8 or int16        y     [out_h][out_w][out_c], int8 or int16
 * weights  [out_c][kernel_h][kernel_w][in_c / groups], -128..127; or packed, see qcc_packed.h
 * bias     [out_c]                                  groups divides in_c and out_c
 *
 * Overlap: none.
 */
#ifndef QCC_WIDE_CONV2D_H
#define QCC_WIDE_CONV2D_H

#include "qcc_packed.h"
#include "qcc_requantize.h"
#include "qcc_wide.h"
#include "qcc_window.h"

typedef struct {
    int32_t in_h, in_w, in_c;
    int32_t out_h, out_w, out_c;
    int32_t kernel_h, kernel_w;
    int32_t stride_h, stride_w;
    int32_t pad_top, pad_left;
    int32_t dilation_h, dilation_w;
    int32_t groups;
    int32_t in_zero;           /* -128..127 */
    int32_t in_bits, out_bits; /* 8 or 16 */
    int32_t drop;              /* 0..31 */
    int32_t packed_bits;       /* of a weight: 4 or 2; 0: weights are bytes */
} qcc_wide_conv2d_t;

/* acc plus x[first + i] * weight[w + i] over n >= 0 elements. */
QCC_INLINE int64_t qcc_wide_dot(const void *x, int32_t first, const int8_t *weights, int32_t w, int32_t n, int64_t acc,
                                const qcc_wide_conv2d_t *g) {
    if (g->drop > 0) {
        for (int32_t i = 0; i < n; i++) {
            acc += qcc_weight(weights, w + i, g->packed_bits) * qcc_wide_load(x, first + i, g->in_bits);
        }
        return acc;
    }
    int32_t sum = 0;
    QCC_FOR_UNROLLED(i, n, sum += qcc_weight(weights, w + i, g->packed_bits) * qcc_wide_load(x, first + i, g->in_bits));
    return acc + sum;
}

/* acc plus the products of the taps inside the image, for the group whose channels begin at `channel`. */
QCC_INLINE int64_t qcc_wide_conv2d_inside(const void *x, int32_t channel, const int8_t *weights, int32_t w,
                                          qcc_window_t rows, qcc_window_t cols, int64_t acc,
                                          const qcc_wide_conv2d_t *g) {
    int32_t depth = g->in_c / g->groups;
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        int32_t row = (rows.origin + kh * g->dilation_h) * g->in_w;
        int32_t taps = w + kh * g->kernel_w * depth;
        if (g->groups == 1 && g->dilation_w == 1) {
            acc = qcc_wide_dot(x, (row + cols.origin + cols.begin) * depth, weights, taps + cols.begin * depth,
                               (cols.end - cols.begin) * depth, acc, g);
        } else {
            for (int32_t kw = cols.begin; kw < cols.end; kw++) {
                acc = qcc_wide_dot(x, (row + cols.origin + kw * g->dilation_w) * g->in_c + channel, weights,
                                   taps + kw * depth, depth, acc, g);
            }
        }
    }
    return acc;
}

/* acc plus the products of the taps outside the image, all of which read in_zero. */
QCC_INLINE int64_t qcc_wide_conv2d_outside(const int8_t *weights, int32_t w, qcc_window_t rows, qcc_window_t cols,
                                           int64_t acc, const qcc_wide_conv2d_t *g) {
    int32_t depth = g->in_c / g->groups;
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        for (int32_t kw = 0; kw < g->kernel_w; kw++, w += depth) {
            int inside = kh >= rows.begin && kh < rows.end && kw >= cols.begin && kw < cols.end;
            for (int32_t i = 0; !inside && i < depth; i++) {
                acc += qcc_weight(weights, w + i, g->packed_bits) * g->in_zero;
            }
        }
    }
    return acc;
}

QCC_INLINE void qcc_wide_conv2d(const void *x, void *y, const int8_t *weights, const int32_t *bias,
                                const qcc_wide_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t depth = g->in_c / g->groups;
    int32_t filters = g->out_c / g->groups;
    int32_t place = 0;
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_window(oy, g->out_h, g->stride_h, g->pad_top, g->dilation_h, g->kernel_h, g->in_h);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_window(ox, g->out_w, g->stride_w, g->pad_left, g->dilation_w, g->kernel_w, g->in_w);
            int whole = qcc_is_whole(rows, g->kernel_h) && qcc_is_whole(cols, g->kernel_w);
            for (int32_t o = 0; o < g->out_c; o++, place++) {
                int32_t w = o * g->kernel_h * g->kernel_w * depth;
                int64_t acc = qcc_wide_conv2d_inside(x, o / filters * depth, weights, w, rows, cols, bias[o], g);
                if (g->in_zero != 0 && !whole) {
                    acc = qcc_wide_conv2d_outside(weights, w, rows, cols, acc, g);
                }
                qcc_wide_store(y, place, qcc_requantize_wide((int32_t)(acc >> g->drop), o, r), g->out_bits);
            }
        }
    }
}

#endif
