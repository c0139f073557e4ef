/*
 * Fully connected layer for cores with neither SIMD nor multiply-and-add (Cortex-M0, M0+, M23): eight outputs at a time.
 *
 * Computes what qcc_dense computes. The core loads bytes cheaply only without sign, so weights are stored as
 * u = w + 128, and the sum of w * x is that of u * x less 128 times the sum of x, which is the same for all outputs.
 *
 * weights  packed offline: for each eight rows (outputs), for each product, u of the eight rows; product k of row r
 *          stands at (r / 8) * 8 * K8 + 8 * k + r % 8. K8: in, rounded up to a multiple of eight. Rows and products that
 *          are added have the weight 0.
 * bias     [out, rounded up to a multiple of eight], the added values are not used (write 0)
 * scratch  QCC_DENSE_UNSIGNED_SCRATCH(in) = 4 * K8 + 24 bytes, disjoint from everything else
 *
 * Overlap: any. x is widened into scratch before the first output is written.
 */
#ifndef QCC_DENSE_UNSIGNED_H
#define QCC_DENSE_UNSIGNED_H

#include "qcc_dense.h"
#include "qcc_short_parts.h"
#include "qcc_swar.h"

/* Outputs whose sums are kept at once, and bytes of the code of eight products. */
enum { QCC_DENSE_UNSIGNED_ROWS = 64, QCC_UNSIGNED_ENTRY = 396 };

#define QCC_DENSE_UNSIGNED_PADDED(in) (((in) + 7) / 8 * 8)
#define QCC_DENSE_UNSIGNED_SCRATCH(in) (4 * QCC_DENSE_UNSIGNED_PADDED(in) + 24)

/* One product of eight rows; x: the register that holds the activation, place: of the weights, a literal 0..24. */
#define QCC_UNSIGNED_STEP(x, place)                                    \
    "ldrb r4, [r0, #" place "]\n\tmuls r4, " x "\n\tadd r8, r4\n\t"    \
    "ldrb r4, [r0, #" place "+1]\n\tmuls r4, " x "\n\tadds r5, r4\n\t" \
    "ldrb r4, [r0, #" place "+2]\n\tmuls r4, " x "\n\tadds r6, r4\n\t" \
    "ldrb r4, [r0, #" place "+3]\n\tmuls r4, " x "\n\tadds r7, r4\n\t" \
    "ldrb r4, [r0, #" place "+4]\n\tmuls r4, " x "\n\tadd r9, r4\n\t"  \
    "ldrb r4, [r0, #" place "+5]\n\tmuls r4, " x "\n\tadd r10, r4\n\t" \
    "ldrb r4, [r0, #" place "+6]\n\tmuls r4, " x "\n\tadd r11, r4\n\t" \
    "ldrb r4, [r0, #" place "+7]\n\tmuls r4, " x "\n\tadd r12, r4\n\t"

/* Eight products of eight rows, in 396 bytes of code. */
#define QCC_UNSIGNED_STEPS                                                            \
    "ldmia r1!, {r2, r3}\n\t" QCC_UNSIGNED_STEP("r2", "0") QCC_UNSIGNED_STEP("r3", "8")   \
    "ldmia r1!, {r2, r3}\n\t" QCC_UNSIGNED_STEP("r2", "16") QCC_UNSIGNED_STEP("r3", "24") \
    "adds r0, #32\n\t"                                                                    \
    "ldmia r1!, {r2, r3}\n\t" QCC_UNSIGNED_STEP("r2", "0") QCC_UNSIGNED_STEP("r3", "8")   \
    "ldmia r1!, {r2, r3}\n\t" QCC_UNSIGNED_STEP("r2", "16") QCC_UNSIGNED_STEP("r3", "24") \
    "adds r0, #32\n\t"

/* What the loop over rows keeps in memory, behind the words of x; in this order. */
typedef struct {
    const qcc_word_t *x;
    int32_t entry;  /* bytes of code that the first turn leaves out */
    int32_t shared; /* what all sums begin with, besides the bias */
    const int32_t *bias;
    int32_t *acc, *end;
} qcc_unsigned_state_t;

