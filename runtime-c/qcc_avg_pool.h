/*
 * Mean over a sliding window; positions outside the image do not count. With the image as the window: global pooling.
 *
 *   y(oy, ox, c) = clamp(z_out + (((sum - count * z_in) * 2^left * m + 2^31) >> 32), lo, hi)
 *
 * sum and count are over the window's positions inside the image; m holds scale_in / (scale_out * count):
 * multiplier[count - 1], or multiplier_all where `multiplier` is NULL (all windows have the same count).
 * left: 0..31, and (sum - count * z_in) * 2^left fits int32_t (the compiler has proven it).
 * z_in, z_out, lo, hi: -128..127. Shapes and overlap: qcc_pool.h.
 */
#ifndef QCC_AVG_POOL_H
#define QCC_AVG_POOL_H

#include "qcc_pool.h"
#include "qcc_requantize.h"

typedef struct {
    const int32_t *multiplier; /* [largest count] or NULL */
    int32_t multiplier_all;
    int32_t left;
    int32_t z_in, z_out;
    int32_t lo, hi;
} qcc_mean_t;

/* From the sum of so many differences to the output. */
QCC_INLINE qcc_requantize_t qcc_mean_of(int32_t count, const qcc_mean_t *mean) {
    const qcc_requantize_t r = {
        .rule = QCC_MULTIPLY,
        .multiplier_all = mean->multiplier ? mean->multiplier[count - 1] : mean->multiplier_all,
        .left = mean->left,
        .zero = mean->z_out,
        .lo = mean->lo,
        .hi = mean->hi,
    };
    return r;
}

/* The sum of one channel; x starts at the channel. */
QCC_INLINE int32_t qcc_avg_pool_sum(const int8_t *x, qcc_window_t rows, qcc_window_t cols, const qcc_pool_t *g) {
    int32_t sum = 0;
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *p = qcc_pool_row(x, kh, rows, cols, g);
        QCC_FOR_UNROLLED(i, cols.end - cols.begin, sum += p[i * g->channels]);
    }
    return sum;
}

QCC_INLINE void qcc_avg_pool(const int8_t *x, int8_t *y, const qcc_pool_t *g, const qcc_mean_t *mean) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_window_t rows = qcc_pool_rows(oy, g);
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            qcc_window_t cols = qcc_pool_cols(ox, g);
            int32_t count = (rows.end - rows.begin) * (cols.end - cols.begin);
            const qcc_requantize_t r = qcc_mean_of(count, mean);
            for (int32_t c = 0; c < g->channels; c++) {
                *y++ = qcc_requantize(qcc_avg_pool_sum(x + c, rows, cols, g) - count * mean->z_in, 0, &r);
            }
        }
    }
}

#endif
