/*
 * Register-blocked inner products on stacked weights: half of the rows cost no instruction to widen.
 *
 * An int16 lane holds the weights of two rows (output channels), 256 * upper + lower. Its low byte widens to the
 * lower row, as in qcc_dsp_block.h; but the lane as it is serves as the weight of both rows in one sum,
 *
 *     S = sum (256 * upper + lower) * x = 256 * A + B,   B = sum lower * x,   so that   A = (S - B) / 256 exactly,
 *
 * where S and B are taken modulo 2^32. A has to fit 24 bits.
 *
 * PACKED WEIGHTS  as qcc_dsp_block.h says, where of r0, r1 (and r2, r3) the even row is the lower and the odd one the
 *                 upper; where the lower byte is negative, the upper byte is less by one
 * bias            [round_up4(out_c)]: of the lower row; of the upper row, 256 * its bias + that of the lower row,
 *                 modulo 2^32
 * Conditions      every accumulator of an odd row, with its bias, is in -2^23 .. 2^23 - 1, and its weights are -127..127
 */
#ifndef QCC_DSP_STACKED_H
#define QCC_DSP_STACKED_H

#include "qcc_dsp_gather.h"

/*
 * Two lanes of each of two pixels times the pairs of four rows; a0..a3: sums of the first pixel, b0..b3: of the second.
 * mac: qcc_mac_lanes in loops, qcc_sum_lanes in straight code.
 */
#define QCC_STACKED_4X2(mac, w, x)                \
    do {                                          \
        const qcc_word_pair x_ = x;               \
        qcc_word_pair rows_ = qcc_next_pair(&w);  \
        a1 = mac(rows_.first, x_.first, a1);      \
        b1 = mac(rows_.first, x_.second, b1);     \
        rows_.first = qcc_widen_even(rows_.first); \
        a0 = mac(rows_.first, x_.first, a0);      \
        b0 = mac(rows_.first, x_.second, b0);     \
        a3 = mac(rows_.second, x_.first, a3);     \
        b3 = mac(rows_.second, x_.second, b3);    \
        rows_.second = qcc_widen_even(rows_.second); \
        a2 = mac(rows_.second, x_.first, a2);     \
        b2 = mac(rows_.second, x_.second, b2);    \
        QCC_LOAD_FENCE();                         \
    } while (0)

/* The upper row's sum times 2^8, from the lane's and the lower row's. */
QCC_INLINE int32_t qcc_difference(int32_t both, int32_t lower) {
    return (int32_t)((uint32_t)both - (uint32_t)lower);
}

/* The upper row's sum. */
QCC_INLINE int32_t qcc_unstack(int32_t both, int32_t lower) {
    return qcc_difference(both, lower) >> 8;
}

/* A block of four channels times two pixels: the sums of a0..b3, which start from the bias. x: the patch, with its ends. */
#define QCC_STACKED_BLOCK(w, x, whole, end)                         \
    do {                                                            \
        while (x != whole) {                                        \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
        }                                                           \
        while (x != end) {                                          \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
            QCC_STACKED_4X2(qcc_mac_lanes, w, qcc_next_pair(&x));   \
        }                                                           \
    } while (0)

/* All output channels of `pixels` (1 or 2) gathered pixels. */
QCC_INLINE void qcc_stacked_pixels(const qcc_word_t *patch, int8_t *y, int32_t pixels, const qcc_dsp_layer_t *l,
                                   qcc_finish finish, int each) {
    const qcc_factors_t f = l->factors;
    const int32_t *biases = l->bias;
    const qcc_word_t *w = l->weights;
    const int32_t out_c = l->out_c;
    const qcc_word_t *const whole = patch + 4 * (l->quads & ~3), *const end = patch + 4 * l->quads;
    for (int32_t next = 0; next < out_c; next += 4) {
        int32_t o = next;
        const qcc_word_t *x = patch;
        QCC_OPAQUE(o); /* else gcc keeps a pointer for every array, and all of them on the stack */
        const int32_t *bias = biases + o;
        QCC_OPAQUE(bias);
        int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
        int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
        QCC_STACKED_BLOCK(w, x, whole, end);
        a1 = qcc_unstack(a1, a0), a3 = qcc_unstack(a3, a2), b1 = qcc_unstack(b1, b0), b3 = qcc_unstack(b3, b2);
        if (finish != QCC_FINISH_ANY && pixels == 2 && o + 4 <= out_c) {
            /* either has an array of its own, so that this one stays in registers */
            const int32_t sums[8] = {a0, a1, a2, a3, b0, b1, b2, b3};
            qcc_put_4x2(sums, y, o, out_c, &f, finish, each);
        } else {
            const int32_t sums[8] = {a0, a1, a2, a3, b0, b1, b2, b3};
            qcc_put_some(sums, y, o, out_c, pixels, &f, l->r, finish, each);
        }
    }
}

/* Where the next channel's factor is, and where the results of both pixels go. */
typedef struct {
    const int32_t *m;
    const int16_t *addends;
    const int8_t *n;
    int8_t *y0, *y1;
} qcc_stacked_cursor_t;

/*
 * The next channel's sums to bytes, by a shift or the rule AFFINE; upper: they are those of an upper row, times 2^8.
 * gcc must not see how the cursor moves: it would derive it all from one counter, and keep the rest on the stack.
 */
