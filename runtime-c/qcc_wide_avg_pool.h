/*
 * Mean over a sliding window of int8 or int16 values; positions outside the image do not count.
 *
 *   y(oy, ox, c) = clamp(z_out + (((sum - count * z_in) * 2^left * m + 2^31) >> 32), lo, hi)
 *
 * sum and count are over the window's positions inside the image; m holds scale_in / (scale_out * count):
 * multiplier[count - 1], or multiplier_all where `multiplier` is NULL (all windows have the same count).
 * left: 0..31; the compiler has proven that (sum - count * z_in) * 2^left fits int32_t.
 * z_in, z_out: zero points, 0 for int16. lo, hi: in the range of y's bits. Shapes: qcc_pool.h. Overlap: none.
 */
#ifndef QCC_WIDE_AVG_POOL_H
#define QCC_WIDE_AVG_POOL_H

#include "qcc_avg_pool.h"
#include "qcc_wide.h"

QCC_INLINE void qcc_wide_avg_pool(const void *x, void *y, const qcc_pool_t *g, const qcc_mean_t *mean, int32_t in_bits,
                                  int32_t out_bits) {
    int32_t place = 0;
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_pool_cols(ox, g);
            int32_t count = (rows.end - rows.begin) * (cols.end - cols.begin);
            const qcc_requantize_t r = qcc_mean_of(count, mean);
            for (int32_t c = 0; c < g->channels; c++, place++) {
                int32_t sum = -count * mean->z_in;
                for (int32_t kh = rows.begin; kh < rows.end; kh++) {
                    int32_t row = (rows.origin + kh) * g->in_w + cols.origin;
                    for (int32_t kw = cols.begin; kw < cols.end; kw++) {
                        sum += qcc_wide_load(x, (row + kw) * g->channels + c, in_bits);
                    }
                }
                qcc_wide_store(y, place, qcc_requantize_wide(sum, 0, &r), out_bits);
            }
        }
    }
}

#endif
