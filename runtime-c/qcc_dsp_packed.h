/*
 * The blocked inner products of qcc_dsp_block.h for weights of 4 or 2 bits: the lanes of a packed word are masked, not
 * widened, so that they hold a row's weights times a power of two, and what a masked field lacks of a signed number is
 * put right once per block, from the sum of the activations. That takes fewer instructions than widening bytes.
 *
 * PACKED WEIGHTS, words. Rows, products and quads are those of qcc_dsp_block.h, padded in the same way. For each block
 * of four rows, for each quad q:
 *
 *   4 bits  two words: lanes of the first are the products 4q and 4q+2, of the second 4q+1 and 4q+3. Row r stands at
 *           bit 4r of its lane: as w + 8 in the rows 0..2, in two's complement in row 3.
 *   2 bits  one word: lanes are (4q, 4q+1) and (4q+2, 4q+3), the second product 8 bits above the first. Row r stands
 *           at bit 2r, as w + 2.
 *
 * That is: row r, product k is field (k%2) * 8 + (k%4)/2 * 4 + r%4 (4 bits), or (k%4)/2 * 8 + (k%2) * 4 + r%4 (2 bits)
 * of its quad. The whole array holds round_up4(rows) * K4 * bits / 8 bytes, the bias array round_up4(rows) values.
 *
 * Range: sums of products stay within int32 for at most QCC_PACKED_QUADS quads; longer rows are taken in parts.
 */
#ifndef QCC_DSP_PACKED_H
#define QCC_DSP_PACKED_H

#include "qcc_dsp_patch.h"

/* 4 bits: 4 * 120 products of at most 128 * 8 in row 3, times 2^12, stay below 2^31. */
enum { QCC_PACKED_QUADS = 120 };

/*
 * The state of four rows times one or two pixels.
 *
 * excess  for each pixel, what the fields' w + 8 or w + 2 adds to a sum of products w * x
 * base    for each pixel, what is added to the sums of its rows: the bias, or acc[4 * pixel] in a second part
 * acc     the results: row i of pixel p in acc[4 * p + i]
 */
typedef struct {
    int32_t excess[2];
    const int32_t *base[2];
    int32_t acc[8];
} qcc_packed_t;

/* The sum of each pixel's activations in a patch of one or two pixels. */
QCC_SIMD_LOOP void qcc_patch_sums(const qcc_word_t *patch, int32_t quads, int32_t pixels, int32_t *sums) {
    const uint32_t ones = UINT32_C(0x00010001);
    int32_t a = 0, b = 0;
    for (int32_t i = 0; i < quads * pixels; i++) {
        qcc_word_pair x = qcc_next_pair(&patch);
        a = qcc_mac_lanes(x.first, ones, a);
        b = qcc_mac_lanes(x.second, ones, b);
    }
    sums[0] = pixels == 1 ? a + b : a;
    sums[1] = b;
}

/* The word's fields of one row, at the bits of the mask, times two lanes of each of two pixels. */
#define QCC_ROW_X2(word, mask, a, b)                \
    do {                                            \
        uint32_t row_ = (word) & UINT32_C(mask);    \
        a = qcc_mac_lanes(row_, x_.first, a);       \
        b = qcc_mac_lanes(row_, x_.second, b);      \
    } while (0)

/* Two lanes of each of two pixels times four rows of 4 bits. */
#define QCC_STEP_4X2_HALVES(word)                   \
    do {                                            \
        qcc_word_pair x_ = qcc_next_pair(&patch);   \
        QCC_ROW_X2(word, 0x000F000F, a0, b0);       \
        QCC_ROW_X2(word, 0x00F000F0, a1, b1);       \
        QCC_ROW_X2(word, 0x0F000F00, a2, b2);       \
        QCC_ROW_X2(word, 0xF000F000, a3, b3);       \
    } while (0)

