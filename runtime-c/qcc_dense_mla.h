/*
 * Fully connected layer for cores with MLA but no SIMD (Cortex-M3): eight outputs at a time.
 *
 * Computes what qcc_dense computes.
 *
 * weights  packed offline: for each eight rows (outputs), for each product, the weights of the eight rows; product k of
 *          row r stands at (r / 8) * 8 * in + 8 * k + r % 8. Rows that are added have zeros.
 * bias     as qcc_dense
 *
 * Overlap: none; every output reads all of x.
 */
#ifndef QCC_DENSE_MLA_H
#define QCC_DENSE_MLA_H

#include "qcc_dense.h"
#include "qcc_mla.h"

/* One product of eight rows. */
#define QCC_MLA_STEP_8X1(w, x)         \
    do {                               \
        int32_t x_ = qcc_next_byte(&x); \
        int32_t v_ = qcc_next_byte(&w); \
        QCC_MLA(a0, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a1, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a2, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a3, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a4, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a5, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a6, v_, x_);           \
        v_ = qcc_next_byte(&w);        \
        QCC_MLA(a7, v_, x_);           \
    } while (0)

/* acc[i] += row i . x over n products, for the eight rows at w. */
QCC_SHARED void qcc_mla_block_8x1(const int8_t *w, const int8_t *x, int32_t n, int32_t *acc) {
    int32_t a0 = acc[0], a1 = acc[1], a2 = acc[2], a3 = acc[3], a4 = acc[4], a5 = acc[5], a6 = acc[6], a7 = acc[7];
    for (const int8_t *stop = x + n / 4 * 4; x != stop;) {
        QCC_MLA_STEP_8X1(w, x);
        QCC_MLA_STEP_8X1(w, x);
        QCC_MLA_STEP_8X1(w, x);
        QCC_MLA_STEP_8X1(w, x);
    }
    for (const int8_t *stop = x + n % 4; x != stop;) {
        QCC_MLA_STEP_8X1(w, x);
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3, acc[4] = a4, acc[5] = a5, acc[6] = a6, acc[7] = a7;
}

QCC_INLINE void qcc_dense_mla(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                              const qcc_dense_t *g, const qcc_requantize_t *r) {
    for (int32_t o = 0; o < g->out; o += 8, weights += 8 * g->in) {
        int32_t rows = g->out % 8 == 0 ? 8 : qcc_min(8, g->out - o);
        int32_t acc[8];
        for (int32_t i = 0; i < 8; i++) {
            acc[i] = i < rows ? bias[o + i] : 0;
        }
        qcc_mla_block_8x1(weights, x, g->in, acc);
        for (int32_t i = 0; i < rows; i++) {
            y[o + i] = qcc_requantize(acc[i], o + i, r);
        }
    }
}

#endif
