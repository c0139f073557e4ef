/*
 * Maximum over a sliding window for cores with the Arm DSP extension: four channels at a time.
 *
 * Computes what qcc_max_pool computes, for a multiple of four channels; overlap as there.
 */
#ifndef QCC_MAX_POOL_DSP_H
#define QCC_MAX_POOL_DSP_H

#include "qcc_dsp.h"
#include "qcc_pool.h"

/* A value of -128..127 in all four bytes. */
QCC_INLINE uint32_t qcc_four_bytes(int32_t value) {
    return (uint32_t)(uint8_t)value * UINT32_C(0x01010101);
}

/* The maximum of four channels; x starts at the first of them. */
QCC_INLINE uint32_t qcc_max_pool_dsp_window(const int8_t *x, qcc_window_t rows, qcc_window_t cols,
                                            const qcc_pool_t *g) {
    uint32_t max = qcc_four_bytes(INT8_MIN);
    QCC_UNROLL(3)
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *p = qcc_pool_row(x, kh, rows, cols, g);
        QCC_UNROLL(3)
        for (int32_t kw = cols.begin; kw < cols.end; kw++, p += g->channels) {
            max = qcc_max_bytes(max, qcc_load32(p));
        }
    }
    return max;
}

QCC_INLINE void qcc_max_pool_dsp(const int8_t *x, int8_t *y, int32_t lo, int32_t hi, const qcc_pool_t *g) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_pool_cols(ox, g);
            for (int32_t c = 0; c < g->channels; c += 4, y += 4) {
                uint32_t max = qcc_max_pool_dsp_window(x + c, rows, cols, g);
                if (lo > INT8_MIN) {
                    max = qcc_max_bytes(max, qcc_four_bytes(lo));
                }
                if (hi < INT8_MAX) {
                    max = qcc_min_bytes(max, qcc_four_bytes(hi));
                }
                qcc_store32(y, max);
            }
        }
    }
}

#endif