/* The same for the lower four fields of 2 bits of each lane. */
#define QCC_STEP_4X2_QUARTERS(word)                 \
    do {                                            \
        qcc_word_pair x_ = qcc_next_pair(&patch);   \
        QCC_ROW_X2(word, 0x00030003, a0, b0);       \
        QCC_ROW_X2(word, 0x000C000C, a1, b1);       \
        QCC_ROW_X2(word, 0x00300030, a2, b2);       \
        QCC_ROW_X2(word, 0x00C000C0, a3, b3);       \
    } while (0)

#define QCC_QUAD_4X2_HALVES()                       \
    do {                                            \
        uint32_t word_ = qcc_next_word(&w);         \
        QCC_STEP_4X2_HALVES(word_);                 \
        word_ = qcc_next_word(&w);                  \
        QCC_STEP_4X2_HALVES(word_);                 \
    } while (0)

#define QCC_QUAD_4X2_QUARTERS()                     \
    do {                                            \
        uint32_t word_ = qcc_next_word(&w);         \
        QCC_STEP_4X2_QUARTERS(word_);               \
        word_ >>= 8;                                \
        QCC_STEP_4X2_QUARTERS(word_);               \
    } while (0)

/* The rows' sums of a part of at most QCC_PACKED_QUADS quads, for two pixels. */
QCC_SIMD_LOOP void qcc_halves_4x2(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads, qcc_packed_t *s) {
    int32_t a0 = -s->excess[0], a1 = a0 * 16, a2 = a0 * 256, a3 = 0;
    int32_t b0 = -s->excess[1], b1 = b0 * 16, b2 = b0 * 256, b3 = 0;
    for (const qcc_word_t *stop = w + quads / 2 * 4; w != stop;) {
        QCC_QUAD_4X2_HALVES();
        QCC_QUAD_4X2_HALVES();
    }
    if (quads % 2 != 0) {
        QCC_QUAD_4X2_HALVES();
    }
    const int32_t *a = s->base[0], *b = s->base[1];
    s->acc[0] = a[0] + a0, s->acc[1] = a[1] + (a1 >> 4), s->acc[2] = a[2] + (a2 >> 8), s->acc[3] = a[3] + (a3 >> 12);
    s->acc[4] = b[0] + b0, s->acc[5] = b[1] + (b1 >> 4), s->acc[6] = b[2] + (b2 >> 8), s->acc[7] = b[3] + (b3 >> 12);
}

QCC_SIMD_LOOP void qcc_quarters_4x2(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads, qcc_packed_t *s) {
    int32_t a0 = -s->excess[0], a1 = a0 * 4, a2 = a0 * 16, a3 = a0 * 64;
    int32_t b0 = -s->excess[1], b1 = b0 * 4, b2 = b0 * 16, b3 = b0 * 64;
    for (const qcc_word_t *stop = w + quads / 2 * 2; w != stop;) {
        QCC_QUAD_4X2_QUARTERS();
        QCC_QUAD_4X2_QUARTERS();
    }
    if (quads % 2 != 0) {
        QCC_QUAD_4X2_QUARTERS();
    }
    const int32_t *a = s->base[0], *b = s->base[1];
    s->acc[0] = a[0] + a0, s->acc[1] = a[1] + (a1 >> 2), s->acc[2] = a[2] + (a2 >> 4), s->acc[3] = a[3] + (a3 >> 6);
    s->acc[4] = b[0] + b0, s->acc[5] = b[1] + (b1 >> 2), s->acc[6] = b[2] + (b2 >> 4), s->acc[7] = b[3] + (b3 >> 6);
}

/* The word's fields of one row times two lanes of one pixel. */
#define QCC_ROW_X1(word, mask, x, a) a = qcc_mac_lanes((word) & UINT32_C(mask), x, a)

#define QCC_STEP_4X1_HALVES(word, x)              \
    do {                                          \
        QCC_ROW_X1(word, 0x000F000F, x, a0);      \
        QCC_ROW_X1(word, 0x00F000F0, x, a1);      \
        QCC_ROW_X1(word, 0x0F000F00, x, a2);      \
        QCC_ROW_X1(word, 0xF000F000, x, a3);      \
    } while (0)

