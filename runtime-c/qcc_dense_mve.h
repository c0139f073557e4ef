/*
 * Fully connected layer for cores with MVE: four outputs at a time, sixteen products in a vector.
 *
 * Computes what qcc_dense computes.
 *
 * weights  packed offline as qcc_mve_block.h says: K = in, rows = outputs
 * bias     [round_up4(out)], the added values are not used (write 0)
 *
 * Overlap: none; every output reads all of x.
 */
#ifndef QCC_DENSE_MVE_H
#define QCC_DENSE_MVE_H

#include "qcc_dense.h"
#include "qcc_mve_block.h"

/* Sixteen products of four rows. */
#define QCC_MVE_STEP_4X1(one)                          \
    do {                                               \
        qcc_bytes x_ = one;                            \
        a0 = qcc_bytes_dot(a0, qcc_bytes_next(&w), x_); \
        a1 = qcc_bytes_dot(a1, qcc_bytes_next(&w), x_); \
        a2 = qcc_bytes_dot(a2, qcc_bytes_next(&w), x_); \
        a3 = qcc_bytes_dot(a3, qcc_bytes_next(&w), x_); \
    } while (0)

QCC_INLINE void qcc_dense_mve(const int8_t *x, int8_t *y, const int8_t *w, const int32_t *bias,
                              const qcc_dense_t *g, const qcc_requantize_t *r) {
    for (int32_t o = 0; o < g->out; o += 4) {
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
        const int8_t *in = x;
        QCC_UNROLL(8)
        for (int32_t k = g->in / 16; k > 0; k--) {
            QCC_MVE_STEP_4X1(qcc_bytes_next(&in));
        }
        if (g->in % 16 != 0) {
            QCC_MVE_STEP_4X1(qcc_bytes_load_first(in, g->in % 16));
        }
        int32_t n = g->out % 4 == 0 ? 4 : qcc_min(4, g->out - o);
        qcc_quad acc = qcc_quad_add(qcc_quad_of(a0, a1, a2, a3), qcc_quad_load(bias + o));
        qcc_quad_store_first(y + o, qcc_quad_requantize(acc, qcc_scale_of_channels(o, n, r), r), n);
    }
}

#endif
