/*
 * Fully connected layer for cores with MLA but no SIMD (Cortex-M3): eight outputs at a time.
 *
 * Computes what qcc_dense computes.
 *
 * weights  packed offline as qcc_mla.h says: K = in, rows = outputs
 * bias     [round_up4(out)], the added values are not used (write 0)
 *
 * Overlap: none; every output reads all of x.
 */
#ifndef QCC_DENSE_MLA_H
#define QCC_DENSE_MLA_H

#include "qcc_dense.h"
#include "qcc_mla.h"

/* One product of four rows, whose sums are s0..s3. */
#define QCC_MLA_STEP_4X1(w, x, s0, s1, s2, s3) \
    do {                                       \
        int32_t v_ = qcc_next_byte(&w);        \
        QCC_MLA(s0, v_, x);                    \
        v_ = qcc_next_byte(&w);                \
        QCC_MLA(s1, v_, x);                    \
        v_ = qcc_next_byte(&w);                \
        QCC_MLA(s2, v_, x);                    \
        v_ = qcc_next_byte(&w);                \
        QCC_MLA(s3, v_, x);                    \
    } while (0)

/* acc[i] = bias[i] + row i . x, for eight rows of which the second four stand at `other`. */
QCC_INLINE void qcc_mla_block_8x1(const int8_t *w, const int8_t *other, const int8_t *x, int32_t n,
                                  const int32_t *bias, int32_t *acc) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = bias[4], b1 = bias[5], b2 = bias[6], b3 = bias[7];
    const int8_t *stop = x + n / 4 * 4, *end = x + n;
    while (x != stop) {
        QCC_UNROLL(4)
        for (int32_t k = 0; k < 4; k++) {
            int32_t v = qcc_next_byte(&x);
            QCC_MLA_STEP_4X1(w, v, a0, a1, a2, a3);
            QCC_MLA_STEP_4X1(other, v, b0, b1, b2, b3);
        }
    }
    while (n % 4 != 0 && x != end) {
        int32_t v = qcc_next_byte(&x);
        QCC_MLA_STEP_4X1(w, v, a0, a1, a2, a3);
        QCC_MLA_STEP_4X1(other, v, b0, b1, b2, b3);
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

/* The same for four rows. */
QCC_INLINE void qcc_mla_block_4x1(const int8_t *w, const int8_t *x, int32_t n, const int32_t *bias, int32_t *acc) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    for (const int8_t *end = x + n; x != end;) {
        int32_t v = qcc_next_byte(&x);
        QCC_MLA_STEP_4X1(w, v, a0, a1, a2, a3);
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
}

QCC_INLINE void qcc_dense_mla(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                              const qcc_dense_t *g, const qcc_requantize_t *r) {
    int32_t acc[8], o = 0;
    for (; o + 8 <= g->out; o += 8) {
        qcc_mla_block_8x1(weights + o * g->in, weights + (o + 4) * g->in, x, g->in, bias + o, acc);
        for (int32_t i = 0; i < 8; i++) {
            y[o + i] = qcc_requantize(acc[i], o + i, r);
        }
    }
    for (; o < g->out; o += 4) {
        qcc_mla_block_4x1(weights + o * g->in, x, g->in, bias + o, acc);
        for (int32_t i = 0; i < qcc_min(4, g->out - o); i++) {
            y[o + i] = qcc_requantize(acc[i], o + i, r);
        }
    }
}

#endif
