/*
 * Two products in one multiplication, for cores with neither SIMD nor long multiplication (Cortex-M0, M0+, M23): the
 * register-blocked inner products, and how their weights are packed.
 *
 * A word A holds the activations x, z of two pixels as x + z * 2^16. Then w * A holds w * x and w * z in the same way,
 * and so does the sum of two such products. For int8 values it lies in -32512..32768: with 0x7FFF added it fits an
 * unsigned half of a word, with 256 subtracted a signed one. So the upper half of the sum is that of the second pixel
 * alone. Sums of more products do not fit: after every two, the upper half is added up by itself. With H these, and S
 * the sum of whole words modulo 2^32, the first pixel's sum is S - H * 2^16, but for what was added.
 *
 * The core loads bytes cheaply only without sign. Weights are stored as u = w + 128, and a word C corrects two
 * products at once, for all rows: w * A + v * B = u * A + t * B - 128 * (A + B).
 *
 * PATCH, words: for each two products k, k+1 of a pair of pixels: A, B, 0x7FFF - 256 * 2^16 - 128 * (A + B). An odd last
 * product has a neighbour of value 0.
 *
 * PACKED WEIGHTS, bytes: for each two rows (output channels), for each two products, u of the rows at the first, then
 * at the second: product k of row r stands at (r / 2) * 2 * K2 + 2 * k + r % 2; K2: K rounded up to an even number.
 * Rows and products that are added have the weight 0. The whole array holds 2 * ((rows + 1) / 2) * K2 bytes.
 */
#ifndef QCC_SWAR_H
#define QCC_SWAR_H

#include "qcc_requantize.h"

/* What is added to both halves: 0x7FFF to the lower, -256 to the upper one. */
#define QCC_SWAR_OFFSET UINT32_C(0xFF007FFF)
enum { QCC_SWAR_UPPER_OFFSET = -256 };

/* gcc otherwise hands Thumb-1 code to the assembler in its old syntax. */
#define QCC_SWAR_BEGIN ".syntax unified\n1:\n\t"
#define QCC_SWAR_END ".syntax divided"

/* Two products of two rows and two pixels, in 38 bytes of code; the place of the weights is a literal 0..28. */
#define QCC_SWAR_STEP(place)           \
    "ldmia r1!, {r2, r3, r4}\n\t"      \
    "ldrb r5, [r0, #" place "]\n\t"    \
    "ldrb r6, [r0, #" place "+1]\n\t"  \
    "muls r5, r2\n\t"                  \
    "muls r6, r2\n\t"                  \
    "adds r5, r5, r4\n\t"              \
    "adds r6, r6, r4\n\t"              \
    "ldrb r7, [r0, #" place "+2]\n\t"  \
    "muls r7, r3\n\t"                  \
    "adds r5, r5, r7\n\t"              \
    "ldrb r7, [r0, #" place "+3]\n\t"  \
    "muls r7, r3\n\t"                  \
    "adds r6, r6, r7\n\t"              \
    "add r8, r5\n\t"                   \
    "asrs r5, r5, #16\n\t"             \
    "add r9, r5\n\t"                   \
    "add r10, r6\n\t"                  \
    "asrs r6, r6, #16\n\t"             \
    "add r11, r6\n\t"

/* The sums of both pixels, from S in `s` and H in `h` and the bias in r6 (or r7), to r3. */
#define QCC_SWAR_SUMS(s, h, bias)                                                             \
    "mov r4, " s "\n\tmov r5, " h "\n\tlsls r2, r5, #16\n\tsubs r4, r4, r2\n\t"               \
    "adds r4, r4, " bias "\n\tadds r5, r5, " bias "\n\tstmia r3!, {r4, r5}\n\t"

#if QCC_SHORT_ASSEMBLY

/* What the loop over rows keeps in memory; in this order. */
typedef struct {
    const qcc_word_t *patch, *patch_end;
    uint32_t s, h;        /* what the sums begin with */
    int32_t skip, entry;  /* steps of eight that the first turn leaves out: bytes of weights, and of code */
    const int32_t *bias;
    int32_t *acc, *end;
} qcc_swar_state_t;

#endif

/*
 * acc = the bias and the sums over `pairs` pairs of products, for a multiple of two rows: [rows][two pixels].
 */
