/*
 * 3x3 convolution of stride 1 by Winograd's F(4x4, 3x3): a quarter of the multiplications. See qcc_dsp_winograd.h.
 *
 * Computes what qcc_conv2d computes, for a 3x3 kernel, stride 1, no dilation, groups == 1, in_c and out_c multiples of
 * four, pads up to 2, and accumulators, with their bias, in -2^25 .. 2^25 - 1.
 *
 *   B^T = [ 4  0 -5  0  1  0 ]    G = [  6  0  0 ]    A^T = [ 1  4  4  1  1  0 ]    Y(r, c) = acc * s(r) * s(c),
 *         [ 0 -4 -4  1  1  0 ]        [ -1 -1 -1 ]          [ 0  2 -2  1 -1  0 ]    s = 24, 12, 6, 6
 *         [ 0  4 -4 -1  1  0 ]        [ -1  1 -1 ]          [ 0  1  1  1  1  0 ]
 *         [ 0 -2 -1  2  1  0 ]        [  1  2  4 ]          [ 0  1 -1  2 -2  1 ]
 *         [ 0  2 -1 -2  1  0 ]        [  1 -2  4 ]
 *         [ 0  4  0 -5  0  1 ]        [  0  0  6 ]
 *
 * s(r) * s(c) = 9 * 2^n: the division by 9 is a multiplication by its inverse modulo 2^32, that by 2^n a shift.
 *
 * x        [in_h][in_w][in_c]        y  [out_h][out_w][out_c]
 * weights  U as qcc_dsp_winograd.h says, int16: 72 * in_c * out_c bytes
 * bias     [out_c]
 * scratch  QCC_WINOGRAD_SCRATCH(in_c, out_w, 4) bytes, disjoint from everything else
 *
 * Overlap: every x row is read once, in ascending order; before rows 4i .. 4i+3 of y are written, exactly the x rows up
 * to 4i - pad_top + 5 have been read. y may overlap those.
 */
#ifndef QCC_CONV2D_F4X4_DSP_H
#define QCC_CONV2D_F4X4_DSP_H

#include "qcc_dsp_winograd.h"

/* B^T along one axis, on lanes: d0..d5 become what they are transformed to. */
#define QCC_F4X4_INPUT(d0, d1, d2, d3, d4, d5)                                             \
    do {                                                                                   \
        const uint32_t c_ = qcc_sub_lanes(d4, d2), f_ = qcc_sub_lanes(d3, d1);             \
        const uint32_t a_ = qcc_sub_lanes(c_, qcc_add_lanes(qcc_add_lanes(d2, d2), d2));   \
        const uint32_t b_ = qcc_sub_lanes(f_, qcc_add_lanes(qcc_add_lanes(d1, d1), d1));   \
        const uint32_t e_ = qcc_add_lanes(f_, f_), h_ = qcc_sub_lanes(d5, d3);             \
        uint32_t g_ = qcc_sub_lanes(d0, d2);                                               \
        g_ = qcc_add_lanes(g_, g_);                                                        \
        d0 = qcc_add_lanes(qcc_add_lanes(g_, g_), c_);                                     \
        d1 = qcc_add_lanes(a_, b_);                                                        \
        d2 = qcc_sub_lanes(a_, b_);                                                        \
        d3 = qcc_add_lanes(c_, e_);                                                        \
        d4 = qcc_sub_lanes(c_, e_);                                                        \
        d5 = qcc_sub_lanes(h_, qcc_add_lanes(e_, e_));                                     \
    } while (0)

