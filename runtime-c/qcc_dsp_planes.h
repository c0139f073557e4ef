/*
 * Two channels of an image, transposed and widened for the DSP kernels that work along lines: the int16 lanes of a word
 * of a plane hold two neighbouring pixels of one channel, the first one in the low lane. A line is a row of the image,
 * or a column.
 */
#ifndef QCC_DSP_PLANES_H
#define QCC_DSP_PLANES_H

#include "qcc_dsp.h"

/* Where pixels are, in bytes. */
typedef struct {
    int32_t step;      /* from one pixel of a line to the next */
    int32_t line_step; /* from one line to the next */
} qcc_pixels_of_lines_t;

/* Writes one word of either plane, from the two channels of two pixels, and moves both pointers behind it. */
QCC_INLINE void qcc_spread_two(qcc_word_t **plane, qcc_word_t **other, uint32_t first, uint32_t second) {
    uint32_t bytes = qcc_low_lanes(first, second);
    *(*plane)++ = qcc_widen_even(bytes);
    *(*other)++ = qcc_widen_odd(bytes);
}

/*
 * Spreads `lines` lines of n >= 1 pixels over two planes, `apart` words from each other, whose lines have `pitch` words.
 * Pixel 0 goes to lane `odd` of the first word; its neighbours in the first and the last word become `outside`,
 * -128..127. x: two channels of the first pixel, at any alignment.
 */
QCC_SINGLE QCC_SIMD void qcc_spread_lines(qcc_word_t *plane, const int8_t *x, int32_t lines, int32_t n, int32_t odd,
                                    qcc_pixels_of_lines_t at, int32_t pitch, int32_t apart, int32_t outside) {
    const uint32_t beside = (uint32_t)(uint8_t)outside * UINT32_C(0x0101);
    const int32_t pairs = (n - odd) >> 1, rest = (n - odd) & 1;
    for (; lines > 0; lines--, plane += pitch, x += at.line_step) {
        qcc_word_t *word = plane, *other = plane + apart;
        const int8_t *bytes = x;
        if (odd) {
            qcc_spread_two(&word, &other, beside, qcc_load16(bytes));
            bytes += at.step;
        }
        QCC_UNROLL(2)
        for (const qcc_word_t *stop = word + pairs; word != stop; bytes += 2 * at.step) {
            qcc_spread_two(&word, &other, qcc_load16(bytes), qcc_load16(bytes + at.step));
        }
        if (rest) {
            qcc_spread_two(&word, &other, qcc_load16(bytes), beside);
        }
    }
}

/* Copies n words. */
QCC_SINGLE QCC_SIMD void qcc_copy_words(qcc_word_t *to, const qcc_word_t *from, int32_t n) {
    if (n & 1) {
        *to++ = *from++;
    }
    QCC_UNROLL(4)
    for (const qcc_word_t *stop = from + (n & ~1); from != stop;) {
        qcc_word_pair two = qcc_next_pair(&from);
        qcc_put_pair(&to, two.first, two.second);
    }
}

#endif
