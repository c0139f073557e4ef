/*
 * Weighted sum of two tensors of one shape for a cluster: computes what qcc_add computes, for period == n, in tiles of
 * tile->rows words. local: QCC_ADD_PULP_LOCAL bytes.
 *
 * Overlap: none.
 */
#ifndef QCC_ADD_PULP_H
#define QCC_ADD_PULP_H

#include "qcc_add.h"
#include "qcc_pulp.h"
#include "qcc_pulp_elements.h"
#include "qcc_pulp_tile.h"

#define QCC_ADD_PULP_LOCAL(n, words) QCC_ELEMENTS_LOCAL(n, words, 2)

typedef struct {
    qcc_elements_t elements;
    qcc_add_t g;
} qcc_add_layer_t;

QCC_INLINE void qcc_add_compute(int32_t t, const void *layer) {
    const qcc_add_layer_t *l = layer;
    const qcc_some_elements_t mine = qcc_elements_share(&l->elements, t);
    const int8_t *x1 = mine.x1, *x2 = mine.x2;
    for (int8_t *y = mine.y, *end = y + mine.n; y != end; y++) {
        int32_t a = qcc_pulp_next_byte(&x1, 1), b = qcc_pulp_next_byte(&x2, 1);
        int32_t sum = qcc_pulp_mac(qcc_pulp_mac(l->g.bias, a, l->g.m1), b, l->g.m2);
        *y = (int8_t)qcc_saturate(sum >> l->g.shift, l->g.lo, l->g.hi);
    }
}

QCC_INLINE void qcc_add_pulp(const int8_t *x1, const int8_t *x2, int8_t *y, int8_t *local, const qcc_tile_t *tile,
                             const qcc_add_t *g) {
    const qcc_add_layer_t layer = {{x1, x2, y, local, g->n, 4 * tile->rows}, *g};
    qcc_run_tiles(qcc_elements_tiles(&layer.elements), qcc_elements_fetch, 0, qcc_add_compute, qcc_elements_store, &layer);
}

#endif
