/*
 * Fully connected layer for cores with the Arm DSP extension, on stacked weights: eight outputs at a time, which share
 * each input as it is widened.
 *
 * Computes what qcc_dense computes, where the conditions of qcc_dsp_stacked.h hold.
 *
 * x [in], y [out]; x is read in whole words, up to three bytes behind its end, whose values do not matter
 * bias     as qcc_dsp_stacked.h says
 * weights  the rows in blocks of eight, and of four where no more than four are left; stacked as qcc_dsp_stacked.h says.
 *          In a block of n rows, for each quad q of inputs, 4 * n bytes: for each two rows r0, r1 of the block
 *          r0[4q] r1[4q] r0[4q+2] r1[4q+2], and then for each two rows r0[4q+1] r1[4q+1] r0[4q+3] r1[4q+3]
 *
 * Overlap: none.
 */
#ifndef QCC_DENSE_STACKED_DSP_H
#define QCC_DENSE_STACKED_DSP_H

#include "qcc_dense.h"
#include "qcc_dsp_stacked.h"

/* Two inputs times the pairs of four rows. */
#define QCC_STACKED_4(w, x, s0, s1, s2, s3)         \
    do {                                            \
        qcc_word_pair rows_ = qcc_next_pair(&w);    \
        s1 = qcc_mac_lanes(rows_.first, x, s1);     \
        rows_.first = qcc_widen_even(rows_.first);  \
        s0 = qcc_mac_lanes(rows_.first, x, s0);     \
        s3 = qcc_mac_lanes(rows_.second, x, s3);    \
        rows_.second = qcc_widen_even(rows_.second); \
        s2 = qcc_mac_lanes(rows_.second, x, s2);    \
        QCC_LOAD_FENCE();                           \
    } while (0)

#define QCC_STACKED_QUAD_8(w, x)                   \
    do {                                           \
        const uint32_t bytes_ = qcc_next_word(&x); \
        uint32_t two_ = qcc_widen_even(bytes_);    \
        QCC_STACKED_4(w, two_, a0, a1, a2, a3);    \
        QCC_STACKED_4(w, two_, b0, b1, b2, b3);    \
        two_ = qcc_widen_odd(bytes_);              \
        QCC_STACKED_4(w, two_, a0, a1, a2, a3);    \
        QCC_STACKED_4(w, two_, b0, b1, b2, b3);    \
    } while (0)

#define QCC_STACKED_QUAD_4(w, x)                   \
    do {                                           \
        const uint32_t bytes_ = qcc_next_word(&x); \
        uint32_t two_ = qcc_widen_even(bytes_);    \
        QCC_STACKED_4(w, two_, a0, a1, a2, a3);    \
        two_ = qcc_widen_odd(bytes_);              \
        QCC_STACKED_4(w, two_, a0, a1, a2, a3);    \
    } while (0)

/* The sums of eight rows with their biases, not stacked any more. */
QCC_SINGLE QCC_SIMD void qcc_stacked_8x1(const qcc_word_t *w, const qcc_word_t *x, int32_t quads, const int32_t *bias,
                                   int32_t *sums) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = bias[4], b1 = bias[5], b2 = bias[6], b3 = bias[7];
    for (const qcc_word_t *stop = w + (quads & ~3) * 8; w != stop;) {
        QCC_STACKED_QUAD_8(w, x);
        QCC_STACKED_QUAD_8(w, x);
        QCC_STACKED_QUAD_8(w, x);
        QCC_STACKED_QUAD_8(w, x);
    }
    for (const qcc_word_t *stop = w + (quads & 3) * 8; w != stop;) {
        QCC_STACKED_QUAD_8(w, x);
    }
    sums[0] = a0, sums[1] = qcc_unstack(a1, a0), sums[2] = a2, sums[3] = qcc_unstack(a3, a2);
    sums[4] = b0, sums[5] = qcc_unstack(b1, b0), sums[6] = b2, sums[7] = qcc_unstack(b3, b2);
}

/* The same for four rows. */
QCC_SINGLE QCC_SIMD void qcc_stacked_4x1(const qcc_word_t *w, const qcc_word_t *x, int32_t quads, const int32_t *bias,
                                   int32_t *sums) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    for (const qcc_word_t *stop = w + quads * 4; w != stop;) {
        QCC_STACKED_QUAD_4(w, x);
    }
    sums[0] = a0, sums[1] = qcc_unstack(a1, a0), sums[2] = a2, sums[3] = qcc_unstack(a3, a2);
}

/* All outputs. */
QCC_INLINE void qcc_stacked_rows(const qcc_word_t *x, int8_t *y, const qcc_dsp_layer_t *l, qcc_finish finish,
                                 int each) {
    const qcc_word_t *w = l->weights;
    for (int32_t o = 0; o < l->out_c;) {
        int32_t sums[8];
        const int32_t left = l->out_c - o, rows = left > 4 ? 8 : 4;
        if (rows == 8) {
            qcc_stacked_8x1(w, x, l->quads, l->bias + o, sums);
        } else {
            qcc_stacked_4x1(w, x, l->quads, l->bias + o, sums);
        }
        w += l->quads * rows;
        QCC_UNROLL(1)
        for (int32_t i = 0; i < qcc_min(rows, left); i++, o++) {
            const qcc_factor_t f = qcc_factor_at(l->factors.m, l->factors.n, o, &l->factors, finish, each);
            y[o] = finish == QCC_FINISH_ANY ? qcc_requantize_any(sums[i], o, l->r) : qcc_finish_sum(sums[i], f, finish);
        }
    }
}

/* qcc_stacked_rows as shared functions, of which a firmware holds those that it calls. */
typedef void qcc_rows_t(const qcc_word_t *x, int8_t *y, const qcc_dsp_layer_t *l);

#define QCC_STACKED_ROWS(name, finish, each)                                                                      \
    QCC_SINGLE void qcc_dense_##name(const qcc_word_t *x, int8_t *y, const qcc_dsp_layer_t *l) {                  \
        qcc_stacked_rows(x, y, l, finish, each);                                                                  \
    }
QCC_EACH_FINISH(QCC_STACKED_ROWS)

/* The one for a layer's rule; a literal where the rule is. */
QCC_INLINE qcc_rows_t *qcc_stacked_rows_for(const qcc_requantize_t *r) {
    QCC_RETURN_FINISH(qcc_dense, r);
}

QCC_INLINE void qcc_dense_stacked_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                      const qcc_dense_t *g, const qcc_requantize_t *r) {
    const qcc_conv2d_t pixel = {.in_h = 1, .in_w = 1, .in_c = g->in, .out_h = 1, .out_w = 1, .out_c = g->out,
                                .kernel_h = 1, .kernel_w = 1};
    qcc_dsp_layer_t layer;
    qcc_set_layer(&layer, weights, bias, &pixel, r, qcc_finish_of(r));
    qcc_stacked_rows_for(r)((const qcc_word_t *)(const void *)x, y, &layer);
}

#endif