#define QCC_STEP_4X1_QUARTERS(word, x)            \
    do {                                          \
        QCC_ROW_X1(word, 0x00030003, x, a0);      \
        QCC_ROW_X1(word, 0x000C000C, x, a1);      \
        QCC_ROW_X1(word, 0x00300030, x, a2);      \
        QCC_ROW_X1(word, 0x00C000C0, x, a3);      \
    } while (0)

/* The rows' sums of a part of at most QCC_PACKED_QUADS quads, for one pixel. */
QCC_SIMD_LOOP void qcc_halves_4x1(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads, qcc_packed_t *s) {
    int32_t a0 = -s->excess[0], a1 = a0 * 16, a2 = a0 * 256, a3 = 0;
    QCC_UNROLL(2)
    for (const qcc_word_t *stop = w + 2 * quads; w != stop;) {
        qcc_word_pair x = qcc_next_pair(&patch), words = qcc_next_pair(&w);
        QCC_STEP_4X1_HALVES(words.first, x.first);
        QCC_STEP_4X1_HALVES(words.second, x.second);
    }
    const int32_t *a = s->base[0];
    s->acc[0] = a[0] + a0, s->acc[1] = a[1] + (a1 >> 4), s->acc[2] = a[2] + (a2 >> 8), s->acc[3] = a[3] + (a3 >> 12);
}

QCC_SIMD_LOOP void qcc_quarters_4x1(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads, qcc_packed_t *s) {
    int32_t a0 = -s->excess[0], a1 = a0 * 4, a2 = a0 * 16, a3 = a0 * 64;
    QCC_UNROLL(2)
    for (const qcc_word_t *stop = w + quads; w != stop;) {
        qcc_word_pair x = qcc_next_pair(&patch);
        uint32_t word = qcc_next_word(&w);
        QCC_STEP_4X1_QUARTERS(word, x.first);
        word >>= 8;
        QCC_STEP_4X1_QUARTERS(word, x.second);
    }
    const int32_t *a = s->base[0];
    s->acc[0] = a[0] + a0, s->acc[1] = a[1] + (a1 >> 2), s->acc[2] = a[2] + (a2 >> 4), s->acc[3] = a[3] + (a3 >> 6);
}

QCC_INLINE void qcc_packed_part(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads, int32_t pixels,
                                int32_t bits, qcc_packed_t *s) {
    if (pixels == 2 && bits == 4) {
        qcc_halves_4x2(w, patch, quads, s);
    } else if (pixels == 2) {
        qcc_quarters_4x2(w, patch, quads, s);
    } else if (bits == 4) {
        qcc_halves_4x1(w, patch, quads, s);
    } else {
        qcc_quarters_4x1(w, patch, quads, s);
    }
}

/*
 * s->acc[4 * p + i] = bias[i] + row i . pixel p, for the four rows at w, of `bits` 4 or 2, and a patch of one or two
 * pixels. sums: from qcc_patch_sums for the same patch.
 */
QCC_INLINE void qcc_packed_block(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads, int32_t pixels,
                                 int32_t bits, const int32_t *bias, const int32_t *sums, qcc_packed_t *s) {
    s->excess[0] = sums[0] * (bits == 4 ? 8 : 2), s->excess[1] = sums[1] * (bits == 4 ? 8 : 2);
    s->base[0] = bias, s->base[1] = bias;
    qcc_packed_part(w, patch, qcc_min(quads, QCC_PACKED_QUADS), pixels, bits, s);
    for (int32_t q = QCC_PACKED_QUADS; q < quads; q += QCC_PACKED_QUADS) {
        s->excess[0] = 0, s->excess[1] = 0;
        s->base[0] = s->acc, s->base[1] = s->acc + 4;
        qcc_packed_part(w + q * bits / 2, patch + 2 * pixels * q, qcc_min(quads - q, QCC_PACKED_QUADS), pixels, bits,
                        s);
    }
}

#endif
