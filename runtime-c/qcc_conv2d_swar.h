/*
 * 2-D convolution for cores with neither SIMD nor long multiplication (Cortex-M0, M0+, M23): two output channels times
 * two pixels at a time, two products in one multiplication.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and any kernel, stride, pad and dilation.
 *
 * weights  packed offline as qcc_swar.h says: K = kernel_h * kernel_w * in_c, rows = output channels
 * bias     [round_up4(out_c)], the added values are not used (write 0)
 * scratch  QCC_CONV2D_SWAR_SCRATCH(kernel_h, kernel_w, in_c) = 8 * K2 bytes, K2 = K rounded up to an even number,
 *          disjoint from everything else: the patch, and behind it room for two windows
 *
 * Overlap: y is written in ascending pixel order, two pixels at a time in flattened (oy, ox) order, and both have been
 * gathered into scratch before either is written. Once any element of row oy is written, no x row before
 * oy*stride_h - pad_top is read any more: y may overlap x rows before it.
 */
#ifndef QCC_CONV2D_SWAR_H
#define QCC_CONV2D_SWAR_H

#include "qcc_swar.h"
#include "qcc_window_pair.h"

#define QCC_CONV2D_SWAR_SCRATCH(kernel_h, kernel_w, in_c) (8 * (((kernel_h) * (kernel_w) * (in_c) + 1) / 2 * 2))

/* The patch of two windows. */
QCC_INLINE void qcc_conv2d_swar_pack(qcc_word_t *patch, const int8_t *x, int8_t *bytes, qcc_pixel_t at, int32_t pixels,
                                     const qcc_conv2d_t *g) {
    int32_t run = g->kernel_w * g->in_c, products = g->kernel_h * run;
    if (run % 2 == 0 || g->kernel_h == 1) {
        qcc_window_pair_t pair = qcc_two_windows(x, bytes, at, pixels, products, g);
        for (int32_t kh = 0; kh < g->kernel_h; kh++) {
            patch = qcc_swar_pack(patch, pair.first + kh * pair.pitch, pair.second + kh * pair.pitch, run);
        }
    } else { /* pairs of products across runs */
        qcc_gather_window(bytes, x, at, g);
        if (pixels == 2) {
            qcc_gather_window(bytes + products, x, qcc_pixel_after(at, g), g);
        }
        qcc_swar_pack(patch, bytes, bytes + (pixels == 2 ? products : 0), products);
    }
}

QCC_INLINE void qcc_conv2d_swar(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                                const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t pairs = (g->kernel_h * g->kernel_w * g->in_c + 1) / 2;
    int32_t pixels = g->out_h * g->out_w;
    qcc_word_t *patch = scratch;
    int8_t *bytes = (int8_t *)(patch + 3 * pairs);
    qcc_pixel_t at = {0, 0};
    for (int32_t p = 0; p < pixels; p += 2, y += 2 * g->out_c) {
        int32_t count = pixels % 2 == 0 ? 2 : qcc_min(2, pixels - p);
        qcc_conv2d_swar_pack(patch, x, bytes, at, count, g);
        const uint8_t *w = (const uint8_t *)weights;
        for (int32_t o = 0; o < g->out_c; o += 2, w += 4 * pairs) {
            uint32_t sums[4];
            qcc_swar_block(w, patch, pairs, sums);
            int32_t rows = g->out_c % 2 == 0 ? 2 : qcc_min(2, g->out_c - o);
            QCC_UNROLL(2)
            for (int32_t i = 0; i < rows; i++) {
                uint32_t high = sums[2 * i + 1];
                int32_t low = (int32_t)(sums[2 * i] - (high << 16));
                y[o + i] = qcc_requantize(low + bias[o + i], o + i, r);
                if (count == 2) {
                    y[g->out_c + o + i] = qcc_requantize((int32_t)high + bias[o + i], o + i, r);
                }
            }
        }
        at = qcc_pixel_after(qcc_pixel_after(at, g), g);
    }
}

#endif
