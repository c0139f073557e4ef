/*
 * Winograd's minimal filtering F(m x m, 3x3) in integers, exactly: m x m outputs from (m+2) x (m+2) inputs with one
 * multiplication per input and channel, for cores with the Arm DSP extension (Winograd 1980; Lavin and Gray 2015).
 *
 *   Y = A^T [ (G g G^T) * (B^T d B) ] A        d: a tile of the input, g: the kernel, *: elementwise, summed over channels
 *
 * All factors are integers, scaled row by row, so that Y is a known multiple of the convolution. U = G g G^T is computed
 * by the compiler and fits int16, as V = B^T d B does; the sums are taken modulo 2^32, which is exact where the multiple
 * of the accumulator fits int32.
 *
 * Two tiles side by side times four output channels make a block, so that a word of V and a word of U each serve twice.
 *
 * V, words       [position][in_c / 4][half][tile]: lanes (4q + half, 4q + half + 2) of the tile's transformed input
 * U, words       [out_c / 4][position][in_c / 4][half][4]: the same lanes of four output channels
 * sums, int32    [position][tile][4]: products of a block
 *
 * Positions are those of the transformed tile, row by row: i * (m+2) + j.
 */
#ifndef QCC_DSP_WINOGRAD_H
#define QCC_DSP_WINOGRAD_H

#include "qcc_conv2d.h"
#include "qcc_dsp_finish.h"
#include "qcc_dsp_patch.h"

/* Pairs of tiles in a row, and the pixels that they span. */
#define QCC_WINOGRAD_PAIRS(out_w, m) (((out_w) + 2 * (m) - 1) / (2 * (m)))
#define QCC_WINOGRAD_COLS(out_w, m) (QCC_WINOGRAD_PAIRS(out_w, m) * 2 * (m) + 2)

/* Bytes of scratch: V, sums, and the m + 2 rows of a row of tiles, with the padding beside them. */
#define QCC_WINOGRAD_SCRATCH(in_c, out_w, m) \
    (((m) + 2) * ((m) + 2) * (4 * (in_c) + 32) + ((m) + 2) * QCC_WINOGRAD_COLS(out_w, m) * (in_c))

/* Two lanes of two tiles times four output channels. */
#define QCC_WINOGRAD_STEP(u, v)                       \
    do {                                              \
        const qcc_word_pair x_ = qcc_next_pair(&v);   \
        qcc_word_pair w_ = qcc_next_pair(&u);         \
        a0 = qcc_mac_lanes(w_.first, x_.first, a0);   \
        b0 = qcc_mac_lanes(w_.first, x_.second, b0);  \
        a1 = qcc_mac_lanes(w_.second, x_.first, a1);  \
        b1 = qcc_mac_lanes(w_.second, x_.second, b1); \
        w_ = qcc_next_pair(&u);                       \
        a2 = qcc_mac_lanes(w_.first, x_.first, a2);   \
        b2 = qcc_mac_lanes(w_.first, x_.second, b2);  \
        a3 = qcc_mac_lanes(w_.second, x_.first, a3);  \
        b3 = qcc_mac_lanes(w_.second, x_.second, b3); \
    } while (0)

/* The sums of one block. */
QCC_SIMD_LOOP void qcc_winograd_block(const qcc_word_t *u, const qcc_word_t *v, int32_t *sums, int32_t positions,
                                      uint32_t quads) {
    for (int32_t *end = sums + 8 * positions; sums != end; sums += 8) {
        int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0, b0 = 0, b1 = 0, b2 = 0, b3 = 0;
        for (const qcc_word_t *stop = v + quads / 4 * 16; v != stop;) {
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
        }
        for (const qcc_word_t *stop = v + quads % 4 * 4; v != stop;) {
            QCC_WINOGRAD_STEP(u, v);
            QCC_WINOGRAD_STEP(u, v);
        }
        sums[0] = a0, sums[1] = a1, sums[2] = a2, sums[3] = a3;
        sums[4] = b0, sums[5] = b1, sums[6] = b2, sums[7] = b3;
    }
}

