/*
 * Depthwise 3x3 convolution for cores with the Arm DSP extension: one channel at a time, along the row.
 *
 * Computes what qcc_depthwise_conv2d computes, for kernel_h == kernel_w == 3, multiplier == 1, no dilation and
 * stride_w 1 or 2; any in_c, any stride_h and any padding.
 *
 * weights  packed offline, twelve bytes for each channel: for each kernel row, its taps w0 w1 w1 w2, so that the
 *          even and the odd bytes widen to (w0, w1) and (w1, w2)
 * scratch  QCC_DEPTHWISE_3X3_DSP_SCRATCH(in_c, out_w, stride_w) bytes, disjoint from everything else: a ring of the
 *          three rows that a window spans, widened, with the padding beside them
 *
 * Overlap: every x row is read once, into the ring, in ascending order; before row oy of y is written, exactly the
 * x rows up to oy*stride_h - pad_top + 2 have been read. y may overlap those: with stride 1 and equal sizes y may be
 * x itself. Within a row, y is written channel by channel.
 */
#ifndef QCC_DEPTHWISE_CONV2D_3X3_DSP_H
#define QCC_DEPTHWISE_CONV2D_3X3_DSP_H

#include "qcc_depthwise_conv2d.h"
#include "qcc_dsp_rows.h"

/* Words of a widened row of one channel. */
#define QCC_DEPTHWISE_3X3_DSP_PITCH(out_w, stride_w) ((((out_w) - 1) * (stride_w) + 4) / 2)

#define QCC_DEPTHWISE_3X3_DSP_SCRATCH(in_c, out_w, stride_w) \
    (12 * (in_c) * QCC_DEPTHWISE_3X3_DSP_PITCH(out_w, stride_w))

/* The taps (w0, w1) and (w1, w2) of each of the ring's rows, and the bias. */
typedef struct {
    uint32_t w01[3], w12[3];
    int32_t bias;
} qcc_taps_3x3_t;

/*
 * One output. x: where its window starts in the ring's middle row; the rows are `pitch` words apart. Each word holds
 * two columns, so the taps meet the columns 0 and 1 in the first word and column 2 in the next one.
 */
QCC_INLINE int32_t qcc_window_3x3(const qcc_word_t *x, int32_t pitch, const qcc_taps_3x3_t *w) {
    qcc_word_pair x0 = qcc_pair_at(x, -pitch);
    int32_t acc = qcc_sum_lanes(x0.first, w->w01[0], w->bias);
    acc = qcc_mac_low_high(x0.second, w->w12[0], acc);
    qcc_word_pair x1 = qcc_pair_at(x, 0);
    acc = qcc_mac_lanes(x1.first, w->w01[1], acc);
    acc = qcc_mac_low_high(x1.second, w->w12[1], acc);
    qcc_word_pair x2 = qcc_pair_at(x, pitch);
    acc = qcc_mac_lanes(x2.first, w->w01[2], acc);
    return qcc_mac_low_high(x2.second, w->w12[2], acc);
}

/* The output there and the next one, at stride 1: the same words hold the four columns of both. */
QCC_INLINE void qcc_windows_3x3(const qcc_word_t *x, int32_t pitch, const qcc_taps_3x3_t *w, int32_t *acc) {
    qcc_word_pair x0 = qcc_pair_at(x, -pitch);
    int32_t a = qcc_sum_lanes(x0.first, w->w01[0], w->bias);
    int32_t b = qcc_sum_high_low(x0.first, w->w01[0], w->bias);
    a = qcc_mac_low_high(x0.second, w->w12[0], a);
    b = qcc_mac_lanes(x0.second, w->w12[0], b);
    qcc_word_pair x1 = qcc_pair_at(x, 0);
    a = qcc_mac_lanes(x1.first, w->w01[1], a);
    b = qcc_mac_high_low(x1.first, w->w01[1], b);
    a = qcc_mac_low_high(x1.second, w->w12[1], a);
    b = qcc_mac_lanes(x1.second, w->w12[1], b);
    qcc_word_pair x2 = qcc_pair_at(x, pitch);
    a = qcc_mac_lanes(x2.first, w->w01[2], a);
    b = qcc_mac_high_low(x2.first, w->w01[2], b);
    acc[0] = qcc_mac_low_high(x2.second, w->w12[2], a);
    acc[1] = qcc_mac_lanes(x2.second, w->w12[2], b);
}

