/*
 * 2-D convolution for a cluster with XpulpV2: tiles in L1, four output channels times two pixels at a time.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and dilation_w == 1.
 *
 * weights  packed offline as qcc_pulp.h says: rows = output channels, runs = kernel_h, run = kernel_w * in_c
 * bias     [round_up4(out_c)], the added values are not used (write 0)
 * local    QCC_CONV2D_PULP_LOCAL bytes of L1, disjoint from everything else
 *
 * Every core of the team calls it. While a tile is computed the next one is fetched; of the tiles with the same channels
 * one after the other, so that weights are fetched once.
 *
 * Overlap: none; x is read until the last tile.
 */
#ifndef QCC_CONV2D_PULP_H
#define QCC_CONV2D_PULP_H

#include "qcc_conv2d.h"
#include "qcc_pulp.h"
#include "qcc_pulp_tile.h"

/* Where things are in L1; sizes are of one buffer, counts 1 or 2. */
typedef struct {
    int32_t across, down;   /* tiles */
    int32_t in_rows, x_size, x_count;
    int32_t row_size;       /* of the packed weights of one channel */
    int32_t w_size, w_count;
    int32_t y_size, y_count;
} qcc_conv2d_tiles_t;

QCC_INLINE qcc_image_t qcc_conv2d_image(const qcc_conv2d_t *g) {
    qcc_image_t image = {g->in_h, g->in_w, g->in_c, g->pad_top, g->pad_left,
                         QCC_TILE_COLUMNS(g->in_w, g->out_w, g->kernel_w, g->stride_w, g->pad_left), g->in_zero};
    return image;
}

QCC_INLINE qcc_conv2d_tiles_t qcc_conv2d_tiles(const qcc_conv2d_t *g, const qcc_tile_t *tile) {
    const qcc_image_t image = qcc_conv2d_image(g);
    qcc_conv2d_tiles_t tiles;
    tiles.down = (g->out_h + tile->rows - 1) / tile->rows;
    tiles.across = (g->out_c + tile->channels - 1) / tile->channels;
    tiles.in_rows = (tile->rows - 1) * g->stride_h + (g->kernel_h - 1) * g->dilation_h + 1;
    tiles.x_size = tiles.in_rows * qcc_tile_pitch(&image) + 4; /* the last run may end in the middle of a word */
    tiles.x_count = tiles.down > 1 ? 2 : 1;
    tiles.row_size = g->kernel_h * qcc_round_up4(g->kernel_w * g->in_c);
    tiles.w_size = tile->channels * tiles.row_size + QCC_TILE_CHANNELS_LOCAL(tile->channels);
    tiles.w_count = tiles.across > 1 ? 2 : 1;
    tiles.y_size = qcc_round_up4(tile->rows * g->out_w * tile->channels);
    tiles.y_count = tiles.across * tiles.down > 1 ? 2 : 1;
    return tiles;
}

QCC_INLINE int32_t qcc_conv2d_pulp_local(const qcc_conv2d_t *g, const qcc_tile_t *tile) {
    const qcc_conv2d_tiles_t tiles = qcc_conv2d_tiles(g, tile);
    return tiles.x_count * tiles.x_size + tiles.w_count * qcc_round_up4(tiles.w_size) + tiles.y_count * tiles.y_size;
}

/* One tile: its buffers, and how much of the output it is. */
typedef struct {
    int32_t first_row, rows, first_channel, channels;
    int32_t top, height; /* rows of the image, from one that may lie above it on */
    int8_t *x, *w, *y;
    int8_t *parameters; /* of the channels */
} qcc_conv2d_tile_t;

