/*
 * Mean over a sliding window for cores with the Arm DSP extension: four channels at a time, summed in int16.
 *
 * Computes what qcc_avg_pool computes, for a multiple of four channels and windows of at most 255 positions; overlap
 * as there.
 */
#ifndef QCC_AVG_POOL_DSP_H
#define QCC_AVG_POOL_DSP_H

#include "qcc_avg_pool.h"
#include "qcc_dsp.h"

/* The sums of four channels, the even ones and the odd ones; x starts at the first of them. */
QCC_INLINE qcc_word_pair qcc_avg_pool_dsp_sums(const int8_t *x, qcc_window_t rows, qcc_window_t cols,
                                               const qcc_pool_t *g) {
    qcc_word_pair sums = {0, 0};
    QCC_UNROLL(3)
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *p = qcc_pool_row(x, kh, rows, cols, g);
        QCC_UNROLL(4)
        for (int32_t kw = cols.begin; kw < cols.end; kw++, p += g->channels) {
            uint32_t bytes = qcc_load32(p);
            sums.first = qcc_add_even(sums.first, bytes);
            sums.second = qcc_add_odd(sums.second, bytes);
        }
    }
    return sums;
}

/* All channels of one output pixel. */
QCC_INLINE void qcc_avg_pool_dsp_pixel(const int8_t *x, int8_t *y, qcc_window_t rows, qcc_window_t cols,
                                       const qcc_pool_t *g, const qcc_mean_t *mean) {
    int32_t count = (rows.end - rows.begin) * (cols.end - cols.begin);
    int32_t zeros = count * mean->z_in;
    const qcc_requantize_t r = qcc_mean_of(count, mean);
    for (int32_t c = 0; c < g->channels; c += 4) {
        qcc_word_pair sums = qcc_avg_pool_dsp_sums(x + c, rows, cols, g);
        y[c] = qcc_requantize(qcc_low(sums.first) - zeros, 0, &r);
        y[c + 1] = qcc_requantize(qcc_low(sums.second) - zeros, 0, &r);
        y[c + 2] = qcc_requantize(qcc_high(sums.first) - zeros, 0, &r);
        y[c + 3] = qcc_requantize(qcc_high(sums.second) - zeros, 0, &r);
    }
}

QCC_INLINE void qcc_avg_pool_dsp(const int8_t *x, int8_t *y, const qcc_pool_t *g, const qcc_mean_t *mean) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++, y += g->channels) {
            qcc_avg_pool_dsp_pixel(x, y, rows, qcc_pool_cols(ox, g), g, mean);
        }
    }
}

#endif
