/*
 * Fully connected layer for cores with neither SIMD nor multiply-and-add (Cortex-M0, M0+, M23): eight outputs at a time.
 *
 * Computes what qcc_dense computes. The core loads bytes cheaply only without sign, so weights are stored as
 * u = w + 128, and the sum of w * x is that of u * x less 128 times the sum of x, which is the same for all outputs.
 *
 * weights  packed offline: for each eight rows (outputs), for each product, u of the eight rows; product k of row r
 *          stands at (r / 8) * 8 * K8 + 8 * k + r % 8. K8: in, rounded up to a multiple of eight. Rows and products that
 *          are added have the weight 0.
 * bias     [round_up4(out)], the added values are not used (write 0)
 * scratch  QCC_DENSE_UNSIGNED_SCRATCH(in) = 4 * K8 bytes, disjoint from everything else
 *
 * Overlap: any. x is widened into scratch before the first output is written.
 */
#ifndef QCC_DENSE_UNSIGNED_H
#define QCC_DENSE_UNSIGNED_H

#include "qcc_dense.h"
#include "qcc_swar.h"

#define QCC_DENSE_UNSIGNED_PADDED(in) (((in) + 7) / 8 * 8)
#define QCC_DENSE_UNSIGNED_SCRATCH(in) (4 * QCC_DENSE_UNSIGNED_PADDED(in))

/* One product of eight rows; x: the register that holds the activation, place: of the weights, a literal 0..24. */
#define QCC_UNSIGNED_STEP(x, place)                                  \
    "ldrb r4, [r0, #" place "]\n\tmuls r4, " x "\n\tadds r5, r4\n\t"   \
    "ldrb r4, [r0, #" place "+1]\n\tmuls r4, " x "\n\tadds r6, r4\n\t" \
    "ldrb r4, [r0, #" place "+2]\n\tmuls r4, " x "\n\tadds r7, r4\n\t" \
    "ldrb r4, [r0, #" place "+3]\n\tmuls r4, " x "\n\tadd r8, r4\n\t"  \
    "ldrb r4, [r0, #" place "+4]\n\tmuls r4, " x "\n\tadd r9, r4\n\t"  \
    "ldrb r4, [r0, #" place "+5]\n\tmuls r4, " x "\n\tadd r10, r4\n\t" \
    "ldrb r4, [r0, #" place "+6]\n\tmuls r4, " x "\n\tadd r11, r4\n\t" \
    "ldrb r4, [r0, #" place "+7]\n\tmuls r4, " x "\n\tadd r12, r4\n\t"

/* Four products of eight rows. */
#define QCC_UNSIGNED_STEPS                                                            \
    "ldmia r1!, {r2, r3}\n\t" QCC_UNSIGNED_STEP("r2", "0") QCC_UNSIGNED_STEP("r3", "8")   \
    "ldmia r1!, {r2, r3}\n\t" QCC_UNSIGNED_STEP("r2", "16") QCC_UNSIGNED_STEP("r3", "24") \
    "adds r0, #32\n\t"

/* acc[i] += row i . x over n products, a multiple of eight, for the eight rows at w. */
QCC_SHORT_LOOP void qcc_unsigned_block(const uint8_t *w, const qcc_word_t *x, int32_t n, uint32_t *acc) {
#if QCC_SHORT_ASSEMBLY
    register const uint8_t *w_ __asm__("r0") = w;
    register const qcc_word_t *x_ __asm__("r1") = x;
    register const qcc_word_t *stop __asm__("lr") = x + n;
    register uint32_t a0 __asm__("r5") = acc[0], a1 __asm__("r6") = acc[1], a2 __asm__("r7") = acc[2];
    register uint32_t a3 __asm__("r8") = acc[3], a4 __asm__("r9") = acc[4], a5 __asm__("r10") = acc[5];
    register uint32_t a6 __asm__("r11") = acc[6], a7 __asm__("r12") = acc[7];
    __asm__ volatile(QCC_SWAR_BEGIN
                     QCC_UNSIGNED_STEPS QCC_UNSIGNED_STEPS
                     "cmp r1, lr\n\t"
                     "beq 2f\n\t" /* 1 is too far for a conditional branch */
                     "b 1b\n"
                     "2:\n\t" QCC_SWAR_END
                     : "+r"(w_), "+r"(x_), "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a6),
                       "+r"(a7)
                     : "r"(stop)
                     : "r2", "r3", "r4", "cc", "memory");
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3, acc[4] = a4, acc[5] = a5, acc[6] = a6, acc[7] = a7;
#else
    for (int32_t k = 0; k < n; k++) {
        for (int32_t i = 0; i < 8; i++) {
            acc[i] += w[8 * k + i] * x[k];
        }
    }
#endif
}

/* Writes x as words, padded with zeros, and returns its sum. */
QCC_INLINE int32_t qcc_unsigned_widen(qcc_word_t *words, const int8_t *x, int32_t n) {
    int32_t sum = 0;
    QCC_UNROLL(4)
    for (int32_t k = 0; k < n; k++) {
        int32_t v = x[k];
        words[k] = (uint32_t)v;
        sum += v;
    }
    for (int32_t k = n; k < QCC_DENSE_UNSIGNED_PADDED(n); k++) {
        words[k] = 0;
    }
    return sum;
}

QCC_INLINE void qcc_dense_unsigned(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                   void *scratch, const qcc_dense_t *g, const qcc_requantize_t *r) {
    int32_t padded = QCC_DENSE_UNSIGNED_PADDED(g->in);
    qcc_word_t *words = scratch;
    int32_t shared = -128 * qcc_unsigned_widen(words, x, g->in);
    const uint8_t *w = (const uint8_t *)weights;
    for (int32_t o = 0; o < g->out; o += 8, w += 8 * padded) {
        int32_t rows = g->out % 8 == 0 ? 8 : qcc_min(8, g->out - o);
        uint32_t acc[8];
        for (int32_t i = 0; i < 8; i++) {
            acc[i] = (uint32_t)(i < rows ? bias[o + i] : 0) + (uint32_t)shared;
        }
        qcc_unsigned_block(w, words, padded, acc);
        for (int32_t i = 0; i < rows; i++) {
            y[o + i] = qcc_requantize((int32_t)acc[i], o + i, r);
        }
    }
}

#endif