QCC_INLINE qcc_conv2d_tile_t qcc_conv2d_tile(int32_t t, int8_t *local, const qcc_conv2d_t *g, const qcc_tile_t *tile,
                                             const qcc_conv2d_tiles_t *tiles) {
    int32_t across = t / tiles->down, down = t % tiles->down;
    int8_t *w = local + tiles->x_count * tiles->x_size, *y = w + tiles->w_count * qcc_round_up4(tiles->w_size);
    qcc_conv2d_tile_t this;
    this.first_row = down * tile->rows;
    this.rows = qcc_min(tile->rows, g->out_h - this.first_row);
    this.top = this.first_row * g->stride_h - g->pad_top;
    this.height = (this.rows - 1) * g->stride_h + (g->kernel_h - 1) * g->dilation_h + 1;
    this.first_channel = across * tile->channels;
    this.channels = qcc_min(tile->channels, g->out_c - this.first_channel);
    this.x = local + (tiles->x_count == 2 ? t % 2 : 0) * tiles->x_size;
    this.w = w + (tiles->w_count == 2 ? across % 2 : 0) * qcc_round_up4(tiles->w_size);
    this.y = y + (tiles->y_count == 2 ? t % 2 : 0) * tiles->y_size;
    this.parameters = this.w + tile->channels * tiles->row_size;
    return this;
}

/* All that a tile's functions have to know. */
typedef struct {
    const int8_t *x;
    int8_t *y;
    const int8_t *weights;
    const int32_t *bias;
    int8_t *local;
    qcc_conv2d_t g;
    qcc_tile_t tile;
    qcc_requantize_t r;
} qcc_conv2d_layer_t;

/* Starts to fetch what tile t needs and the tiles before it have not left there. */
QCC_INLINE void qcc_conv2d_fetch(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_conv2d_layer_t *l = layer;
    const qcc_conv2d_t *g = &l->g;
    const qcc_image_t image = qcc_conv2d_image(g);
    const qcc_conv2d_tiles_t tiles = qcc_conv2d_tiles(g, &l->tile);
    const qcc_conv2d_tile_t this = qcc_conv2d_tile(t, l->local, g, &l->tile, &tiles);
    if (t % tiles.down == 0) {
        qcc_dma_fetch(dma, this.w, l->weights + this.first_channel * tiles.row_size,
                      qcc_round_up4(this.channels) * tiles.row_size);
        qcc_tile_fetch_channels(dma, this.parameters, l->tile.channels, l->bias, this.first_channel, this.channels,
                                qcc_round_up4(this.channels), &l->r);
    }
    if (t == 0 || tiles.down > 1) {
        qcc_tile_fetch(dma, this.x, l->x, this.top, this.height, &image);
    }
}

/* Fills the padding of tile t; that beside the image stays in a buffer. */
QCC_INLINE void qcc_conv2d_pad(int32_t t, const void *layer) {
    const qcc_conv2d_layer_t *l = layer;
    const qcc_image_t image = qcc_conv2d_image(&l->g);
    const qcc_conv2d_tiles_t tiles = qcc_conv2d_tiles(&l->g, &l->tile);
    const qcc_conv2d_tile_t this = qcc_conv2d_tile(t, l->local, &l->g, &l->tile, &tiles);
    if (t < tiles.x_count) {
        qcc_tile_margins(this.x, tiles.in_rows, &image);
    }
    if (t == 0 || tiles.down > 1) {
        qcc_tile_pad(this.x, this.top, this.height, &image);
    }
}

QCC_INLINE void qcc_conv2d_store(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_conv2d_layer_t *l = layer;
    const qcc_conv2d_t *g = &l->g;
    const qcc_conv2d_tiles_t tiles = qcc_conv2d_tiles(g, &l->tile);
    const qcc_conv2d_tile_t this = qcc_conv2d_tile(t, l->local, g, &l->tile, &tiles);
    qcc_dma_store(dma, l->y + this.first_row * g->out_w * g->out_c + this.first_channel, this.y,
                  this.rows * g->out_w * this.channels, this.channels, g->out_c);
}

