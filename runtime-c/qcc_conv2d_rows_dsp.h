/*
 * 2-D convolution of images with few channels, such as the first layer of a network, for cores with the Arm DSP
 * extension: four output channels times two pixels at a time, read straight from widened image rows.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and no dilation. Meant for windows of few products, which become straight code. There is no patch to gather; more output channels
 * share its cost in qcc_conv2d_dsp.
 *
 * weights  packed offline. A run is one kernel row of one output channel: kernel_w * in_c products, to which a zero is
 *          added where that is odd. For each block of four output channels r0..r3 (zeros where there are none), for
 *          each kernel row, for each two products k, k+1 of its run, eight bytes:
 *              r0[k] r1[k] r0[k+1] r1[k+1]   r2[k] r3[k] r2[k+1] r3[k+1]
 * bias     [round_up4(out_c)], the added values are not used (write 0)
 * scratch  QCC_CONV2D_ROWS_DSP_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w) bytes, disjoint from everything
 *          else: the kernel_h rows that a window spans, as int16, with the padding beside them
 *
 * Overlap: every x row is read once, in ascending order; before row oy of y is written, exactly the x rows up to
 * oy*stride_h - pad_top + kernel_h - 1 have been read. y may overlap those. y is written once, in ascending order of
 * pixel pairs.
 */
#ifndef QCC_CONV2D_ROWS_DSP_H
#define QCC_CONV2D_ROWS_DSP_H

#include "qcc_conv2d.h"
#include "qcc_dsp_block.h"
#include "qcc_dsp_stacked.h"

/* Words of a widened row: what the windows of out_w pixels, rounded up to an even number, span, and one lane more. */
#define QCC_CONV2D_ROWS_DSP_PITCH(in_c, out_w, kernel_w, stride_w) \
    ((((((out_w) + 1) / 2 * 2 - 1) * (stride_w) + (kernel_w)) * (in_c)) / 2 + 1)

#define QCC_CONV2D_ROWS_DSP_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w) \
    (4 * (kernel_h) * QCC_CONV2D_ROWS_DSP_PITCH(in_c, out_w, kernel_w, stride_w))

QCC_INLINE int32_t qcc_rows_pitch(const qcc_conv2d_t *g) {
    return QCC_CONV2D_ROWS_DSP_PITCH(g->in_c, g->out_w, g->kernel_w, g->stride_w);
}

/* Two neighbouring lanes of each of two pixels; a pixel may start in the middle of a word. */
QCC_INLINE qcc_word_pair qcc_lanes_of_two(const int8_t *first, int32_t apart) {
    qcc_word_pair pair = {qcc_load32(first), qcc_load32(first + apart)};
    return pair;
}

/*
 * Four output channels of two pixels: acc[0..3] and acc[4..7]; where they are stacked and `wide`, times 2^8.
 * x: the first byte of the first pixel's window.
 */