QCC_SHORT_LOOP void qcc_swar_rows(const uint8_t *w, const qcc_word_t *patch, int32_t pairs, const int32_t *bias,
                                  int32_t *acc, int32_t rows) {
    const uint32_t s = (uint32_t)-pairs * QCC_SWAR_OFFSET, h = (uint32_t)(-pairs * QCC_SWAR_UPPER_OFFSET);
#if QCC_SHORT_ASSEMBLY
    const int32_t missing = -pairs & 7;
    qcc_swar_state_t state = {patch, patch + 3 * pairs, s, h, 4 * missing, 38 * missing, bias, acc, acc + 2 * rows};
    register const uint8_t *w_ __asm__("r0") = w;
    register qcc_swar_state_t *state_ __asm__("lr") = &state;
    __asm__ volatile(QCC_SWAR_BEGIN
                     "mov r7, lr\n\t"
                     "ldmia r7!, {r1, r2, r3, r4, r5, r6}\n\t"
                     "mov r12, r2\n\tmov r8, r3\n\tmov r10, r3\n\tmov r9, r4\n\tmov r11, r4\n\t"
                     "subs r0, r0, r5\n\t"
                     "add pc, r6\n\t"
                     "nop\n" /* the program counter is two instructions ahead */
                     "2:\n\t"
                     QCC_SWAR_STEP("0") QCC_SWAR_STEP("4") QCC_SWAR_STEP("8") QCC_SWAR_STEP("12")
                     QCC_SWAR_STEP("16") QCC_SWAR_STEP("20") QCC_SWAR_STEP("24") QCC_SWAR_STEP("28")
                     "adds r0, #32\n\t"
                     "cmp r1, r12\n\t"
                     "beq 3f\n\t" /* 2 is too far for a conditional branch */
                     "b 2b\n"
                     "3:\n\t"
                     "mov r1, lr\n\t"
                     "ldr r2, [r1, #24]\n\t"
                     "ldr r3, [r1, #28]\n\t"
                     "ldmia r2!, {r6, r7}\n\t"
                     "str r2, [r1, #24]\n\t"
                     QCC_SWAR_SUMS("r8", "r9", "r6") QCC_SWAR_SUMS("r10", "r11", "r7")
                     "str r3, [r1, #28]\n\t"
                     "ldr r2, [r1, #32]\n\t"
                     "cmp r3, r2\n\t"
                     "beq 4f\n\t"
                     "b 1b\n"
                     "4:\n\t" QCC_SWAR_END
                     : "+r"(w_) : "r"(state_)
                     : "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "cc", "memory");
#else
    for (int32_t row = 0; row < rows; row += 2, acc += 4, bias += 2) {
        uint32_t s0 = s, h0 = h, s1 = s, h1 = h;
        for (int32_t i = 0; i < pairs; i++, w += 4) {
            const qcc_word_t *p = patch + 3 * i;
            uint32_t first = w[0] * p[0] + w[2] * p[1] + p[2];
            uint32_t second = w[1] * p[0] + w[3] * p[1] + p[2];
            s0 += first, h0 += (uint32_t)((int32_t)first >> 16);
            s1 += second, h1 += (uint32_t)((int32_t)second >> 16);
        }
        acc[0] = (int32_t)(s0 - (h0 << 16)) + bias[0];
        acc[1] = (int32_t)h0 + bias[0];
        acc[2] = (int32_t)(s1 - (h1 << 16)) + bias[1];
        acc[3] = (int32_t)h1 + bias[1];
    }
#endif
}

/* Writes a patch of the two products x + z * 2^16 and y + v * 2^16, and moves the pointer behind it. */
QCC_INLINE void qcc_swar_put(qcc_word_t **patch, uint32_t a, uint32_t b) {
    qcc_word_t *p = *patch;
    p[0] = a;
    p[1] = b;
    p[2] = QCC_SWAR_OFFSET - ((a + b) << 7);
    *patch = p + 3;
}

/* The activations of two pixels in a word. */
QCC_INLINE uint32_t qcc_swar_word(int32_t first, int32_t second) {
    return (uint32_t)first + ((uint32_t)second << 16);
}

/* The patch of n pairs of products of two pixels; returns what is behind it. */
QCC_INLINE qcc_word_t *qcc_swar_pack(qcc_word_t *patch, const int8_t *first, const int8_t *second, int32_t n) {
    for (const int8_t *stop = first + 2 * n; first != stop; first += 2, second += 2) {
        qcc_swar_put(&patch, qcc_swar_word(first[0], second[0]), qcc_swar_word(first[1], second[1]));
    }
    return patch;
}

#endif
