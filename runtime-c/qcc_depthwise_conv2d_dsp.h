/*
 * Depthwise 2-D convolution for cores with the Arm DSP extension: four channels times two pixels at a time.
 *
 * Computes what qcc_depthwise_conv2d computes, for multiplier == 1 and in_c a multiple of four; weights and bias as
 * there. kernel_h is at most QCC_DEPTHWISE_DSP_ROWS.
 *
 * scratch  QCC_DEPTHWISE_DSP_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w, dilation_h, dilation_w) bytes,
 *          disjoint from everything else: a ring of widened rows, as many as one window spans, with the padding
 *          beside them. For 3x3 windows of stride 1: 6 * (out_w + 2) * in_c bytes where out_w is even.
 *
 * Overlap: every x row is read once, into the ring, in ascending order; before row oy of y is written, exactly the
 * x rows up to oy*stride_h - pad_top + (kernel_h - 1)*dilation_h have been read. y may overlap those: with stride 1
 * and equal sizes y may be x itself. y is written once, each row two pixels at a time.
 */
#ifndef QCC_DEPTHWISE_CONV2D_DSP_H
#define QCC_DEPTHWISE_CONV2D_DSP_H

#include "qcc_depthwise_conv2d.h"
#include "qcc_dsp_patch.h"

enum { QCC_DEPTHWISE_DSP_ROWS = 16 };

/* Columns of a widened row: what the windows of out_w pixels, rounded up to an even number, span. */
#define QCC_DEPTHWISE_DSP_COLS(out_w, kernel_w, stride_w, dilation_w) \
    ((((out_w) + 1) / 2 * 2 - 1) * (stride_w) + ((kernel_w) - 1) * (dilation_w) + 1)

#define QCC_DEPTHWISE_DSP_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w, dilation_h, dilation_w) \
    (2 * (((kernel_h) - 1) * (dilation_h) + 1)                                                       \
     * QCC_DEPTHWISE_DSP_COLS(out_w, kernel_w, stride_w, dilation_w) * (in_c))

QCC_INLINE int32_t qcc_depthwise_dsp_cols(const qcc_depthwise_conv2d_t *g) {
    return QCC_DEPTHWISE_DSP_COLS(g->out_w, g->kernel_w, g->stride_w, g->dilation_w);
}

/* Widens row h of the image (or of the padding above and below it), with the padding on both sides. */
QCC_INLINE void qcc_depthwise_dsp_widen(qcc_word_t *row, const int8_t *x, int32_t h, const qcc_depthwise_conv2d_t *g) {
    int32_t cols = qcc_depthwise_dsp_cols(g);
    int32_t left = qcc_min(g->pad_left, cols);
    int32_t inside = h < 0 || h >= g->in_h ? 0 : qcc_min(g->in_w, cols - left);
    int32_t pitch = g->in_c / 2; /* words per column */
    uint32_t zeros = qcc_both_lanes(g->in_zero);
    qcc_fill_words(row, zeros, left * pitch, 1);
    if (inside > 0) {
        qcc_widen_quads(row + left * pitch, x + h * g->in_w * g->in_c, inside * g->in_c / 4, 1);
    }
    qcc_fill_words(row + (left + inside) * pitch, zeros, (cols - left - inside) * pitch, 1);
}

/* Channels c .. c+3 of two pixels: acc[0..3] and acc[4..7]. `start`: the first word of the window in its rows. */
QCC_INLINE void qcc_depthwise_dsp_tile(const qcc_word_t *const *rows, int32_t start, const int8_t *weights,
                                       const int32_t *bias, int32_t *acc, const qcc_depthwise_conv2d_t *g) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
    int32_t pitch = g->in_c / 2;
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        const qcc_word_t *first = rows[kh] + start;
        const qcc_word_t *second = first + g->stride_w * pitch;
        QCC_UNROLL(8)
        for (int32_t kw = 0; kw < g->kernel_w; kw++) {
            uint32_t w = qcc_load32(weights + (kh * g->kernel_w + kw) * g->in_c);
            uint32_t odd = qcc_widen_odd(w), even = qcc_widen_even(w);
            int32_t tap = kw * g->dilation_w * pitch;
            uint32_t x_even = first[tap], x_odd = first[tap + 1];
            a0 = qcc_mac_low(even, x_even, a0);
            a2 = qcc_mac_high(even, x_even, a2);
            a1 = qcc_mac_low(odd, x_odd, a1);
            a3 = qcc_mac_high(odd, x_odd, a3);
            x_even = second[tap], x_odd = second[tap + 1];
            b0 = qcc_mac_low(even, x_even, b0);
            b2 = qcc_mac_high(even, x_even, b2);
            b1 = qcc_mac_low(odd, x_odd, b1);
            b3 = qcc_mac_high(odd, x_odd, b3);
            QCC_LOAD_FENCE();
        }
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

/* One output row from its widened input rows. */
QCC_INLINE void qcc_depthwise_dsp_row(const qcc_word_t *const *rows, int8_t *y, const int8_t *weights,
                                      const int32_t *bias, const qcc_depthwise_conv2d_t *g,
                                      const qcc_requantize_t *r) {
    for (int32_t ox = 0; ox < g->out_w; ox += 2, y += 2 * g->in_c) {
        int both = g->out_w % 2 == 0 || ox + 1 < g->out_w;
        for (int32_t c = 0; c < g->in_c; c += 4) {
            int32_t acc[8];
            qcc_depthwise_dsp_tile(rows, (ox * g->stride_w * g->in_c + c) / 2, weights + c, bias + c, acc, g);
            for (int32_t i = 0; i < 4; i++) {
                y[c + i] = qcc_requantize(acc[i], c + i, r);
            }
            for (int32_t i = 0; both && i < 4; i++) {
                y[g->in_c + c + i] = qcc_requantize(acc[4 + i], c + i, r);
            }
        }
    }
}

QCC_INLINE void qcc_depthwise_conv2d_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                         void *scratch, const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t span = (g->kernel_h - 1) * g->dilation_h + 1;
    int32_t row_words = qcc_depthwise_dsp_cols(g) * g->in_c / 2;
    qcc_word_t *ring = scratch;
    int32_t widened = 0; /* rows so far, counted from the first padding row */
    for (int32_t oy = 0; oy < g->out_h; oy++, y += g->out_w * g->in_c) {
        int32_t top = oy * g->stride_h;
        for (widened = qcc_max(widened, top); widened < top + span; widened++) {
            qcc_depthwise_dsp_widen(ring + widened % span * row_words, x, widened - g->pad_top, g);
        }
        const qcc_word_t *rows[QCC_DEPTHWISE_DSP_ROWS];
        for (int32_t kh = 0; kh < g->kernel_h; kh++) {
            rows[kh] = ring + (top + kh * g->dilation_h) % span * row_words;
        }
        qcc_depthwise_dsp_row(rows, y, weights, bias, g, r);
    }
}

#endif