/* V of two tiles. lines: their first pixel in the uppermost of six rows, which are `pitch` bytes apart. */
QCC_SIMD_LOOP void qcc_f4x4_input(const int8_t *lines, int32_t pitch, qcc_word_t *v, int32_t in_c) {
    uint32_t columns[6][10];
    for (const int8_t *end = lines + in_c; lines != end; lines += 4) {
        QCC_UNROLL(2)
        for (int32_t half = 0; half < 2; half++, v += 2) {
            const int8_t *pixel = lines;
            for (int32_t j = 0; j < 10; j++, pixel += in_c) {
                const int8_t *at = pixel;
                uint32_t d[6];
                QCC_UNROLL(6)
                for (int32_t i = 0; i < 6; i++, at += pitch) {
                    d[i] = qcc_winograd_lanes(at, half);
                }
                QCC_F4X4_INPUT(d[0], d[1], d[2], d[3], d[4], d[5]);
                QCC_UNROLL(6)
                for (int32_t i = 0; i < 6; i++) {
                    columns[i][j] = d[i];
                }
            }
            qcc_word_t *to = v;
            for (int32_t i = 0; i < 6; i++) {
                for (int32_t t = 0; t < 2; t++) {
                    const uint32_t *row = &columns[i][4 * t];
                    uint32_t d0 = row[0], d1 = row[1], d2 = row[2], d3 = row[3], d4 = row[4], d5 = row[5];
                    QCC_F4X4_INPUT(d0, d1, d2, d3, d4, d5);
                    qcc_word_t *at = to + t;
                    at[0] = d0, at += in_c, at[0] = d1, at += in_c, at[0] = d2, at += in_c;
                    at[0] = d3, at += in_c, at[0] = d4, at += in_c, at[0] = d5;
                }
                to += 6 * in_c;
            }
        }
    }
}

/* A^T along one axis, modulo 2^32: z0..z3 become the four results. */
#define QCC_F4X4_OUTPUT(z0, z1, z2, z3, z4, z5)                          \
    do {                                                                 \
        const uint32_t s_ = z1 + z2, d_ = z1 - z2, p_ = z3 + z4, q_ = z3 - z4; \
        z0 = z0 + 4 * s_ + p_;                                           \
        z1 = 2 * d_ + q_;                                                \
        z2 = s_ + p_;                                                    \
        z3 = d_ + 2 * q_ + z5;                                           \
    } while (0)

QCC_INLINE void qcc_f4x4_output(const int32_t *sums, int8_t *y, int32_t bias, int32_t rows, int32_t cols,
                                int32_t channel, const qcc_conv2d_t *g, const qcc_requantize_t *r,
                                const qcc_factor_t *factor, qcc_finish finish) {
    uint32_t z[6][4];
    for (int32_t i = 0; i < 6; i++, sums += 48) {
        uint32_t z0 = (uint32_t)sums[0], z1 = (uint32_t)sums[8], z2 = (uint32_t)sums[16];
        uint32_t z3 = (uint32_t)sums[24], z4 = (uint32_t)sums[32], z5 = (uint32_t)sums[40];
        z1 += i == 1 ? (uint32_t)bias * 36 : 0;
        QCC_F4X4_OUTPUT(z0, z1, z2, z3, z4, z5);
        z[i][0] = z0, z[i][1] = z1, z[i][2] = z2, z[i][3] = z3;
    }
    for (int32_t c = 0; c < cols; c++, y += g->out_c) {
        uint32_t z0 = z[0][c], z1 = z[1][c], z2 = z[2][c], z3 = z[3][c], z4 = z[4][c], z5 = z[5][c];
        int32_t n = c == 0 ? 3 : c == 1 ? 2 : 1;
        QCC_F4X4_OUTPUT(z0, z1, z2, z3, z4, z5);
        const uint32_t results[4] = {z0, z1, z2, z3};
        QCC_UNROLL(4)
        for (int32_t i = 0; i < rows; i++) {
            int32_t acc = qcc_winograd_times((int32_t)results[i], UINT32_C(0x38E38E39)) /* 1 / 9 modulo 2^32 */
                          >> (n + (i == 0 ? 3 : i == 1 ? 2 : 1));
            y[i * g->out_w * g->out_c] = qcc_winograd_byte(acc, channel, r, factor, finish);
        }
    }
}

QCC_INLINE void qcc_conv2d_f4x4_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                    void *scratch, const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_winograd(x, y, weights, bias, scratch, g, r, 4, qcc_f4x4_input, qcc_f4x4_output);
}

#endif
