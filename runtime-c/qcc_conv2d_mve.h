/*
 * 2-D convolution for cores with MVE: four output channels times two pixels at a time, sixteen products in a vector.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and any kernel, stride, pad and dilation.
 *
 * weights  packed offline as qcc_mve_block.h says: K = kernel_h * kernel_w * in_c, rows = output channels
 * bias     [round_up4(out_c)], the added values are not used (write 0)
 * scratch  QCC_CONV2D_MVE_SCRATCH(kernel_h, kernel_w, in_c) = 2 * K16 bytes, disjoint from everything else
 *
 * Windows are read where they are if their runs fill whole vectors or there is but one; others are gathered first.
 *
 * Overlap: y is written in ascending pixel order, two pixels at a time in flattened (oy, ox) order; windows in two
 * rows have been gathered before. Once any element of row oy is written, no x row before oy*stride_h - pad_top is read
 * any more: y may overlap x rows before it.
 */
#ifndef QCC_CONV2D_MVE_H
#define QCC_CONV2D_MVE_H

#include "qcc_mve_block.h"
#include "qcc_window_pair.h"

#define QCC_CONV2D_MVE_SCRATCH(kernel_h, kernel_w, in_c) (2 * QCC_MVE_PADDED((kernel_h) * (kernel_w) * (in_c)))

/* All output channels of one or two pixels, whose windows are `runs` runs of `run` bytes. */
QCC_INLINE void qcc_conv2d_mve_pixels(qcc_window_pair_t x, int8_t *y, int32_t pixels, int32_t runs, int32_t run,
                                      const int8_t *weights, const int32_t *bias, const qcc_conv2d_t *g,
                                      const qcc_requantize_t *r) {
    for (int32_t o = 0; o < g->out_c; o += 4, y += 4) {
        int32_t n = g->out_c % 4 == 0 ? 4 : qcc_min(4, g->out_c - o);
        qcc_mve_sums_t sums = qcc_mve_block_4x2(weights, x.first, x.second, runs, run, x.pitch);
        qcc_quad start = qcc_quad_load(bias + o);
        qcc_quad_scale_t scale = qcc_scale_of_channels(o, n, r);
        qcc_quad_store_first(y, qcc_quad_requantize(qcc_quad_add(sums.first, start), scale, r), n);
        if (pixels == 2) {
            qcc_quad_store_first(y + g->out_c, qcc_quad_requantize(qcc_quad_add(sums.second, start), scale, r), n);
        }
        weights += 4 * QCC_MVE_PADDED(g->kernel_h * g->kernel_w * g->in_c);
    }
}

/* Copies the runs of a window one behind the other. */
QCC_INLINE void qcc_conv2d_mve_join(int8_t *bytes, const int8_t *window, int32_t pitch, const qcc_conv2d_t *g) {
    int32_t run = g->kernel_w * g->in_c;
    QCC_UNROLL(5)
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        if (run % 4 == 0 && run < 16) {
            qcc_copy(bytes + kh * run, window + kh * pitch, run);
        } else {
            qcc_bytes_copy(bytes + kh * run, window + kh * pitch, run);
        }
    }
}

QCC_INLINE void qcc_conv2d_mve(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                               const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t run = g->kernel_w * g->in_c, products = g->kernel_h * run, padded = QCC_MVE_PADDED(products);
    int32_t pixels = g->out_h * g->out_w;
    int in_place = run % 16 == 0 || g->kernel_h == 1;
    int8_t *bytes = scratch;
    qcc_fill(bytes, 0, padded != products ? 2 * padded : 0); /* what the windows do not fill */
    qcc_pixel_t at = {0, 0};
    for (int32_t p = 0; p < pixels; p += 2, y += 2 * g->out_c) {
        int32_t count = pixels % 2 == 0 ? 2 : qcc_min(2, pixels - p);
        qcc_window_pair_t pair = qcc_two_windows(x, bytes, at, count, padded, g);
        if (in_place) {
            qcc_conv2d_mve_pixels(pair, y, count, g->kernel_h, run, weights, bias, g, r);
        } else {
            if (pair.first != bytes) {
                qcc_conv2d_mve_join(bytes, pair.first, pair.pitch, g);
                qcc_conv2d_mve_join(bytes + padded, pair.second, pair.pitch, g);
            }
            pair.first = bytes, pair.second = bytes + padded;
            qcc_conv2d_mve_pixels(pair, y, count, 1, padded, weights, bias, g, r);
        }
        at = qcc_pixel_after(qcc_pixel_after(at, g), g);
    }
}

#endif
