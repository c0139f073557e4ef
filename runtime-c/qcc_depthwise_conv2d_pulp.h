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
#include "qcc_pulp.h"
#include "qcc_pulp_rows.h"

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

/* Sums are computed three at a time. */
#define QCC_DEPTHWISE_LONGEST(sums) (((sums) + 2) / 3 * 3)

/* What stands in L1 behind the tiles. */
typedef struct {
    int8_t *channels; /* the factors of all of them */
    int8_t *weights;
    int32_t *sums;    /* for each core, those of a walk; behind them is nothing */
    int32_t longest;  /* sums of a walk */
} qcc_depthwise_local_t;

QCC_INLINE qcc_depthwise_local_t qcc_depthwise_local(const qcc_depthwise_layer_t *l) {
    qcc_depthwise_local_t local;
    local.channels = l->rows.local + qcc_rows_local(&l->rows);
    local.weights = local.channels + QCC_TILE_CHANNELS_LOCAL(qcc_round_up4(l->g.in_c));
    local.sums = (int32_t *)(void *)(local.weights + qcc_round_up4(l->g.kernel_h * l->g.kernel_w * l->g.in_c));
    local.longest = QCC_DEPTHWISE_LONGEST(qcc_max(l->rows.rows, l->g.out_w));
    return local;
}

