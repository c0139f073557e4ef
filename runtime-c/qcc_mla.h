/*
 * Register-blocked inner products for cores that multiply and add in one instruction but have no SIMD (Cortex-M3), and
 * how their weights are packed.
 *
 * PACKED WEIGHTS, bytes: for each block of four rows (output channels), for each product, the weights of the four rows:
 * product k of row r stands at (r / 4) * 4 * K + 4 * k + r % 4. Rows that are added have zeros: round_up4(rows) * K
 * bytes.
 */
#ifndef QCC_MLA_H
#define QCC_MLA_H

#include "qcc_requantize.h"

#if defined(__arm__) && defined(__thumb2__)

/* Reads a byte and moves the pointer behind it; stays where it is written, so that registers suffice. */
QCC_INLINE int32_t qcc_next_byte(const int8_t **p) {
    int32_t byte;
    __asm__ volatile("ldrsb %0, [%1], #1" : "=r"(byte), "+r"(*p) : : "memory");
    return byte;
}

/* acc += a * b; stays where it is written. */
#define QCC_MLA(acc, a, b) __asm__ volatile("mla %0, %1, %2, %0" : "+r"(acc) : "r"(a), "r"(b))

#else

QCC_INLINE int32_t qcc_next_byte(const int8_t **p) {
    return *(*p)++;
}

#define QCC_MLA(acc, a, b) ((void)((acc) += (a) * (b)))

#endif

/* One product of each of two pixels times four rows; a0..a3: sums of the first pixel, b0..b3: of the second. */
#define QCC_MLA_STEP_4X2(w, first, second)   \
    do {                                     \
        int32_t x_ = qcc_next_byte(&first);  \
        int32_t z_ = qcc_next_byte(&second); \
        int32_t v_ = qcc_next_byte(&w);      \
        QCC_MLA(a0, v_, x_);                 \
        QCC_MLA(b0, v_, z_);                 \
        v_ = qcc_next_byte(&w);              \
        QCC_MLA(a1, v_, x_);                 \
        QCC_MLA(b1, v_, z_);                 \
        v_ = qcc_next_byte(&w);              \
        QCC_MLA(a2, v_, x_);                 \
        QCC_MLA(b2, v_, z_);                 \
        v_ = qcc_next_byte(&w);              \
        QCC_MLA(a3, v_, x_);                 \
        QCC_MLA(b3, v_, z_);                 \
    } while (0)

/*
 * acc[i] = bias[i] + row i . first, acc[4 + i] = bias[i] + row i . second, for the four rows at w and the pixels' `runs`
 * runs of `run` bytes, which are `pitch` bytes apart.
 */
QCC_INLINE void qcc_mla_block_4x2(const int8_t *w, const int8_t *first, const int8_t *second, int32_t runs, int32_t run,
                                  int32_t pitch, const int32_t *bias, int32_t *acc) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
    for (int32_t i = 0; i < runs; i++, first += pitch - run, second += pitch - run) {
        for (const int8_t *stop = first + run / 8 * 8; first != stop;) {
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
            QCC_MLA_STEP_4X2(w, first, second);
        }
        QCC_UNROLL(7)
        for (int32_t k = 0; k < run % 8; k++) {
            QCC_MLA_STEP_4X2(w, first, second);
        }
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

/* The same by a call: where there are many products, a function of its own that keeps all sums in registers is faster. */
QCC_SHARED void qcc_mla_long_block_4x2(const int8_t *w, const int8_t *first, const int8_t *second, int32_t runs,
                                       int32_t run, int32_t pitch, const int32_t *bias, int32_t *acc) {
    qcc_mla_block_4x2(w, first, second, runs, run, pitch, bias, acc);
}

enum { QCC_MLA_SHORT_PRODUCTS = 32 }; /* at most so many are straight code of the caller */

#endif
