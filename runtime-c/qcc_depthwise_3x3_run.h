/*
 * The inner loop of the 3x3 depthwise convolution for cores with the Arm DSP extension: lines of outputs of one channel
 * from its plane, whose int16 lanes hold two neighbouring columns, the left one in the low lane.
 *
 * A firmware holds one copy for each stride and rule that its layers have, and no layer has code of its own: four
 * outputs share each load of taps, so that these, and all else that does not change, can wait in memory.
 */
#ifndef QCC_DEPTHWISE_3X3_RUN_H
#define QCC_DEPTHWISE_3X3_RUN_H

#include "qcc_dsp.h"
#include "qcc_dsp_finish.h"

/* One channel of a band of lines. A line is a row of the image, or a column: what the words of a plane run along. */
typedef struct {
    qcc_word_t taps[6]; /* for each line of the window (w0, w1) and (w1, w2) */
    int32_t bias;       /* taps and bias times 2^8, where the rule is AFFINE: sums are then what it wants */
    qcc_factor_t factor;
    int32_t pitch;     /* words of a line of the plane */
    int32_t skip;      /* words from what follows the first words of a line's windows to the windows of the next line */
    int32_t lines;     /* of outputs */
    int32_t length;    /* outputs of a line */
    int32_t step;      /* bytes from one output to the next */
    int32_t line_skip; /* bytes from what follows a line of outputs to the next */
    int32_t channel;
    const qcc_requantize_t *r; /* these two: where no rule of qcc_dsp_finish.h serves */
} qcc_plane_3x3_t;

/* Where the next windows begin, in the three lines that they span. */
typedef struct {
    const qcc_word_t *line[3];
} qcc_cursor_3x3_t;

/* The sums of outputs that are computed together. */
typedef struct {
    int32_t a, b, c, d;
} qcc_sums_3x3_t;

/* Adds line i of the window to four outputs at stride 1. Their windows begin at even columns: six columns, three words. */
QCC_INLINE void qcc_four_side_by_side(qcc_cursor_3x3_t *at, int i, qcc_sums_3x3_t *s, const qcc_plane_3x3_t *p) {
    qcc_word_pair w = qcc_pair_at(p->taps, 2 * i);
    qcc_word_pair x = qcc_next_pair(&at->line[i]);
    if (i == 0) {
        s->d = p->bias;
        s->a = qcc_sum_lanes(x.first, w.first, s->d);
        s->b = qcc_sum_high_low(x.first, w.first, s->d);
        s->c = qcc_sum_lanes(x.second, w.first, s->d);
    } else {
        s->a = qcc_mac_lanes(x.first, w.first, s->a);
        s->b = qcc_mac_high_low(x.first, w.first, s->b);
        s->c = qcc_mac_lanes(x.second, w.first, s->c);
    }
    s->d = qcc_mac_high_low(x.second, w.first, s->d);
    s->a = qcc_mac_low_high(x.second, w.second, s->a);
    s->b = qcc_mac_lanes(x.second, w.second, s->b);
    x.first = *at->line[i];
    s->c = qcc_mac_low_high(x.first, w.second, s->c);
    s->d = qcc_mac_lanes(x.first, w.second, s->d);
    QCC_LOAD_FENCE();
}

/* The same at stride 2: nine columns, five words. */
QCC_INLINE void qcc_four_apart(qcc_cursor_3x3_t *at, int i, qcc_sums_3x3_t *s, const qcc_plane_3x3_t *p) {
    qcc_word_pair w = qcc_pair_at(p->taps, 2 * i);
    qcc_word_pair x = qcc_next_pair(&at->line[i]);
    if (i == 0) {
        s->d = p->bias;
        s->a = qcc_sum_lanes(x.first, w.first, s->d);
        s->b = qcc_sum_lanes(x.second, w.first, s->d);
    } else {
        s->a = qcc_mac_lanes(x.first, w.first, s->a);
        s->b = qcc_mac_lanes(x.second, w.first, s->b);
    }
    s->a = qcc_mac_low_high(x.second, w.second, s->a);
    x = qcc_next_pair(&at->line[i]);
    s->b = qcc_mac_low_high(x.first, w.second, s->b);
    s->c = i == 0 ? qcc_sum_lanes(x.first, w.first, s->d) : qcc_mac_lanes(x.first, w.first, s->c);
    s->d = qcc_mac_lanes(x.second, w.first, s->d);
    s->c = qcc_mac_low_high(x.second, w.second, s->c);
    x.first = *at->line[i];
    s->d = qcc_mac_low_high(x.first, w.second, s->d);
    QCC_LOAD_FENCE();
}

