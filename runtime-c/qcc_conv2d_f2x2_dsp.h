/*
 * 3x3 convolution of stride 1 by Winograd's F(2x2, 3x3): four ninths of the multiplications, on fewer weights than
 * F(4x4, 3x3) needs. See qcc_dsp_winograd.h.
 *
 * Computes what qcc_conv2d computes, for a 3x3 kernel, stride 1, no dilation, groups == 1, in_c and out_c multiples of
 * four, pads up to 2, and accumulators, with their bias, in -2^29 .. 2^29 - 1.
 *
 *   B^T = [ 1  0 -1  0 ]    G = [ 2  0  0 ]    A^T = [ 1  1  1  0 ]    Y = 4 * acc
 *         [ 0  1  1  0 ]        [ 1  1  1 ]          [ 0  1 -1  1 ]
 *         [ 0 -1  1  0 ]        [ 1 -1  1 ]
 *         [ 0  1  0 -1 ]        [ 0  0 -2 ]
 *
 * x        [in_h][in_w][in_c]        y  [out_h][out_w][out_c]
 * weights  U as qcc_dsp_winograd.h says, int16: 32 * in_c * out_c bytes
 * bias     [out_c]
 * scratch  QCC_WINOGRAD_SCRATCH(in_c, out_w, 2) bytes, disjoint from everything else
 *
 * Overlap: every x row is read once, in ascending order; before rows 2i, 2i+1 of y are written, exactly the x rows up to
 * 2i - pad_top + 3 have been read. y may overlap those.
 */
#ifndef QCC_CONV2D_F2X2_DSP_H
#define QCC_CONV2D_F2X2_DSP_H

#include "qcc_dsp_winograd.h"

/* B^T along one axis, on lanes: d0..d3 become what they are transformed to. */
#define QCC_F2X2_INPUT(d0, d1, d2, d3)      \
    do {                                    \
        d0 = qcc_sub_lanes(d0, d2);         \
        d3 = qcc_sub_lanes(d1, d3);         \
        d2 = qcc_sub_lanes(d2, d1);         \
        d1 = qcc_add_lanes(qcc_add_lanes(d1, d1), d2); \
    } while (0)

QCC_SIMD_LOOP void qcc_f2x2_input(const int8_t *lines, int32_t pitch, qcc_word_t *v, int32_t in_c) {
    uint32_t columns[4][6];
    for (const int8_t *end = lines + in_c; lines != end; lines += 4) {
        QCC_UNROLL(2)
        for (int32_t half = 0; half < 2; half++, v += 2) {
            const int8_t *pixel = lines;
            for (int32_t j = 0; j < 6; j++, pixel += in_c) {
                uint32_t d0 = qcc_winograd_lanes(pixel, half);
                uint32_t d1 = qcc_winograd_lanes(pixel + pitch, half);
                uint32_t d2 = qcc_winograd_lanes(pixel + 2 * pitch, half);
                uint32_t d3 = qcc_winograd_lanes(pixel + 3 * pitch, half);
                QCC_F2X2_INPUT(d0, d1, d2, d3);
                columns[0][j] = d0, columns[1][j] = d1, columns[2][j] = d2, columns[3][j] = d3;
            }
            qcc_word_t *to = v;
            for (int32_t i = 0; i < 4; i++, to += 4 * in_c) {
                for (int32_t t = 0; t < 2; t++) {
                    const uint32_t *row = &columns[i][2 * t];
                    uint32_t d0 = row[0], d1 = row[1], d2 = row[2], d3 = row[3];
                    QCC_F2X2_INPUT(d0, d1, d2, d3);
                    to[t] = d0, to[in_c + t] = d1, to[2 * in_c + t] = d2, to[3 * in_c + t] = d3;
                }
            }
        }
    }
}

/* A^T, modulo 2^32; the bias enters where every output reads it once. */
QCC_INLINE void qcc_f2x2_output(const int32_t *sums, int8_t *y, int32_t bias, int32_t rows, int32_t cols,
                                int32_t channel, const qcc_conv2d_t *g, const qcc_requantize_t *r,
                                const qcc_factor_t *factor, qcc_finish finish) {
    uint32_t z[4][2];
    QCC_UNROLL(4)
    for (int32_t i = 0; i < 4; i++, sums += 32) {
        uint32_t z0 = (uint32_t)sums[0], z1 = (uint32_t)sums[8], z2 = (uint32_t)sums[16], z3 = (uint32_t)sums[24];
        z1 += i == 1 ? (uint32_t)bias * 4 : 0;
        z[i][0] = z0 + z1 + z2;
        z[i][1] = z1 - z2 + z3;
    }
    QCC_UNROLL(2)
    for (int32_t c = 0; c < cols; c++, y += g->out_c) {
        int32_t upper = (int32_t)(z[0][c] + z[1][c] + z[2][c]) >> 2;
        int32_t lower = (int32_t)(z[1][c] - z[2][c] + z[3][c]) >> 2;
        y[0] = qcc_winograd_byte(upper, channel, r, factor, finish);
        if (rows == 2) {
            y[g->out_w * g->out_c] = qcc_winograd_byte(lower, channel, r, factor, finish);
        }
    }
}

QCC_INLINE void qcc_conv2d_f2x2_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                    void *scratch, const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_winograd(x, y, weights, bias, scratch, g, r, 2, qcc_f2x2_input, qcc_f2x2_output);
}

#endif