/* Row h of the image, or of the padding above and below it, with the padding beside it: `cols` pixels. */
QCC_INLINE void qcc_winograd_line(int8_t *line, const int8_t *x, int32_t h, int32_t cols, const qcc_conv2d_t *g) {
    int32_t inside = h < 0 || h >= g->in_h ? 0 : qcc_min(g->in_w, cols - g->pad_left);
    int32_t left = inside > 0 ? g->pad_left : 0;
    qcc_fill(line, g->in_zero, left * g->in_c);
    if (inside > 0) {
        qcc_copy(line + left * g->in_c, x + h * g->in_w * g->in_c, inside * g->in_c);
    }
    qcc_fill(line + (left + inside) * g->in_c, g->in_zero, (cols - left - inside) * g->in_c);
}

/* Lanes 0 and 2, or 1 and 3, of the four bytes at p; half is a literal once its loop is unrolled. */
QCC_INLINE uint32_t qcc_winograd_lanes(const int8_t *p, int32_t half) {
    uint32_t bytes = *(const qcc_word_t *)(const void *)p;
    return half ? qcc_widen_odd(bytes) : qcc_widen_even(bytes);
}

/* a * b modulo 2^32. */
QCC_INLINE int32_t qcc_winograd_times(int32_t a, uint32_t b) {
    return (int32_t)((uint32_t)a * b);
}

/* Transforms two tiles; lines: their first pixel in the uppermost of m + 2 rows, which are `pitch` bytes apart. */
typedef void qcc_winograd_input_t(const int8_t *lines, int32_t pitch, qcc_word_t *v, int32_t in_c);

/* One channel of one tile, whose sums stand 8 words apart: the first rows x cols of its m x m outputs. */
typedef void qcc_winograd_output_t(const int32_t *sums, int8_t *y, int32_t bias, int32_t rows, int32_t cols,
                                   int32_t channel, const qcc_conv2d_t *g, const qcc_requantize_t *r,
                                   const qcc_factor_t *factor, qcc_finish finish);

/* A sum of the given channel as a byte. */
QCC_INLINE int8_t qcc_winograd_byte(int32_t acc, int32_t channel, const qcc_requantize_t *r,
                                    const qcc_factor_t *factor, qcc_finish finish) {
    return finish == QCC_FINISH_ANY ? qcc_requantize(acc, channel, r) : qcc_finish_sum(acc, *factor, finish);
}

/* The whole layer. m, input and output are literals. */
QCC_INLINE void qcc_winograd(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                             const qcc_conv2d_t *g, const qcc_requantize_t *r, int32_t m, qcc_winograd_input_t *input,
                             qcc_winograd_output_t *output) {
    const qcc_finish finish = qcc_finish_of(r);
    const qcc_factors_t factors = qcc_factors_of(r, finish);
    const int each = finish != QCC_FINISH_ANY && (r->multiplier || r->shift);
    const int32_t positions = (m + 2) * (m + 2);
    int32_t cols = QCC_WINOGRAD_COLS(g->out_w, m), pitch = cols * g->in_c;
    qcc_word_t *v = scratch;
    int32_t *sums = (int32_t *)scratch + positions * g->in_c;
    int8_t *lines = (int8_t *)scratch + positions * (4 * g->in_c + 32);
    int32_t kept = 0; /* lines that the last row of tiles has left */
    for (int32_t oy = 0; oy < g->out_h; oy += m) {
        int32_t rows = g->out_h % m == 0 ? m : qcc_min(m, g->out_h - oy);
        qcc_copy(lines, lines + m * pitch, kept * pitch);
        for (int32_t i = kept; i < m + 2; i++) {
            qcc_winograd_line(lines + i * pitch, x, oy - g->pad_top + i, cols, g);
        }
        kept = 2;
        for (int32_t ox = 0; ox < g->out_w; ox += 2 * m) {
            const qcc_word_t *u = (const qcc_word_t *)(const void *)weights;
            input(lines + ox * g->in_c, pitch, v, g->in_c);
            for (int32_t o = 0; o < g->out_c; o += 4, u += 2 * positions * g->in_c) {
                qcc_winograd_block(u, v, sums, positions, (uint32_t)g->in_c / 4);
                for (int32_t i = 0; i < 8; i++) {
                    int32_t channel = o + i % 4, left = ox + i / 4 * m;
                    const qcc_factor_t f = qcc_factor_at(factors.m, factors.n, channel, &factors, finish, each);
                    output(sums + i, y + (oy * g->out_w + left) * g->out_c + channel, bias[channel], rows,
                           g->out_w % (2 * m) == 0 ? m : qcc_min(m, g->out_w - left), channel, g, r, &f, finish);
                }
            }
        }
    }
}

#endif