/* Adds line i of the window to one output. */
QCC_INLINE void qcc_one_3x3(qcc_cursor_3x3_t *at, int i, qcc_sums_3x3_t *s, const qcc_plane_3x3_t *p) {
    qcc_word_pair w = qcc_pair_at(p->taps, 2 * i);
    qcc_word_pair x = qcc_pair_at(at->line[i], 0);
    at->line[i] += 1;
    s->a = qcc_mac_lanes(x.first, w.first, i == 0 ? p->bias : s->a);
    s->a = qcc_mac_low_high(x.second, w.second, s->a);
}

/* Adds line i of the window to two outputs at stride 1. */
QCC_INLINE void qcc_two_3x3(qcc_cursor_3x3_t *at, int i, qcc_sums_3x3_t *s, const qcc_plane_3x3_t *p) {
    qcc_word_pair w = qcc_pair_at(p->taps, 2 * i);
    qcc_word_pair x = qcc_pair_at(at->line[i], 0);
    at->line[i] += 1;
    if (i == 0) {
        s->b = p->bias;
        s->a = qcc_sum_lanes(x.first, w.first, s->b);
    } else {
        s->a = qcc_mac_lanes(x.first, w.first, s->a);
    }
    s->b = qcc_mac_high_low(x.first, w.first, s->b);
    s->a = qcc_mac_low_high(x.second, w.second, s->a);
    s->b = qcc_mac_lanes(x.second, w.second, s->b);
}

/* Writes an output. */
QCC_INLINE void qcc_put_3x3(int32_t acc, int8_t *y, const qcc_plane_3x3_t *p, qcc_factor_t f, qcc_finish finish) {
    if (finish == QCC_FINISH_AFFINE) {
        *y = (int8_t)qcc_saturate(qcc_scale_affine(acc, f.m, f.addend), -128, 127);
        return;
    }
    *y = finish == QCC_FINISH_ANY ? qcc_requantize_any(acc, p->channel, p->r) : qcc_finish_sum(acc, f, finish);
}

/* y + 2 * step in one instruction; left alone, gcc keeps multiples of step, and these on the stack. */
QCC_INLINE int8_t *qcc_two_further(int8_t *y, int32_t step) {
#ifdef __ARM_FEATURE_DSP
    __asm__("add %0, %0, %1, lsl #1" : "+r"(y) : "r"(step));
    return y;
#else
    return y + 2 * step;
#endif
}

/* The outputs of all lines. x: the first word of the first window; stride: 1 or 2; both it and finish are literals. */
QCC_INLINE void qcc_run_3x3(const qcc_word_t *x, int8_t *y, const qcc_plane_3x3_t *p, int32_t stride,
                            qcc_finish finish) {
    const int32_t step = p->step;
    qcc_cursor_3x3_t at = {{x, x + p->pitch, x + 2 * p->pitch}};
    for (int32_t lines = p->lines; lines > 0; lines--) {
        qcc_sums_3x3_t s;
        const qcc_word_t *const stop = at.line[0] + (p->length >> 2) * (2 * stride);
        while (at.line[0] != stop) {
            if (stride == 1) {
                qcc_four_side_by_side(&at, 0, &s, p);
                qcc_four_side_by_side(&at, 1, &s, p);
                qcc_four_side_by_side(&at, 2, &s, p);
            } else {
                qcc_four_apart(&at, 0, &s, p);
                qcc_four_apart(&at, 1, &s, p);
                qcc_four_apart(&at, 2, &s, p);
            }
            const qcc_factor_t f = p->factor;
            qcc_put_3x3(s.a, y, p, f, finish);
            qcc_put_3x3(s.b, y + step, p, f, finish);
            y = qcc_two_further(y, step);
            qcc_put_3x3(s.c, y, p, f, finish);
            qcc_put_3x3(s.d, y + step, p, f, finish);
            y = qcc_two_further(y, step);
        }
        if (stride == 1 && p->length & 2) {
            qcc_two_3x3(&at, 0, &s, p);
            qcc_two_3x3(&at, 1, &s, p);
            qcc_two_3x3(&at, 2, &s, p);
            const qcc_factor_t f = p->factor;
            qcc_put_3x3(s.a, y, p, f, finish);
            qcc_put_3x3(s.b, y + step, p, f, finish);
            y = qcc_two_further(y, step);
        }
        QCC_UNROLL(1)
        for (int32_t n = p->length & (stride == 1 ? 1 : 3); n > 0; n--) {
            qcc_one_3x3(&at, 0, &s, p);
            qcc_one_3x3(&at, 1, &s, p);
            qcc_one_3x3(&at, 2, &s, p);
            qcc_put_3x3(s.a, y, p, p->factor, finish);
            y += step;
        }
        const int32_t skip = p->skip;
        at.line[0] += skip, at.line[1] += skip, at.line[2] += skip;
        y += p->line_skip;
    }
}

typedef void qcc_run_3x3_t(const qcc_word_t *x, int8_t *y, const qcc_plane_3x3_t *p);

#endif