QCC_INLINE void qcc_rows_block(const qcc_word_t *w, const int8_t *x, const int32_t *bias, int32_t *acc,
                               const qcc_conv2d_t *g, int stacked, int wide) {
    int32_t steps = (g->kernel_w * g->in_c + 1) / 2;
    int32_t apart = 2 * g->stride_w * g->in_c;
    QCC_FREE_REGISTERS();
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
    QCC_UNROLL(5)
    for (int32_t kh = 0; kh < g->kernel_h; kh++, x += 4 * qcc_rows_pitch(g)) {
        QCC_UNROLL(8)
        for (int32_t s = 0; s < steps; s++) {
            if (stacked) {
                QCC_STACKED_4X2(qcc_sum_lanes, w, qcc_lanes_of_two(x + 4 * s, apart));
            } else {
                QCC_STEP_4X2(qcc_sum_lanes, w, qcc_lanes_of_two(x + 4 * s, apart));
            }
        }
    }
    if (stacked && wide) {
        a1 = qcc_difference(a1, a0), a3 = qcc_difference(a3, a2);
        b1 = qcc_difference(b1, b0), b3 = qcc_difference(b3, b2);
        a0 = qcc_shift_left(a0, QCC_AFFINE_WIDER), a2 = qcc_shift_left(a2, QCC_AFFINE_WIDER);
        b0 = qcc_shift_left(b0, QCC_AFFINE_WIDER), b2 = qcc_shift_left(b2, QCC_AFFINE_WIDER);
    } else if (stacked) {
        a1 = qcc_unstack(a1, a0), a3 = qcc_unstack(a3, a2), b1 = qcc_unstack(b1, b0), b3 = qcc_unstack(b3, b2);
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

/* All output channels of one pixel, or of two. */
QCC_INLINE void qcc_rows_pixels(const int8_t *x, int8_t *y, int32_t pixels, const int8_t *weights,
                                const int32_t *bias, const qcc_conv2d_t *g, const qcc_requantize_t *r,
                                int stacked) {
    const qcc_word_t *w = (const qcc_word_t *)(const void *)weights;
    const qcc_finish finish = qcc_finish_of(r);
    const qcc_factors_t f = qcc_factors_of(r, finish);
    const int each = finish != QCC_FINISH_ANY && (r->multiplier || r->shift);
    for (int32_t o = 0; o < g->out_c; o += 4, bias += 4) {
        int32_t acc[8];
        const int whole = finish != QCC_FINISH_ANY && pixels == 2 && (g->out_c % 4 == 0 || g->out_c - o >= 4);
        const int wide = whole && stacked && finish == QCC_FINISH_AFFINE;
        qcc_rows_block(w, x, bias, acc, g, stacked, wide);
        if (wide) {
            qcc_put_affine_4x2(acc, y, o, g->out_c, &f);
        } else if (whole) {
            qcc_put_4x2(acc, y, o, g->out_c, &f, finish, each);
        } else {
            qcc_put_some(acc, y, o, g->out_c, pixels, &f, r, finish, each);
        }
        w += g->kernel_h * ((g->kernel_w * g->in_c + 1) / 2) * 2;
    }
}

/* Row h of the image, or of the padding around it. */
QCC_INLINE void qcc_rows_widen(qcc_word_t *row, const int8_t *x, int32_t h, const qcc_conv2d_t *g) {
    int32_t cols = ((g->out_w + 1) / 2 * 2 - 1) * g->stride_w + g->kernel_w;
    int32_t inside = qcc_min(g->in_w, cols - g->pad_left);
    if (h >= g->in_h) {
        qcc_fill_words(row, qcc_both_lanes(g->in_zero), qcc_rows_pitch(g), 1);
    } else if (inside > 0 && h >= 0) { /* the rows above the image are what the buffer starts with */
        qcc_widen_bytes((int8_t *)row + 2 * g->pad_left * g->in_c, x + h * g->in_w * g->in_c, inside * g->in_c);
    }
}

/* stacked: whether the weights are, a literal. */
QCC_INLINE void qcc_rows(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                         const qcc_conv2d_t *g, const qcc_requantize_t *r, int stacked) {
    int32_t pitch = qcc_rows_pitch(g);
    qcc_word_t *rows = scratch; /* [kernel_h][pitch] */
    int32_t kept = 0;           /* rows that the last window has left */
    qcc_fill_words(rows, qcc_both_lanes(g->in_zero), g->kernel_h * pitch, 1);
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        for (int32_t kh = kept; kh < g->kernel_h; kh++) {
            qcc_rows_widen(rows + kh * pitch, x, oy * g->stride_h - g->pad_top + kh, g);
        }
        const int8_t *window = scratch;
        for (int32_t ox = 0; ox < g->out_w; ox += 2, y += 2 * g->out_c) {
            int32_t pixels = g->out_w % 2 == 0 ? 2 : qcc_min(2, g->out_w - ox);
            qcc_rows_pixels(window, y, pixels, weights, bias, g, r, stacked);
            window += 4 * g->stride_w * g->in_c;
        }
        y -= g->out_w % 2 * g->out_c;
        kept = qcc_max(0, g->kernel_h - g->stride_h);
        qcc_copy((int8_t *)rows, (const int8_t *)(rows + g->stride_h * pitch), 4 * kept * pitch);
    }
}

QCC_INLINE void qcc_conv2d_rows_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                    void *scratch, const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_rows(x, y, weights, bias, scratch, g, r, 0);
}

#endif
