/*
 * Layers whose tiles are rows: a tile of the output depends on the rows of the image under it, and has all channels.
 */
#ifndef QCC_PULP_ROWS_H
#define QCC_PULP_ROWS_H

#include "qcc_pulp_tile.h"

/* An image, what becomes of it, and where tiles stand in L1. A layer begins with it. */
typedef struct {
    const int8_t *x;
    int8_t *y, *local;
    qcc_image_t image;
    int32_t out_h, line;     /* rows of the output, and bytes of one */
    int32_t stride, span;    /* rows between two windows, and rows of one */
    int32_t rows;            /* of the output in a tile */
} qcc_rows_t;

/* The rows of one tile, in L1. */
typedef struct {
    int8_t *x, *y;
    int32_t first, count; /* rows of the output */
    int32_t top;          /* row of the image that is the first one at x; negative for padding */
    int32_t height;       /* rows at x */
} qcc_tile_rows_t;

QCC_INLINE int32_t qcc_rows_in(const qcc_rows_t *l, int32_t rows) {
    return (rows - 1) * l->stride + l->span;
}

QCC_INLINE int32_t qcc_rows_tiles(const qcc_rows_t *l) {
    return (l->out_h + l->rows - 1) / l->rows;
}

/* Bytes of one buffer for what is fetched, and of one for what is stored. */
QCC_INLINE int32_t qcc_rows_x_size(const qcc_rows_t *l) {
    return qcc_rows_in(l, l->rows) * qcc_tile_pitch(&l->image);
}

QCC_INLINE int32_t qcc_rows_y_size(const qcc_rows_t *l) {
    return qcc_round_up4(l->rows * l->line);
}

/* Bytes of L1 for the tiles. */
QCC_INLINE int32_t qcc_rows_local(const qcc_rows_t *l) {
    return qcc_min(2, qcc_rows_tiles(l)) * (qcc_rows_x_size(l) + qcc_rows_y_size(l));
}

QCC_INLINE qcc_tile_rows_t qcc_rows_tile(const qcc_rows_t *l, int32_t t) {
    int32_t buffers = qcc_min(2, qcc_rows_tiles(l)), x_size = qcc_rows_x_size(l);
    qcc_tile_rows_t this;
    this.x = l->local + t % buffers * x_size;
    this.y = l->local + buffers * x_size + t % buffers * qcc_rows_y_size(l);
    this.first = t * l->rows;
    this.count = qcc_min(l->rows, l->out_h - this.first);
    this.top = this.first * l->stride - l->image.pad_top;
    this.height = qcc_rows_in(l, this.count);
    return this;
}

QCC_INLINE void qcc_rows_fetch(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_rows_t *l = layer;
    const qcc_tile_rows_t this = qcc_rows_tile(l, t);
    qcc_tile_fetch(dma, this.x, l->x, this.top, this.height, &l->image);
}

/* Fills the padding of tile t; that beside the image stays in a buffer. */
QCC_INLINE void qcc_rows_pad(int32_t t, const void *layer) {
    const qcc_rows_t *l = layer;
    const qcc_tile_rows_t this = qcc_rows_tile(l, t);
    if (t < 2) {
        qcc_tile_margins(this.x, qcc_rows_in(l, l->rows), &l->image);
    }
    qcc_tile_pad(this.x, this.top, this.height, &l->image);
}

QCC_INLINE void qcc_rows_store(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_rows_t *l = layer;
    const qcc_tile_rows_t this = qcc_rows_tile(l, t);
    int32_t size = this.count * l->line;
    qcc_dma_store(dma, l->y + this.first * l->line, this.y, size, size, size);
}

#endif
