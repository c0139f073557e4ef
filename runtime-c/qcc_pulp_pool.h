/*
 * Pooling for clusters: tiles of rows in L1, every core with pixels and channels of its own. For channels and rows of x in
 * multiples of four bytes.
 */
#ifndef QCC_PULP_POOL_H
#define QCC_PULP_POOL_H

#include "qcc_pool.h"
#include "qcc_pulp.h"
#include "qcc_pulp_rows.h"

/* A layer begins with it. */
typedef struct {
    qcc_rows_t rows;
    qcc_pool_t g;
    int32_t lanes;
} qcc_pool_layer_t;

/* The channels begin..end-1 of a pixel, from its window in x; a multiple of four. */
typedef void qcc_pool_pixel_t(const int8_t *x, int8_t *y, qcc_window_t rows, qcc_window_t cols, qcc_share_t channels,
                              const void *layer);

QCC_INLINE qcc_pool_layer_t qcc_pool_layer(const int8_t *x, int8_t *y, int8_t *local, const qcc_tile_t *tile,
                                           const qcc_pool_t *g) {
    qcc_pool_layer_t layer = {{x, y, local, {g->in_h, g->in_w, g->channels, g->pad_top, 0, g->in_w, 0}, g->out_h,
                               g->out_w * g->channels, g->stride_h, g->kernel_h, tile->rows}, *g, tile->lanes};
    return layer;
}

/* Bytes of L1 for the tiles. */
QCC_INLINE int32_t qcc_pool_local(const qcc_tile_t *tile, const qcc_pool_t *g) {
    const qcc_pool_layer_t layer = qcc_pool_layer(0, 0, 0, tile, g);
    return qcc_rows_local(&layer.rows);
}

/* This core's share of tile t. */
QCC_INLINE void qcc_pool_compute(int32_t t, const void *layer, qcc_pool_pixel_t *pixel) {
    const qcc_pool_layer_t *l = layer;
    const qcc_pool_t *g = &l->g;
    const qcc_tile_rows_t this = qcc_rows_tile(&l->rows, t);
    int32_t lanes = qcc_min(l->lanes, qcc_cores()), core = qcc_core();
    qcc_share_t words = qcc_share(g->channels / 4, core % lanes, lanes), channels = {4 * words.begin, 4 * words.end};
    qcc_share_t pixels = qcc_share(this.count * g->out_w, core / lanes, qcc_cores() / lanes);
    for (int32_t p = pixels.begin; p < pixels.end; p++) {
        qcc_window_t rows = qcc_pool_rows(this.first + p / g->out_w, g), cols = qcc_pool_cols(p % g->out_w, g);
        rows.origin -= this.top;
        pixel(this.x, this.y + p * g->channels, rows, cols, channels, layer);
    }
}

#endif
