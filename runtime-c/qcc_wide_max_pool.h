/*
 * Maximum over a sliding window of int16 values; positions outside the image are ignored.
 *
 *   y(oy, ox, c) = clamp(max of x over the window's positions inside the image, lo, hi)
 *
 * x and y are int16 of one scale; lo, hi: -32768..32767. Shapes: qcc_pool.h. Overlap: none.
 */
#ifndef QCC_WIDE_MAX_POOL_H
#define QCC_WIDE_MAX_POOL_H

#include "qcc_pool.h"
#include "qcc_wide.h"

QCC_INLINE void qcc_wide_max_pool(const void *x, void *y, int32_t lo, int32_t hi, const qcc_pool_t *g) {
    int32_t place = 0;
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_pool_cols(ox, g);
            for (int32_t c = 0; c < g->channels; c++, place++) {
                int32_t max = INT16_MIN;
                for (int32_t kh = rows.begin; kh < rows.end; kh++) {
                    int32_t row = (rows.origin + kh) * g->in_w + cols.origin;
                    for (int32_t kw = cols.begin; kw < cols.end; kw++) {
                        max = qcc_max(max, qcc_wide_load(x, (row + kw) * g->channels + c, 16));
                    }
                }
                qcc_wide_store(y, place, qcc_clamp(max, lo, hi), 16);
            }
        }
    }
}

#endif
