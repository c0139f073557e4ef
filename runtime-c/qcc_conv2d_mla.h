/*
 * 2-D convolution for cores with MLA but no SIMD (Cortex-M3): four output channels times two pixels at a time.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and any kernel, stride, pad and dilation.
 *
 * weights  packed offline as qcc_mla.h says: K = kernel_h * kernel_w * in_c, rows = output channels
 * bias     [round_up4(out_c)], the added values are not used (write 0)
 * scratch  QCC_CONV2D_MLA_SCRATCH(kernel_h, kernel_w, in_c) = 2 * round_up4(K) bytes, disjoint from everything else
 *
 * SMLAL would do two products in one instruction, but takes at least as long on a Cortex-M3 as two MLA.
 *
 * Overlap: y is written in ascending pixel order, two pixels at a time in flattened (oy, ox) order; windows in two
 * rows have been gathered before. Once any element of row oy is written, no x row before oy*stride_h - pad_top is read
 * any more: y may overlap x rows before it.
 */
#ifndef QCC_CONV2D_MLA_H
#define QCC_CONV2D_MLA_H

#include "qcc_mla.h"
#include "qcc_window_pair.h"

#define QCC_CONV2D_MLA_SCRATCH(kernel_h, kernel_w, in_c) (2 * (((kernel_h) * (kernel_w) * (in_c) + 3) / 4 * 4))

QCC_INLINE void qcc_conv2d_mla(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                               const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t run = g->kernel_w * g->in_c, products = g->kernel_h * run;
    int32_t pixels = g->out_h * g->out_w;
    qcc_pixel_t at = {0, 0};
    for (int32_t p = 0; p < pixels; p += 2) {
        int32_t count = pixels % 2 == 0 ? 2 : qcc_min(2, pixels - p);
        qcc_window_pair_t pair = qcc_two_windows(x, scratch, at, count, qcc_round_up4(products), g);
        const int8_t *w = weights;
        for (int32_t o = 0; o < g->out_c; o += 4, w += 4 * products) {
            int32_t acc[8];
            if (products <= QCC_MLA_SHORT_PRODUCTS) {
                qcc_mla_block_4x2(w, pair.first, pair.second, g->kernel_h, run, pair.pitch, bias + o, acc);
            } else {
                qcc_mla_long_block_4x2(w, pair.first, pair.second, g->kernel_h, run, pair.pitch, bias + o, acc);
            }
            int32_t rows = g->out_c % 4 == 0 ? 4 : qcc_min(4, g->out_c - o);
            QCC_UNROLL(4)
            for (int32_t i = 0; i < rows; i++) {
                y[o + i] = qcc_requantize(acc[i], o + i, r);
                if (count == 2) {
                    y[g->out_c + o + i] = qcc_requantize(acc[4 + i], o + i, r);
                }
            }
        }
        y += 2 * g->out_c;
        at = qcc_pixel_after(qcc_pixel_after(at, g), g);
    }
}

#endif
