/*
 * Layers that compute every element from the elements at its place: tiles are parts of the tensors, as they are in memory.
 */
#ifndef QCC_PULP_ELEMENTS_H
#define QCC_PULP_ELEMENTS_H

#include "qcc_cluster.h"

/* One or two tensors of n elements and their result; `size`, of a tile, is a multiple of four. A layer begins with it. */
typedef struct {
    const int8_t *x1, *x2; /* x2: NULL where there is one */
    int8_t *y, *local;
    int32_t n, size;
} qcc_elements_t;

/* The part of a tile that a core computes, in L1. */
typedef struct {
    const int8_t *x1, *x2;
    int8_t *y;
    int32_t n;
} qcc_some_elements_t;

/* Bytes of L1 for tiles of so many words, of n elements of so many tensors and their result. */
#define QCC_ELEMENTS_LOCAL(n, words, tensors) (((n) > 4 * (words) ? 2 : 1) * 4 * (words) * ((tensors) + 1))

QCC_INLINE int32_t qcc_elements_tiles(const qcc_elements_t *l) {
    return (l->n + l->size - 1) / l->size;
}

/* Where the buffer of y of tile t stands; behind it are those of x1 and x2. */
QCC_INLINE int8_t *qcc_elements_tile(const qcc_elements_t *l, int32_t t) {
    return l->local + t % 2 * (l->x2 ? 3 : 2) * l->size;
}

QCC_INLINE int32_t qcc_elements_count(const qcc_elements_t *l, int32_t t) {
    return qcc_min(l->size, l->n - t * l->size);
}

QCC_INLINE void qcc_elements_fetch(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_elements_t *l = layer;
    int8_t *tile = qcc_elements_tile(l, t);
    int32_t count = qcc_elements_count(l, t);
    qcc_dma_fetch(dma, tile + l->size, l->x1 + t * l->size, count);
    if (l->x2) {
        qcc_dma_fetch(dma, tile + 2 * l->size, l->x2 + t * l->size, count);
    }
}

QCC_INLINE void qcc_elements_store(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_elements_t *l = layer;
    int32_t count = qcc_elements_count(l, t);
    qcc_dma_store(dma, l->y + t * l->size, qcc_elements_tile(l, t), count, count, count);
}

/* This core's elements of tile t: whole words, but for the last ones. */
QCC_INLINE qcc_some_elements_t qcc_elements_share(const qcc_elements_t *l, int32_t t) {
    int8_t *tile = qcc_elements_tile(l, t);
    int32_t count = qcc_elements_count(l, t);
    qcc_share_t words = qcc_share((count + 3) / 4, qcc_core(), qcc_cores());
    int32_t begin = 4 * words.begin;
    qcc_some_elements_t mine = {tile + l->size + begin, l->x2 ? tile + 2 * l->size + begin : (const int8_t *)0,
                                tile + begin, qcc_max(0, qcc_min(count, 4 * words.end) - begin)};
    return mine;
}

#endif
