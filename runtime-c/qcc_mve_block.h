/*
 * The register-blocked inner products of the MVE kernels, and how their weights are packed.
 *
 * K = number of products per output, in the order (kh, kw, ic); K16 = K rounded up to a multiple of sixteen.
 *
 * PACKED WEIGHTS, bytes: for each block of four rows (output channels), for each sixteen products, the sixteen weights
 * of each of the four rows: product k of row r stands at (r / 4) * 4 * K16 + (k / 16) * 64 + (r % 4) * 16 + k % 16.
 * Rows that are added have zeros, and so have products. The whole array holds round_up4(rows) * K16 bytes.
 */
#ifndef QCC_MVE_BLOCK_H
#define QCC_MVE_BLOCK_H

#include "qcc_mve_requantize.h"

/* Bytes of products padded to whole vectors. */
#define QCC_MVE_PADDED(products) (((products) + 15) / 16 * 16)

/* Four rows times two pixels. */
typedef struct {
    qcc_quad first, second;
} qcc_mve_sums_t;

/*
 * Sixteen products of each of two pixels times four rows; a0..a3: sums of the first pixel, b0..b3: of the second.
 * dot: QCC_BYTES_FIRST_DOT for the first products, QCC_BYTES_DOT for the others.
 */
#define QCC_MVE_STEP_4X2(dot, one, other)                      \
    do {                                                       \
        qcc_bytes x_ = one, z_ = other, v_ = qcc_bytes_next(&w); \
        dot(a0, v_, x_); dot(b0, v_, z_);                      \
        v_ = qcc_bytes_next(&w);                               \
        dot(a1, v_, x_); dot(b1, v_, z_);                      \
        v_ = qcc_bytes_next(&w);                               \
        dot(a2, v_, x_); dot(b2, v_, z_);                      \
        v_ = qcc_bytes_next(&w);                               \
        dot(a3, v_, x_); dot(b3, v_, z_);                      \
    } while (0)

/*
 * The sums of products of the four rows at w and the pixels' `runs` runs of `run` bytes, which are `pitch` bytes apart.
 * Where there are several, run is a multiple of sixteen.
 */
QCC_INLINE qcc_mve_sums_t qcc_mve_block_4x2(const int8_t *w, const int8_t *first, const int8_t *second, int32_t runs,
                                            int32_t run, int32_t pitch) {
    register int32_t a0 QCC_EVEN_REGISTER("r0");
    register int32_t a1 QCC_EVEN_REGISTER("r2");
    register int32_t a2 QCC_EVEN_REGISTER("r4");
    register int32_t a3 QCC_EVEN_REGISTER("r6");
    register int32_t b0 QCC_EVEN_REGISTER("r8");
    register int32_t b1 QCC_EVEN_REGISTER("r10");
    register int32_t b2 QCC_EVEN_REGISTER("r12");
    register int32_t b3 QCC_EVEN_REGISTER("lr");
    int32_t whole = run / 16 * 16;
    if (whole > 0) {
        QCC_MVE_STEP_4X2(QCC_BYTES_FIRST_DOT, qcc_bytes_next(&first), qcc_bytes_next(&second));
    } else {
        QCC_MVE_STEP_4X2(QCC_BYTES_FIRST_DOT, qcc_bytes_load_first(first, run), qcc_bytes_load_first(second, run));
    }
    QCC_UNROLL(6)
    for (int32_t k = 16; k < whole; k += 16) {
        QCC_MVE_STEP_4X2(QCC_BYTES_DOT, qcc_bytes_next(&first), qcc_bytes_next(&second));
    }
    if (whole > 0 && whole < run) {
        QCC_MVE_STEP_4X2(QCC_BYTES_DOT, qcc_bytes_load_first(first, run - whole),
                         qcc_bytes_load_first(second, run - whole));
    }
    QCC_UNROLL(5)
    for (int32_t i = 1; i < runs; i++) { /* whole vectors */
        first += pitch - run, second += pitch - run;
        QCC_UNROLL(6)
        for (int32_t k = 0; k < run; k += 16) {
            QCC_MVE_STEP_4X2(QCC_BYTES_DOT, qcc_bytes_next(&first), qcc_bytes_next(&second));
        }
    }
    qcc_mve_sums_t sums = {qcc_quad_of(a0, a1, a2, a3), qcc_quad_of(b0, b1, b2, b3)};
    return sums;
}

#endif