/* acc = the bias and `shared` and the sums over n products, a multiple of eight, for the rows at w, another one. */
QCC_SHORT_LOOP void qcc_unsigned_rows(const uint8_t *w, const qcc_word_t *x, int32_t n, const qcc_unsigned_state_t *of) {
#if QCC_SHORT_ASSEMBLY
    register const uint8_t *w_ __asm__("r0") = w;
    register qcc_unsigned_state_t *state __asm__("lr") = (qcc_unsigned_state_t *)(intptr_t)(x + n);
    *state = *of;
    __asm__ volatile(QCC_SWAR_BEGIN
                     "mov r4, lr\n\t"
                     "ldr r2, [r4, #8]\n\t"
                     "ldr r1, [r4, #12]\n\t"
                     "ldmia r1!, {r3, r5, r6, r7}\n\t"
                     "adds r3, r3, r2\n\tmov r8, r3\n\tadds r5, r5, r2\n\tadds r6, r6, r2\n\tadds r7, r7, r2\n\t"
                     "ldmia r1!, {r3}\n\tadds r3, r3, r2\n\tmov r9, r3\n\t"
                     "ldmia r1!, {r3}\n\tadds r3, r3, r2\n\tmov r10, r3\n\t"
                     "ldmia r1!, {r3}\n\tadds r3, r3, r2\n\tmov r11, r3\n\t"
                     "ldmia r1!, {r3}\n\tadds r3, r3, r2\n\tmov r12, r3\n\t"
                     "str r1, [r4, #12]\n\t"
                     "ldmia r4!, {r1, r2}\n\t"
                     "add pc, r2\n\t"
                     "nop\n" /* the program counter is two instructions ahead */
                     "2:\n\t"
                     QCC_UNSIGNED_STEPS QCC_UNSIGNED_STEPS
                     "cmp r1, lr\n\t"
                     "beq 3f\n\t" /* 2 is too far for a conditional branch */
                     "b 2b\n"
                     "3:\n\t"
                     "ldr r4, [r1, #16]\n\t"
                     "mov r2, r8\n\tstmia r4!, {r2, r5, r6, r7}\n\t"
                     "mov r2, r9\n\tmov r3, r10\n\tstmia r4!, {r2, r3}\n\t"
                     "mov r2, r11\n\tmov r3, r12\n\tstmia r4!, {r2, r3}\n\t"
                     "str r4, [r1, #16]\n\t"
                     "ldr r2, [r1, #20]\n\t"
                     "cmp r4, r2\n\t"
                     "beq 4f\n\t"
                     "b 1b\n"
                     "4:\n\t" QCC_SWAR_END
                     : "+r"(w_) : "r"(state)
                     : "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
#else
    for (int32_t row = 0; of->acc + row != of->end; row++) {
        const uint8_t *of_row = w + row / 8 * 8 * n + row % 8;
        int32_t acc = of->bias[row] + of->shared;
        for (int32_t k = 0; k < n; k++) {
            acc += of_row[8 * k] * (int32_t)x[k];
        }
        of->acc[row] = acc;
    }
#endif
}

/* The four bytes of a word in a register above r5. */
#define QCC_UNSIGNED_WORDS(word)                                                                        \
    "sxtb r3, " word "\n\tlsls r4, " word ", #16\n\tlsls r5, " word ", #8\n\t"                         \
    "asrs r4, r4, #24\n\tasrs r5, r5, #24\n\tasrs " word ", " word ", #24\n\t"                          \
    "stmia r1!, {r3, r4, r5, " word "}\n\t"                                                             \
    "adds r3, r3, r4\n\tadds r5, r5, " word "\n\tadds r2, r2, r3\n\tadds r2, r2, r5\n\t"

/* Writes n bytes, a multiple of eight, as words, and returns their sum. */
QCC_SHORT_LOOP int32_t qcc_unsigned_words(const qcc_word_t *x, qcc_word_t *words, int32_t n) {
    int32_t sum = 0;
#if QCC_SHORT_ASSEMBLY
    register const qcc_word_t *x_ __asm__("r0") = x;
    register qcc_word_t *words_ __asm__("r1") = words;
    register int32_t sum_ __asm__("r2") = sum;
    register const qcc_word_t *stop __asm__("r12") = words + n;
    __asm__ volatile(QCC_SWAR_BEGIN
                     "ldmia r0!, {r6, r7}\n\t" QCC_UNSIGNED_WORDS("r6") QCC_UNSIGNED_WORDS("r7")
                     "cmp r1, r12\n\t"
                     "bne 1b\n\t" QCC_SWAR_END
                     : "+r"(x_), "+r"(words_), "+r"(sum_) : "r"(stop) : "r3", "r4", "r5", "r6", "r7", "cc", "memory");
    sum = sum_;
#else
    for (int32_t k = 0; k < n; k++) {
        int32_t v = (int8_t)(x[k / 4] >> (k % 4 * 8));
        words[k] = (uint32_t)v;
        sum += v;
    }
#endif
    return sum;
}

/* Writes x as words, padded with zeros, and returns its sum. */
QCC_INLINE int32_t qcc_unsigned_widen(qcc_word_t *words, const int8_t *x, int32_t n) {
    int32_t sum = n < 8 ? 0 : qcc_unsigned_words((const qcc_word_t *)(const void *)x, words, n / 8 * 8);
    for (int32_t k = n / 8 * 8; k < QCC_DENSE_UNSIGNED_PADDED(n); k++) {
        int32_t v = k < n ? x[k] : 0;
        words[k] = (uint32_t)v;
        sum += v;
    }
    return sum;
}

QCC_INLINE void qcc_dense_unsigned(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                   void *scratch, const qcc_dense_t *g, const qcc_requantize_t *r) {
    int32_t padded = QCC_DENSE_UNSIGNED_PADDED(g->in);
    qcc_word_t *words = scratch;
    int32_t shared = -128 * qcc_unsigned_widen(words, x, g->in);
    const uint8_t *w = (const uint8_t *)weights;
    for (int32_t o = 0; o < g->out; o += QCC_DENSE_UNSIGNED_ROWS) {
        int32_t rows = g->out % QCC_DENSE_UNSIGNED_ROWS == 0 ? QCC_DENSE_UNSIGNED_ROWS
                                                             : qcc_min(QCC_DENSE_UNSIGNED_ROWS, g->out - o);
        int32_t acc[QCC_DENSE_UNSIGNED_ROWS];
        const qcc_unsigned_state_t sums = {words, padded % 16 == 0 ? 0 : QCC_UNSIGNED_ENTRY, shared, bias + o, acc,
                                           acc + (rows + 7) / 8 * 8};
        qcc_unsigned_rows(w + o * padded, words, padded, &sums);
        const qcc_parts_t outputs = {acc, y + o, rows, 1, 1, 1};
        qcc_requantize_all(acc, &outputs, o, r);
    }
}

#endif
