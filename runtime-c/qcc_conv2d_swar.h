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

#include "qcc_short_parts.h"
#include "qcc_swar.h"
#include "qcc_window_pair.h"

#define QCC_CONV2D_SWAR_SCRATCH(kernel_h, kernel_w, in_c) (8 * (((kernel_h) * (kernel_w) * (in_c) + 1) / 2 * 2))

/* The patch of two windows; pairs of products go across runs. */
QCC_INLINE void qcc_conv2d_swar_pack(qcc_word_t *patch, const int8_t *x, int8_t *bytes, qcc_pixel_t at, int32_t pixels,
                                     const qcc_conv2d_t *g) {
    int32_t run = g->kernel_w * g->in_c;
    qcc_window_pair_t pair = qcc_two_windows(x, bytes, at, pixels, g->kernel_h * run, g);
    uint32_t waiting = 0;
    QCC_UNROLL(3)
    for (int32_t kh = 0; kh < g->kernel_h; kh++, pair.first += pair.pitch, pair.second += pair.pitch) {
        int32_t begun = run % 2 != 0 && kh % 2 != 0; /* whether a product of the run before is waiting */
        if (begun) {
            qcc_swar_put(&patch, waiting, qcc_swar_word(pair.first[0], pair.second[0]));
        }
        patch = qcc_swar_pack(patch, pair.first + begun, pair.second + begun, (run - begun) / 2);
        if ((run - begun) % 2 != 0) {
            waiting = qcc_swar_word(pair.first[run - 1], pair.second[run - 1]);
        }
    }
    if (run % 2 != 0 && g->kernel_h % 2 != 0) {
        qcc_swar_put(&patch, waiting, 0);
    }
}

/* All channels of one or two pixels. */
QCC_INLINE void qcc_conv2d_swar_pixels(const qcc_word_t *patch, int32_t pairs, int8_t *y, int32_t pixels,
                                       const uint8_t *w, const int32_t *bias, const qcc_conv2d_t *g,
                                       const qcc_requantize_t *r) {
    for (int32_t o = 0; o < g->out_c; o += QCC_PARTS_CHANNELS) {
        int32_t acc[2 * QCC_PARTS_CHANNELS];
        int32_t rows = g->out_c % QCC_PARTS_CHANNELS == 0 ? QCC_PARTS_CHANNELS : qcc_min(QCC_PARTS_CHANNELS, g->out_c - o);
        qcc_swar_rows(w + 2 * o * pairs, patch, pairs, bias + o, acc, (rows + 1) / 2 * 2);
        for (int32_t i = 0; pixels == 1 && i < rows; i++) {
            acc[i] = acc[2 * i];
        }
        const qcc_parts_t outputs = {acc, y + o, rows, pixels, 1, g->out_c};
        qcc_requantize_all(acc, &outputs, o, r);
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
        qcc_conv2d_swar_pixels(patch, pairs, y, count, (const uint8_t *)weights, bias, g, r);
        at = qcc_pixel_after(qcc_pixel_after(at, g), g);
    }
}

#endif