QCC_INLINE void qcc_finish_stacked(int32_t a, int32_t b, int upper, qcc_stacked_cursor_t *at, const qcc_factors_t *f,
                                   qcc_finish finish, int each) {
    if (finish == QCC_FINISH_AFFINE) {
        a = upper ? a : qcc_shift_left(a, QCC_AFFINE_WIDER), b = upper ? b : qcc_shift_left(b, QCC_AFFINE_WIDER);
        qcc_finish_affine(a, b, &at->y0, &at->y1, &at->m, &at->addends);
        return;
    }
    const int32_t least = finish == QCC_FINISH_SHIFT ? -128 : 0, n = (each ? *at->n++ : f->all.n) + (upper ? 8 : 0);
    *at->y0++ = (int8_t)qcc_saturate(qcc_shift_right(a, n), least, 127);
    *at->y1++ = (int8_t)qcc_saturate(qcc_shift_right(b, n), least, 127);
    QCC_OPAQUE(at->n);
    QCC_OPAQUE(at->y0);
    QCC_OPAQUE(at->y1);
}

/* The same by a shift or the rule AFFINE. */
QCC_INLINE void qcc_stacked_blocks(const qcc_word_t *patch, int8_t *y, int32_t pixels, const qcc_dsp_layer_t *l,
                                   qcc_finish finish, int each) {
    const qcc_factors_t f = l->factors;
    const qcc_word_t *const whole = patch + 4 * (l->quads & ~3), *const end = patch + 4 * l->quads;
    const qcc_word_t *w = l->weights, *bias = (const qcc_word_t *)(const void *)l->bias;
    const int32_t rest = l->out_c & 3, first = l->out_c - rest;
    int8_t *const second = pixels == 2 ? y + l->out_c : y; /* a single pixel is computed twice */
    int8_t bytes[8], shifts[4] = {0, 0, 0, 0}, *stop = y + first;
    qcc_stacked_cursor_t at = {f.m, f.addends, f.n, y, second};
    for (;;) {
        if (at.y0 == stop) { /* the last block has results of its own, and shifts only as many as there are */
            if (rest == 0 || stop != y + first) {
                break;
            }
            at.y0 = bytes, at.y1 = bytes + 4, stop = bytes + 4;
            if (finish != QCC_FINISH_AFFINE && each) {
                qcc_copy(shifts, at.n, rest);
                at.n = shifts;
            }
        }
        const qcc_word_t *x = patch;
        qcc_word_pair lower = qcc_next_pair(&bias), upper = qcc_next_pair(&bias);
        int32_t a0 = (int32_t)lower.first, a1 = (int32_t)lower.second;
        int32_t a2 = (int32_t)upper.first, a3 = (int32_t)upper.second;
        int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
        QCC_STACKED_BLOCK(w, x, whole, end);
        qcc_finish_stacked(a0, b0, 0, &at, &f, finish, each);
        qcc_finish_stacked(qcc_difference(a1, a0), qcc_difference(b1, b0), 1, &at, &f, finish, each);
        qcc_finish_stacked(a2, b2, 0, &at, &f, finish, each);
        qcc_finish_stacked(qcc_difference(a3, a2), qcc_difference(b3, b2), 1, &at, &f, finish, each);
    }
    qcc_copy(second + first, bytes + 4, rest);
    qcc_copy(y + first, bytes, rest);
}

/* qcc_stacked_pixels as shared functions, of which a firmware holds those that it calls. */
#define QCC_STACKED_PIXELS(name, finish, each)                                                                    \
    QCC_SIMD_LOOP void qcc_stacked_##name(const qcc_word_t *patch, int8_t *y, int32_t pixels,                     \
                                          const qcc_dsp_layer_t *l) {                                            \
        if (finish == QCC_FINISH_AFFINE || finish < QCC_FINISH_TFLITE) {                                          \
            qcc_stacked_blocks(patch, y, pixels, l, finish, each);                                                \
        } else {                                                                                                  \
            qcc_stacked_pixels(patch, y, pixels, l, finish, each);                                                \
        }                                                                                                         \
    }                                                                                                             \
    QCC_SINGLE void qcc_stacked_points_##name(const int8_t *x, int8_t *y, qcc_word_t *words, int32_t in_c,         \
                                              int32_t n, const qcc_dsp_layer_t *l) {                              \
        qcc_gather_pointwise(x, y, words, in_c, n, l, qcc_stacked_##name);                                        \
    }
QCC_EACH_FINISH(QCC_STACKED_PIXELS)

/* The one for a layer's rule; a literal where the rule is. */
QCC_INLINE qcc_pixels_t *qcc_stacked_pixels_for(const qcc_requantize_t *r) {
    QCC_RETURN_FINISH(qcc_stacked, r);
}

/* Likewise the one for all pixels of a pointwise convolution; x, y and words as qcc_gather_pointwise. */
typedef void qcc_points_t(const int8_t *x, int8_t *y, qcc_word_t *words, int32_t in_c, int32_t n, const qcc_dsp_layer_t *l);

QCC_INLINE qcc_points_t *qcc_stacked_points_for(const qcc_requantize_t *r) {
    QCC_RETURN_FINISH(qcc_stacked_points, r);
}

#endif
