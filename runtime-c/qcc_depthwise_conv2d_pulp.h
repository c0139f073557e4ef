/*
 * Depthwise 2-D convolution for a cluster with XpulpV2: tiles of rows in L1, every core with channels and rows of its own.
 *
 * Computes what qcc_depthwise_conv2d computes, for multiplier == 1.
 *
 * local    qcc_depthwise_conv2d_pulp_local bytes of L1, disjoint from everything else
 *
 * Overlap: none; x is read until the last tile.
 */
#ifndef QCC_DEPTHWISE_CONV2D_PULP_H
#define QCC_DEPTHWISE_CONV2D_PULP_H

#include "qcc_depthwise_conv2d.h"
#include "qcc_pulp_rows.h"
#include "qcc_pulp_walk.h"

typedef struct {
    qcc_rows_t rows;
    const int8_t *weights;
    const int32_t *bias;
    qcc_depthwise_conv2d_t g;
    int32_t lanes;
    qcc_requantize_t r;
} qcc_depthwise_layer_t;

QCC_INLINE qcc_rows_t qcc_depthwise_rows(const int8_t *x, int8_t *y, int8_t *local, const qcc_depthwise_conv2d_t *g,
                                         const qcc_tile_t *tile) {
    int32_t extent = (g->kernel_w - 1) * g->dilation_w + 1;
    qcc_rows_t rows = {x, y, local,
                       {g->in_h, g->in_w, g->in_c, g->pad_top, g->pad_left,
                        QCC_TILE_COLUMNS(g->in_w, g->out_w, extent, g->stride_w, g->pad_left), g->in_zero},
                       g->out_h, g->out_w * g->in_c, g->stride_h, (g->kernel_h - 1) * g->dilation_h + 1, tile->rows};
    return rows;
}

/* What stands in L1 behind the tiles. */
typedef struct {
    int8_t *channels; /* the factors of all of them */
    int8_t *weights;
} qcc_depthwise_local_t;

QCC_INLINE qcc_depthwise_local_t qcc_depthwise_local(const qcc_depthwise_layer_t *l) {
    qcc_depthwise_local_t local;
    local.channels = l->rows.local + qcc_rows_local(&l->rows);
    local.weights = local.channels + QCC_TILE_CHANNELS_LOCAL(qcc_round_up4(l->g.in_c));
    return local;
}

QCC_INLINE int32_t qcc_depthwise_conv2d_pulp_local(const qcc_depthwise_conv2d_t *g, const qcc_tile_t *tile) {
    const qcc_rows_t rows = qcc_depthwise_rows(0, 0, 0, g, tile);
    return qcc_rows_local(&rows) + QCC_TILE_CHANNELS_LOCAL(qcc_round_up4(g->in_c))
           + qcc_round_up4(g->kernel_h * g->kernel_w * g->in_c);
}

QCC_INLINE void qcc_depthwise_fetch(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_depthwise_layer_t *l = layer;
    const qcc_depthwise_local_t local = qcc_depthwise_local(l);
    if (t == 0) {
        qcc_tile_fetch_channels(dma, local.channels, qcc_round_up4(l->g.in_c), l->bias, 0, l->g.in_c, l->g.in_c, &l->r);
        qcc_dma_fetch(dma, local.weights, l->weights, l->g.kernel_h * l->g.kernel_w * l->g.in_c);
    }
    qcc_rows_fetch(dma, t, layer);
}

/* A row of the output for any window; r is that of the channel. */
QCC_INLINE void qcc_depthwise_row(const int8_t *x, int8_t *y, const int8_t *w, int32_t bias, int32_t pitch,
                                  const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    int32_t step = g->in_c;
    for (int32_t ox = 0; ox < g->out_w; ox++, x += g->stride_w * step, y += step) {
        int32_t acc = bias;
        const int8_t *tap = w;
        for (int32_t kh = 0; kh < g->kernel_h; kh++) {
            const int8_t *p = x + kh * g->dilation_h * pitch;
            for (int32_t kw = 0; kw < g->kernel_w; kw++) {
                int32_t weight = qcc_pulp_next_byte(&tap, step);
                acc = qcc_pulp_mac(acc, qcc_pulp_next_byte(&p, g->dilation_w * step), weight);
            }
        }
        *y = qcc_requantize(acc, 0, r);
    }
}

QCC_INLINE int qcc_depthwise_is_3x3(const qcc_depthwise_conv2d_t *g) {
    return g->kernel_h == 3 && g->kernel_w == 3 && g->dilation_h == 1 && g->dilation_w == 1 && g->stride_h <= 2
           && g->stride_w <= 2;
}

/* This core's share of tile t: walks along rows, or where the tile is higher than wide down its columns. */
QCC_INLINE void qcc_depthwise_compute(int32_t t, const void *layer) {
    const qcc_depthwise_layer_t *l = layer;
    const qcc_depthwise_conv2d_t *g = &l->g;
    const qcc_tile_rows_t this = qcc_rows_tile(&l->rows, t);
    const qcc_depthwise_local_t local = qcc_depthwise_local(l);
    const qcc_tile_channels_t channels = qcc_tile_channels(local.channels, qcc_round_up4(g->in_c), &l->r);
    int32_t lanes = qcc_min(l->lanes, qcc_cores()), core = qcc_core(), pitch = qcc_tile_pitch(&l->rows.image);
    int is_3x3 = qcc_depthwise_is_3x3(g), down = is_3x3 && l->rows.rows > g->out_w;
    const qcc_walk_t walk = {down ? pitch : g->in_c, down ? g->in_c : pitch, (down ? 3 : 1) * g->in_c,
                             (down ? 1 : 3) * g->in_c, down ? g->stride_h : g->stride_w, down ? l->rows.line : g->in_c};
    int32_t x_across = down ? g->stride_w * g->in_c : g->stride_h * pitch, y_across = down ? g->in_c : l->rows.line;
    qcc_share_t mine = qcc_share(g->in_c, core % lanes, lanes);
    qcc_share_t walks = qcc_share(down ? g->out_w : this.count, core / lanes, qcc_cores() / lanes);
    for (int32_t c = mine.begin; c < mine.end; c++) {
        const qcc_requantize_t r = qcc_requantize_of(c, &channels.r);
        const int8_t *w = local.weights + c, *x = this.x + walks.begin * x_across + c;
        int8_t *y = this.y + walks.begin * y_across + c;
        const qcc_columns_t columns = is_3x3 ? qcc_weight_columns(w, channels.bias[c], &walk) : (qcc_columns_t){0, 0, 0, 0};
        for (int32_t i = walks.begin; i < walks.end; i++, x += x_across, y += y_across) {
            if (is_3x3) {
                qcc_walk(x, y, down ? this.count : g->out_w, &columns, &walk, &r);
            } else {
                qcc_depthwise_row(x, y, w, channels.bias[c], pitch, g, &r);
            }
        }
    }
}

QCC_INLINE void qcc_depthwise_conv2d_pulp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                          int8_t *local, const qcc_depthwise_conv2d_t *g, const qcc_tile_t *tile,
                                          const qcc_requantize_t *r) {
    const qcc_depthwise_layer_t layer = {qcc_depthwise_rows(x, y, local, g, tile), weights, bias, *g, tile->lanes, *r};
    qcc_run_tiles(qcc_rows_tiles(&layer.rows), qcc_depthwise_fetch, qcc_rows_pad,
                  qcc_depthwise_compute, qcc_rows_store, &layer);
}

#endif