QCC_INLINE int32_t qcc_depthwise_conv2d_pulp_local(const qcc_depthwise_conv2d_t *g, const qcc_tile_t *tile) {
    const qcc_rows_t rows = qcc_depthwise_rows(0, 0, 0, g, tile);
    return qcc_rows_local(&rows) + QCC_TILE_CHANNELS_LOCAL(qcc_round_up4(g->in_c))
           + qcc_round_up4(g->kernel_h * g->kernel_w * g->in_c)
           + 4 * QCC_CORES * QCC_DEPTHWISE_LONGEST(qcc_max(tile->rows, g->out_w));
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

/* A walk along a row of 3x3 windows, or down a column of them: then "rows" are columns, and the other way round. */
typedef struct {
    int32_t step, pitch;     /* bytes of x from column to column, and from row to row */
    int32_t w_step, w_pitch; /* the same of the weights */
    int32_t stride;          /* columns between two windows, 1 or 2 */
} qcc_walk_t;

/* The weights of a channel: a word for each column, its rows from byte 0 on, 0 in byte 3. */
typedef struct {
    uint32_t left, middle, right;
} qcc_columns_t;

QCC_INLINE uint32_t qcc_weight_column(const int8_t *w, int32_t pitch) {
    uint32_t column = (uint32_t)(uint8_t)w[0];
    return qcc_pulp_with_byte_2(qcc_pulp_with_byte_1(column, w[pitch]), w[2 * pitch]);
}

QCC_INLINE qcc_columns_t qcc_weight_columns(const int8_t *w, const qcc_walk_t *walk) {
    qcc_columns_t columns = {qcc_weight_column(w, walk->w_pitch), qcc_weight_column(w + walk->w_step, walk->w_pitch),
                             qcc_weight_column(w + 2 * walk->w_step, walk->w_pitch)};
    return columns;
}

/* The next column of x; byte 3 is anything. */
QCC_INLINE uint32_t qcc_next_column(const int8_t **top, const int8_t **middle, const int8_t **bottom, int32_t step) {
    int32_t first = qcc_pulp_next_byte(top, step), second = qcc_pulp_next_byte(middle, step);
    int32_t third = qcc_pulp_next_byte(bottom, step);
    return qcc_pulp_with_byte_2(qcc_pulp_with_byte_1((uint32_t)first, second), third);
}

/*
 * The n sums of a channel. Every column is read once: it adds to the windows that it belongs to. Functions of their own,
 * so that all they work with stays in registers.
 */
QCC_SHARED void qcc_depthwise_sums_by_1(const int8_t *x, int32_t pitch, int32_t step, qcc_columns_t w, int32_t bias,
                                        int32_t *sums, int32_t n) {
    const int8_t *top = x, *middle = x + pitch, *bottom = x + 2 * pitch;
    uint32_t c = qcc_next_column(&top, &middle, &bottom, step);
    int32_t first = qcc_pulp_dot(bias, c, w.left), second, third;
    c = qcc_next_column(&top, &middle, &bottom, step);
    second = qcc_pulp_dot(bias, c, w.left);
    first = qcc_pulp_dot(first, c, w.middle);
    for (const int32_t *end = sums + n; sums < end; sums += 3) { /* the names change places: no moves */
        c = qcc_next_column(&top, &middle, &bottom, step);
        sums[0] = qcc_pulp_dot(first, c, w.right);
        third = qcc_pulp_dot(bias, c, w.left);
        second = qcc_pulp_dot(second, c, w.middle);
        c = qcc_next_column(&top, &middle, &bottom, step);
        sums[1] = qcc_pulp_dot(second, c, w.right);
        first = qcc_pulp_dot(bias, c, w.left);
        third = qcc_pulp_dot(third, c, w.middle);
        c = qcc_next_column(&top, &middle, &bottom, step);
        sums[2] = qcc_pulp_dot(third, c, w.right);
        second = qcc_pulp_dot(bias, c, w.left);
        first = qcc_pulp_dot(first, c, w.middle);
    }
}

QCC_SHARED void qcc_depthwise_sums_by_2(const int8_t *x, int32_t pitch, int32_t step, qcc_columns_t w, int32_t bias,
                                        int32_t *sums, int32_t n) {
    const int8_t *top = x, *middle = x + pitch, *bottom = x + 2 * pitch;
    uint32_t c = qcc_next_column(&top, &middle, &bottom, step);
    for (const int32_t *end = sums + n; sums != end; sums++) {
        int32_t sum = qcc_pulp_dot(bias, c, w.left);
        c = qcc_next_column(&top, &middle, &bottom, step);
        sum = qcc_pulp_dot(sum, c, w.middle);
        c = qcc_next_column(&top, &middle, &bottom, step);
        *sums = qcc_pulp_dot(sum, c, w.right);
    }
}

/* The same for any window. */
QCC_INLINE void qcc_depthwise_sums(const int8_t *x, const int8_t *w, int32_t bias, int32_t *sums, int32_t pitch,
                                   const qcc_depthwise_conv2d_t *g) {
    int32_t step = g->in_c;
    for (int32_t ox = 0; ox < g->out_w; ox++, x += g->stride_w * step) {
        int32_t acc = bias;
        const int8_t *tap = w;
        for (int32_t kh = 0; kh < g->kernel_h; kh++) {
            const int8_t *p = x + kh * g->dilation_h * pitch;
            for (int32_t kw = 0; kw < g->kernel_w; kw++) {
                int32_t weight = qcc_pulp_next_byte(&tap, step);
                acc = qcc_pulp_mac(acc, qcc_pulp_next_byte(&p, g->dilation_w * step), weight);
            }
        }
        sums[ox] = acc;
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
    int32_t *sums = local.sums + core * local.longest;
    int is_3x3 = qcc_depthwise_is_3x3(g), down = is_3x3 && l->rows.rows > g->out_w;
    const qcc_walk_t walk = {down ? pitch : g->in_c, down ? g->in_c : pitch, (down ? 3 : 1) * g->in_c,
                             (down ? 1 : 3) * g->in_c, down ? g->stride_h : g->stride_w};
    int32_t x_across = down ? g->stride_w * g->in_c : g->stride_h * pitch, y_across = down ? g->in_c : l->rows.line;
    int32_t y_along = down ? l->rows.line : g->in_c, along = down ? this.count : g->out_w;
    qcc_share_t mine = qcc_share(g->in_c, core % lanes, lanes);
    qcc_share_t walks = qcc_share(down ? g->out_w : this.count, core / lanes, qcc_cores() / lanes);
    for (int32_t c = mine.begin; c < mine.end; c++) {
        const qcc_requantize_t r = qcc_requantize_of(c, &channels.r);
        int32_t bias = channels.bias[c];
        const qcc_columns_t w = is_3x3 ? qcc_weight_columns(local.weights + c, &walk) : (qcc_columns_t){0, 0, 0};
        for (int32_t i = walks.begin; i < walks.end; i++) {
            const int8_t *x = this.x + i * x_across + c;
            int8_t *y = this.y + i * y_across + c;
            if (is_3x3 && walk.stride == 1) {
                qcc_depthwise_sums_by_1(x, walk.pitch, walk.step, w, bias, sums, along);
            } else if (is_3x3) {
                qcc_depthwise_sums_by_2(x, walk.pitch, walk.step, w, bias, sums, along);
            } else {
                qcc_depthwise_sums(x, local.weights + c, bias, sums, pitch, g);
            }
            QCC_UNROLL(4)
            for (int32_t k = 0; k < along; k++, y += y_along) {
                *y = qcc_requantize(sums[k], 0, &r);
            }
        }
    }
}

QCC_INLINE void qcc_depthwise_conv2d_pulp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                          int8_t *local, const qcc_depthwise_conv2d_t *g, const qcc_tile_t *tile,
                                          const qcc_requantize_t *r) {
    const qcc_depthwise_layer_t layer = {qcc_depthwise_rows(x, y, local, g, tile), weights, bias, *g, tile->lanes, *r};
    qcc_rows_margins(&layer.rows);
    qcc_run_tiles(qcc_rows_tiles(&layer.rows), qcc_depthwise_fetch, qcc_depthwise_compute, qcc_rows_store, &layer);
}

#endif