/* One channel of one output row. x: the channel in the ring's middle row. */
QCC_INLINE void qcc_depthwise_3x3_dsp_channel(const qcc_word_t *x, int8_t *y, const qcc_taps_3x3_t *w, int32_t channel,
                                              const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t pitch = QCC_DEPTHWISE_3X3_DSP_PITCH(g->out_w, g->stride_w);
    int32_t step = g->stride_w == 1 ? 2 : 1; /* outputs per word */
    QCC_UNROLL(2)
    for (int32_t i = 0; i < g->out_w / step; i++, x++, y += step * g->in_c) {
        if (step == 1) {
            *y = qcc_requantize(qcc_window_3x3(x, pitch, w), channel, r);
        } else {
            int32_t acc[2];
            qcc_windows_3x3(x, pitch, w, acc);
            y[0] = qcc_requantize(acc[0], channel, r);
            y[g->in_c] = qcc_requantize(acc[1], channel, r);
        }
    }
    if (g->out_w % step != 0) {
        *y = qcc_requantize(qcc_window_3x3(x, pitch, w), channel, r);
    }
}

/* One output row. x: the ring's middle row; first: the row of the ring that the window starts with. */
QCC_INLINE void qcc_depthwise_3x3_dsp_row(const qcc_word_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                          int32_t first, const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    const qcc_word_t *taps = (const qcc_word_t *)(const void *)weights;
    const qcc_word_t *row0 = taps + (3 - first) % 3, *row1 = taps + (4 - first) % 3, *row2 = taps + (5 - first) % 3;
    for (int32_t c = 0; c < g->in_c; c++) {
        uint32_t w0 = row0[3 * c], w1 = row1[3 * c], w2 = row2[3 * c];
        const qcc_taps_3x3_t w = {{qcc_widen_even(w0), qcc_widen_even(w1), qcc_widen_even(w2)},
                                  {qcc_widen_odd(w0), qcc_widen_odd(w1), qcc_widen_odd(w2)}, bias[c]};
        qcc_depthwise_3x3_dsp_channel(x, y + c, &w, c, g, r);
        x += 3 * QCC_DEPTHWISE_3X3_DSP_PITCH(g->out_w, g->stride_w);
    }
}

/* Widens row h of the image, or of the padding above and below it. */
QCC_INLINE void qcc_depthwise_3x3_dsp_widen(qcc_word_t *row, const int8_t *x, int32_t h,
                                            const qcc_depthwise_conv2d_t *g) {
    int32_t pitch = QCC_DEPTHWISE_3X3_DSP_PITCH(g->out_w, g->stride_w);
    int32_t inside = qcc_min(g->in_w, (g->out_w - 1) * g->stride_w + 3 - g->pad_left);
    if (h >= g->in_h) {
        for (int32_t c = 0; c < g->in_c; c++) {
            qcc_fill_words(row + c * 3 * pitch, qcc_both_lanes(g->in_zero), pitch, 1);
        }
    } else if (inside > 0 && h >= 0) { /* the rows above the image are what the ring starts with */
        qcc_spread_row(row, x + h * g->in_w * g->in_c, g->pad_left, inside, g->in_c, 3 * pitch, g->in_zero);
    }
}

QCC_INLINE void qcc_depthwise_conv2d_3x3_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                             void *scratch, const qcc_depthwise_conv2d_t *g,
                                             const qcc_requantize_t *r) {
    int32_t pitch = QCC_DEPTHWISE_3X3_DSP_PITCH(g->out_w, g->stride_w);
    qcc_word_t *ring = scratch; /* [in_c][3][pitch] */
    int32_t widened = 0;        /* rows so far, counted from the first padding row */
    qcc_fill_words(ring, qcc_both_lanes(g->in_zero), 3 * pitch * g->in_c, 1);
    for (int32_t oy = 0; oy < g->out_h; oy++, y += g->out_w * g->in_c) {
        int32_t top = oy * g->stride_h;
        for (widened = qcc_max(widened, top); widened < top + 3; widened++) {
            qcc_depthwise_3x3_dsp_widen(ring + widened % 3 * pitch, x, widened - g->pad_top, g);
        }
        qcc_depthwise_3x3_dsp_row(ring + pitch, y, weights, bias, top % 3, g, r);
    }
}

#endif
