/*
 * Mean over a sliding window as TFLite rounds it; positions outside the image do not count.
 *
 *   y(oy, ox, c) = clamp(sum / count, lo, hi), to nearest, halves away from zero
 *
 * sum and count are over the window's positions inside the image. lo, hi: -128..127. Shapes and overlap: qcc_pool.h.
 */
#ifndef QCC_TFLITE_AVG_POOL_H
#define QCC_TFLITE_AVG_POOL_H

#include "qcc_avg_pool.h"

/* sum / count to nearest, halves away from zero. */
QCC_INLINE int32_t qcc_divide_to_nearest(int32_t sum, int32_t count) {
    return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
}

QCC_INLINE void qcc_tflite_avg_pool(const int8_t *x, int8_t *y, int32_t lo, int32_t hi, const qcc_pool_t *g) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_pool_cols(ox, g);
            int32_t count = (rows.end - rows.begin) * (cols.end - cols.begin);
            for (int32_t c = 0; c < g->channels; c++) {
                int32_t mean = qcc_divide_to_nearest(qcc_avg_pool_sum(x + c, rows, cols, g), count);
                *y++ = (int8_t)qcc_clamp(mean, lo, hi);
            }
        }
    }
}

#endif
