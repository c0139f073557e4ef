/*
 * Table of 256 values for a cluster: computes what qcc_lookup computes, in tiles of tile->rows words, with the table in L1.
 * local: QCC_LOOKUP_PULP_LOCAL bytes.
 *
 * Overlap: none.
 */
#ifndef QCC_LOOKUP_PULP_H
#define QCC_LOOKUP_PULP_H

#include "qcc_lookup.h"
#include "qcc_pulp_elements.h"
#include "qcc_pulp_tile.h"

#define QCC_LOOKUP_PULP_LOCAL(n, words) (QCC_ELEMENTS_LOCAL(n, words, 1) + 256)

enum { QCC_LOOKUP_TABLE = 256 };

typedef struct {
    qcc_elements_t elements;
    const int8_t *table;
} qcc_lookup_layer_t;

QCC_INLINE int8_t *qcc_lookup_table(const qcc_elements_t *l) {
    return l->local + qcc_min(2, qcc_elements_tiles(l)) * 2 * l->size;
}

QCC_INLINE void qcc_lookup_fetch(qcc_dma_t *dma, int32_t t, const void *layer) {
    const qcc_lookup_layer_t *l = layer;
    if (t == 0) {
        qcc_dma_fetch(dma, qcc_lookup_table(&l->elements), l->table, QCC_LOOKUP_TABLE);
    }
    qcc_elements_fetch(dma, t, layer);
}

QCC_INLINE void qcc_lookup_compute(int32_t t, const void *layer) {
    const qcc_lookup_layer_t *l = layer;
    const qcc_some_elements_t mine = qcc_elements_share(&l->elements, t);
    qcc_lookup(mine.x1, mine.y, qcc_lookup_table(&l->elements), mine.n);
}

QCC_INLINE void qcc_lookup_pulp(const int8_t *x, int8_t *y, int8_t *local, const qcc_tile_t *tile, const int8_t *table,
                                int32_t n) {
    const qcc_lookup_layer_t layer = {{x, (const int8_t *)0, y, local, n, 4 * tile->rows}, table};
    qcc_run_tiles(qcc_elements_tiles(&layer.elements), qcc_lookup_fetch, 0, qcc_lookup_compute, qcc_elements_store, &layer);
}

#endif
