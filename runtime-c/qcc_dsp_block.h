/*
 * The register-blocked inner products of the DSP kernels, and how their weights are packed.
 *
 * K = number of products per output (kernel_h * kernel_w * in_c, or in), in the order (kh, kw, ic).
 * K4 = K rounded up to a multiple of four; the products that this adds have weight zero.
 * A quad is four consecutive k: 4q, 4q+1, 4q+2, 4q+3. SXTB16 takes every second byte of a word apart,
 * so quads are stored as the pairs (4q, 4q+2) and (4q+1, 4q+3).
 *
 * PACKED WEIGHTS, bytes. The rows (output channels) are padded with zero rows to a multiple of four.
 * For each block of four rows r0..r3, for each quad q = 0 .. K4/4-1, sixteen bytes:
 *
 *     byte  0.. 3   r0[4q]    r1[4q]    r0[4q+2]  r1[4q+2]
 *     byte  4.. 7   r2[4q]    r3[4q]    r2[4q+2]  r3[4q+2]
 *     byte  8..11   r0[4q+1]  r1[4q+1]  r0[4q+3]  r1[4q+3]
 *     byte 12..15   r2[4q+1]  r3[4q+1]  r2[4q+3]  r3[4q+3]
 *
 * that is: row r, product k stands at byte
 *     (r / 4) * 4 * K4  +  (k / 4) * 16  +  (k % 2) * 8  +  (r % 4) / 2 * 4  +  (k % 4) / 2 * 2  +  r % 2
 * The whole array holds round_up4(rows) * K4 bytes. The bias array holds round_up4(rows) values.
 */
#ifndef QCC_DSP_BLOCK_H
#define QCC_DSP_BLOCK_H

#include "qcc_dsp_patch.h"
#include "qcc_requantize.h"

/*
 * Two lanes of each of two pixels times the pairs of four rows; a0..a3: sums of the first pixel, b0..b3: of the second.
 * mac: qcc_mac_lanes in loops, qcc_sum_lanes in straight code.
 */
#define QCC_STEP_4X2(mac, w, x)                                          \
    do {                                                                 \
        const qcc_word_pair x_ = x;                                      \
        uint32_t rows_ = qcc_next_word(&w), odd_ = qcc_widen_odd(rows_); \
        rows_ = qcc_widen_even(rows_);                                   \
        a0 = mac(rows_, x_.first, a0);                                   \
        b0 = mac(rows_, x_.second, b0);                                  \
        a1 = mac(odd_, x_.first, a1);                                    \
        b1 = mac(odd_, x_.second, b1);                                   \
        QCC_LOAD_FENCE();                                                \
        rows_ = qcc_next_word(&w), odd_ = qcc_widen_odd(rows_);          \
        rows_ = qcc_widen_even(rows_);                                   \
        a2 = mac(rows_, x_.first, a2);                                   \
        b2 = mac(rows_, x_.second, b2);                                  \
        a3 = mac(odd_, x_.first, a3);                                    \
        b3 = mac(odd_, x_.second, b3);                                   \
    } while (0)

/* acc[i] = bias[i] + row i . pixel 0, acc[4 + i] = bias[i] + row i . pixel 1, for the four rows at w. */
QCC_SIMD_LOOP void qcc_block_4x2(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads,
                                 const int32_t *bias, int32_t *acc) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
    for (const qcc_word_t *stop = w + quads / 4 * 16; w != stop;) {
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
    }
    for (const qcc_word_t *stop = w + quads % 4 * 4; w != stop;) {
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_mac_lanes, w, qcc_next_pair(&patch));
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

/* The same as straight code of the caller, for at most QCC_SHORT_QUADS quads: no call, and all in registers. */
enum { QCC_SHORT_QUADS = 4 };
QCC_INLINE void qcc_short_block_4x2(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads,
                                    const int32_t *bias, int32_t *acc) {
    QCC_FREE_REGISTERS();
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    int32_t b0 = a0, b1 = a1, b2 = a2, b3 = a3;
    QCC_UNROLL(4)
    for (int32_t q = 0; q < quads; q++) {
        QCC_STEP_4X2(qcc_sum_lanes, w, qcc_next_pair(&patch));
        QCC_STEP_4X2(qcc_sum_lanes, w, qcc_next_pair(&patch));
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

/* The outputs o .. o+3 of the first `pixels` (1 or 2) pixels, as far as they exist; y: where o stands in the first. */
QCC_INLINE void qcc_put_block(const int32_t *acc, int8_t *y, int32_t o, int32_t pixels, int32_t out_c,
                              const qcc_requantize_t *r) {
    int32_t rows = out_c % 4 == 0 ? 4 : qcc_min(4, out_c - o);
    QCC_UNROLL(4)
    for (int32_t i = 0; i < rows; i++) {
        y[i] = qcc_requantize(acc[i], o + i, r);
        if (pixels == 2) {
            y[out_c + i] = qcc_requantize(acc[4 + i], o + i, r);
        }
    }
}

/* One quad of one pixel times four rows. */
#define QCC_QUAD_4X1(w, patch)                                              \
    do {                                                                    \
        qcc_word_pair x_ = qcc_next_pair(&patch);                           \
        qcc_word_pair rows_ = qcc_next_pair(&w);                            \
        a0 = qcc_mac_lanes(qcc_widen_even(rows_.first), x_.first, a0);      \
        a1 = qcc_mac_lanes(qcc_widen_odd(rows_.first), x_.first, a1);       \
        a2 = qcc_mac_lanes(qcc_widen_even(rows_.second), x_.first, a2);     \
        a3 = qcc_mac_lanes(qcc_widen_odd(rows_.second), x_.first, a3);      \
        rows_ = qcc_next_pair(&w);                                          \
        a0 = qcc_mac_lanes(qcc_widen_even(rows_.first), x_.second, a0);     \
        a1 = qcc_mac_lanes(qcc_widen_odd(rows_.first), x_.second, a1);      \
        a2 = qcc_mac_lanes(qcc_widen_even(rows_.second), x_.second, a2);    \
        a3 = qcc_mac_lanes(qcc_widen_odd(rows_.second), x_.second, a3);     \
    } while (0)

/* acc[i] = bias[i] + row i . pixel, for the four rows at w. */
QCC_SIMD_LOOP void qcc_block_4x1(const qcc_word_t *w, const qcc_word_t *patch, int32_t quads,
                                 const int32_t *bias, int32_t *acc) {
    int32_t a0 = bias[0], a1 = bias[1], a2 = bias[2], a3 = bias[3];
    for (; quads >= 4; quads -= 4) {
        QCC_QUAD_4X1(w, patch);
        QCC_QUAD_4X1(w, patch);
        QCC_QUAD_4X1(w, patch);
        QCC_QUAD_4X1(w, patch);
    }
    for (; quads > 0; quads--) {
        QCC_QUAD_4X1(w, patch);
    }
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
}

#endif
