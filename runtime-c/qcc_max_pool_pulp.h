/*
 * Maximum over a sliding window for a cluster with XpulpV2, four channels at a time: computes what qcc_max_pool computes,
 * for channels % 4 == 0, in tiles of tile->rows rows. local: qcc_pool_local bytes.
 *
 * Overlap: none.
 */
#ifndef QCC_MAX_POOL_PULP_H
#define QCC_MAX_POOL_PULP_H

#include "qcc_pulp_pool.h"

typedef struct {
    qcc_pool_layer_t pool;
    int32_t lo, hi;
} qcc_max_pool_layer_t;

QCC_INLINE void qcc_max_pool_pixel(const int8_t *x, int8_t *y, qcc_window_t rows, qcc_window_t cols,
                                   qcc_share_t channels, const void *layer) {
    const qcc_max_pool_layer_t *l = layer;
    int32_t pitch = l->pool.g.channels;
    for (int32_t c = channels.begin; c < channels.end; c += 4) {
        uint32_t max = qcc_pulp_splat(l->lo);
        for (int32_t kh = rows.begin; kh < rows.end; kh++) {
            const int8_t *p = qcc_pool_row(x + c, kh, rows, cols, &l->pool.g);
            for (int32_t kw = cols.begin; kw < cols.end; kw++, p += pitch) {
                max = qcc_pulp_max(max, *(const qcc_word_t *)(const void *)p);
            }
        }
        *(qcc_word_t *)(void *)(y + c) = l->hi == 127 ? max : qcc_pulp_min(max, qcc_pulp_splat(l->hi));
    }
}

QCC_INLINE void qcc_max_pool_tile(int32_t t, const void *layer) {
    qcc_pool_compute(t, layer, qcc_max_pool_pixel);
}

QCC_INLINE void qcc_max_pool_pulp(const int8_t *x, int8_t *y, int8_t *local, const qcc_tile_t *tile, int32_t lo,
                                  int32_t hi, const qcc_pool_t *g) {
    const qcc_max_pool_layer_t layer = {qcc_pool_layer(x, y, local, tile, g), lo, hi};
    qcc_run_tiles(qcc_rows_tiles(&layer.pool.rows), qcc_rows_fetch, 0, qcc_max_pool_tile, qcc_rows_store, &layer);
}

#endif