/* The blocks of four channels in the share, from the windows at x and z to the pixels y and u, which may be the same. */
QCC_INLINE void qcc_conv2d_pulp_pair(const int8_t *x, const int8_t *z, int8_t *y, int8_t *u, qcc_share_t blocks,
                                     const qcc_conv2d_tile_t *this, int32_t pitch, const qcc_conv2d_t *g,
                                     const qcc_tile_channels_t *channels, int prepared) {
    int32_t words = (g->kernel_w * g->in_c + 3) / 4;
    const int8_t *w = this->w + blocks.begin * 16 * g->kernel_h * words;
    for (int32_t block = blocks.begin; block < blocks.end; block++) {
        int32_t o = 4 * block, rows = g->out_c % 4 == 0 ? 4 : qcc_min(4, this->channels - o);
        const int32_t *bias = channels->bias + o;
        int32_t acc[8] = {bias[0], bias[1], bias[2], bias[3], bias[0], bias[1], bias[2], bias[3]};
        if (words == 1) {
            qcc_pulp_run_4x2(&w, x, z, g->kernel_h, pitch, acc);
        } else {
            for (int32_t run = 0; run < g->kernel_h; run++) {
                qcc_pulp_run_4x2(&w, x + run * pitch, z + run * pitch, words, 4, acc);
            }
        }
        QCC_UNROLL(4)
        for (int32_t i = 0; i < rows; i++) {
            int8_t first = qcc_tile_requantize(acc[i], o + i, channels, prepared);
            int8_t second = qcc_tile_requantize(acc[4 + i], o + i, channels, prepared);
            y[o + i] = first;
            u[o + i] = second;
        }
    }
}

/* The next pixel. */
QCC_INLINE void qcc_advance(int32_t *oy, int32_t *ox, int32_t width) {
    if (++*ox == width) {
        *ox = 0;
        ++*oy;
    }
}

/* This core's share of tile t. */
QCC_INLINE void qcc_conv2d_compute(int32_t t, const void *layer) {
    const qcc_conv2d_layer_t *l = layer;
    const qcc_conv2d_t *g = &l->g;
    const qcc_image_t image = qcc_conv2d_image(g);
    const qcc_conv2d_tiles_t tiles = qcc_conv2d_tiles(g, &l->tile);
    const qcc_conv2d_tile_t this = qcc_conv2d_tile(t, l->local, g, &l->tile, &tiles);
    const qcc_tile_channels_t channels = qcc_tile_channels(this.parameters, l->tile.channels, &l->r);
    int prepared = qcc_tile_prepares(l->tile.rows * g->out_w, &l->r);
    int32_t lanes = qcc_min(l->tile.lanes, qcc_cores()), core = qcc_core();
    int32_t pitch = qcc_tile_pitch(&image), all = this.rows * g->out_w;
    qcc_share_t blocks = qcc_share((this.channels + 3) / 4, core % lanes, lanes);
    qcc_share_t pairs = qcc_share((all + 1) / 2, core / lanes, qcc_cores() / lanes);
    int32_t oy = 2 * pairs.begin / g->out_w, ox = 2 * pairs.begin % g->out_w;
    int8_t *y = this.y + 2 * pairs.begin * this.channels;
    if (prepared && t % tiles.down == 0) {
        qcc_tile_prepare_channels(&channels, this.channels);
    }
    for (int32_t pair = pairs.begin; pair < pairs.end; pair++, y += 2 * this.channels) {
        const int8_t *x = this.x + oy * g->stride_h * pitch + ox * g->stride_w * g->in_c, *z = x;
        int8_t *u = y;
        qcc_advance(&oy, &ox, g->out_w);
        if (2 * pair + 1 < all) {
            z = this.x + oy * g->stride_h * pitch + ox * g->stride_w * g->in_c;
            u = y + this.channels;
            qcc_advance(&oy, &ox, g->out_w);
        }
        qcc_conv2d_pulp_pair(x, z, y, u, blocks, &this, g->dilation_h * pitch, g, &channels, prepared);
    }
}

QCC_INLINE void qcc_conv2d_pulp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, int8_t *local,
                                const qcc_conv2d_t *g, const qcc_tile_t *tile, const qcc_requantize_t *r) {
    const qcc_conv2d_layer_t layer = {x, y, weights, bias, local, *g, *tile, *r};
    const qcc_conv2d_tiles_t tiles = qcc_conv2d_tiles(g, tile);
    qcc_run_tiles(tiles.across * tiles.down, qcc_conv2d_fetch, qcc_conv2d_pad, qcc_conv2d_compute, qcc_conv2d_store,
                  &layer);
}

#endif
