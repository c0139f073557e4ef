/*
 * Activations, widened to the int16 lanes that the DSP kernels multiply.
 *
 * A quad is four consecutive bytes x[4q] .. x[4q+3]. SXTB16 takes every second byte of a word, so a widened quad is
 * two words: the even one (x[4q], x[4q+2]) and the odd one (x[4q+1], x[4q+3]), first element in the low lane.
 *
 * PATCH of P pixels, K elements each: for each quad, the even words of the P pixels, then their odd words.
 * The last quad is filled up with zeros. QCC_PATCH_BYTES(K, P) = 2 * P * round_up4(K) bytes.
 */
#ifndef QCC_DSP_PATCH_H
#define QCC_DSP_PATCH_H

#include "qcc_dsp.h"

/* Quads per row, and bytes of the patch of the given number of pixels. */
#define QCC_QUADS(k) (((k) + 3) / 4)
#define QCC_PATCH_BYTES(k, pixels) (QCC_QUADS(k) * 8 * (pixels))

/*
 * Widens n >= 0 quads of bytes at src (any alignment) into a patch of `pixels` pixels;
 * patch points at the word of the wanted pixel in the first quad.
 */
QCC_INLINE void qcc_widen_quads(qcc_word_t *patch, const int8_t *src, int32_t n, int32_t pixels) {
    for (; n > 0; n--) {
        uint32_t bytes = qcc_load32(src);
        patch[0] = qcc_widen_even(bytes);
        patch[pixels] = qcc_widen_odd(bytes);
        patch += 2 * pixels;
        src += 4;
    }
}

/* Widens n >= 0 bytes to int16 values in their order, both at any alignment. */
QCC_INLINE void qcc_widen_bytes(int8_t *wide, const int8_t *src, int32_t n) {
    for (; n >= 4; n -= 4, src += 4, wide += 8) {
        uint32_t bytes = qcc_load32(src);
        uint32_t even = qcc_widen_even(bytes), odd = qcc_widen_odd(bytes);
        qcc_store32(wide, qcc_low_lanes(even, odd));
        qcc_store32(wide + 4, qcc_high_lanes(even, odd));
    }
    for (; n > 0; n--, src++, wide += 2) {
        wide[0] = *src;
        wide[1] = (int8_t)(*src >> 7);
    }
}

/* Widens n >= 0 quads of each pixel into a patch of two. */
QCC_INLINE void qcc_widen_two(qcc_word_t *patch, const int8_t *first, const int8_t *second, int32_t n) {
    QCC_UNROLL(2)
    for (const int8_t *stop = first + 4 * n; first != stop; first += 4, second += 4) {
        uint32_t a = qcc_load32(first), b = qcc_load32(second);
        qcc_put_pair(&patch, qcc_widen_even(a), qcc_widen_even(b));
        qcc_put_pair(&patch, qcc_widen_odd(a), qcc_widen_odd(b));
    }
}

/* Widens the last, incomplete quad of 1..3 bytes; the missing ones read zero. */
QCC_INLINE void qcc_widen_tail(qcc_word_t *patch, const int8_t *src, int32_t n, int32_t pixels) {
    uint32_t bytes = 0;
    for (int32_t i = 0; i < n; i++) {
        bytes |= (uint32_t)(uint8_t)src[i] << 8 * i;
    }
    patch[0] = qcc_widen_even(bytes);
    patch[pixels] = qcc_widen_odd(bytes);
}

/* Widens n bytes into a patch of one pixel. */
QCC_INLINE void qcc_widen_vector(qcc_word_t *patch, const int8_t *src, int32_t n) {
    qcc_widen_quads(patch, src, n / 4, 1);
    if (n % 4 != 0) {
        qcc_widen_tail(patch + n / 4 * 2, src + n / 4 * 4, n % 4, 1);
    }
}

#endif
