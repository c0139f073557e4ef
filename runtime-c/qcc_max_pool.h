/*
 * Maximum over a sliding window; positions outside the image are ignored.
 *
 *   y(oy, ox, c) = clamp(max of x over the window's positions inside the image, lo, hi)
 *
 * lo, hi: -128..127. Shapes and overlap: qcc_pool.h. Input and output share one scale and zero point.
 */
#ifndef QCC_MAX_POOL_H
#define QCC_MAX_POOL_H

#include "qcc_pool.h"

/* The maximum of one channel; x starts at the channel. */
QCC_INLINE int32_t qcc_max_pool_window(const int8_t *x, qcc_window_t rows, qcc_window_t cols, const qcc_pool_t *g) {
    int32_t max = INT8_MIN;
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *p = qcc_pool_row(x, kh, rows, cols, g);
        for (int32_t kw = cols.begin; kw < cols.end; kw++, p += g->channels) {
            max = qcc_max(max, *p);
        }
    }
    return max;
}

QCC_INLINE void qcc_max_pool(const int8_t *x, int8_t *y, int32_t lo, int32_t hi, const qcc_pool_t *g) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_pool_cols(ox, g);
            for (int32_t c = 0; c < g->channels; c++) {
                *y++ = (int8_t)qcc_saturate(qcc_max_pool_window(x + c, rows, cols, g), lo, hi);
            }
        }
    }
}

#endif
