/*
 * Mean over a sliding window for a cluster: computes what qcc_avg_pool computes, for channels % 4 == 0, in tiles of
 * tile->rows rows. local: qcc_pool_local bytes.
 *
 * Overlap: none.
 */
#ifndef QCC_AVG_POOL_PULP_H
#define QCC_AVG_POOL_PULP_H

#include "qcc_avg_pool.h"
#include "qcc_pulp_pool.h"

typedef struct {
    qcc_pool_layer_t pool;
    qcc_mean_t mean;
} qcc_avg_pool_layer_t;

QCC_INLINE void qcc_avg_pool_pixel(const int8_t *x, int8_t *y, qcc_window_t rows, qcc_window_t cols,
                                   qcc_share_t channels, const void *layer) {
    const qcc_avg_pool_layer_t *l = layer;
    int32_t count = (rows.end - rows.begin) * (cols.end - cols.begin);
    const qcc_requantize_t r = qcc_mean_of(count, &l->mean);
    for (int32_t c = channels.begin; c < channels.end; c++) {
        y[c] = qcc_requantize(qcc_avg_pool_sum(x + c, rows, cols, &l->pool.g) - count * l->mean.z_in, 0, &r);
    }
}

QCC_INLINE void qcc_avg_pool_tile(int32_t t, const void *layer) {
    qcc_pool_compute(t, layer, qcc_avg_pool_pixel);
}

QCC_INLINE void qcc_avg_pool_pulp(const int8_t *x, int8_t *y, int8_t *local, const qcc_tile_t *tile, const qcc_pool_t *g,
                                  const qcc_mean_t *mean) {
    const qcc_avg_pool_layer_t layer = {qcc_pool_layer(x, y, local, tile, g), *mean};
    qcc_run_tiles(qcc_rows_tiles(&layer.pool.rows), qcc_rows_fetch, 0, qcc_avg_pool_tile, qcc_rows_store, &layer);
}

#endif
