/*
 * Sum or difference of two tensors of one shape, with the roundings of TFLite, for a cluster: computes what
 * qcc_tflite_add computes, for period == n, in tiles of tile->rows words. local: QCC_TFLITE_ADD_PULP_LOCAL bytes.
 *
 * Overlap: none.
 */
#ifndef QCC_TFLITE_ADD_PULP_H
#define QCC_TFLITE_ADD_PULP_H

#include "qcc_pulp_elements.h"
#include "qcc_pulp_tile.h"
#include "qcc_tflite_add.h"

#define QCC_TFLITE_ADD_PULP_LOCAL(n, words) QCC_ELEMENTS_LOCAL(n, words, 2)

typedef struct {
    qcc_elements_t elements;
    qcc_tflite_add_t g;
    qcc_requantize_t r;
} qcc_tflite_add_layer_t;

QCC_INLINE void qcc_tflite_add_compute(int32_t t, const void *layer) {
    const qcc_tflite_add_layer_t *l = layer;
    const qcc_some_elements_t mine = qcc_elements_share(&l->elements, t);
    for (int32_t i = 0; i < mine.n; i++) {
        mine.y[i] = qcc_tflite_sum(mine.x1[i], mine.x2[i], &l->g, &l->r);
    }
}

QCC_INLINE void qcc_tflite_add_pulp(const int8_t *x1, const int8_t *x2, int8_t *y, int8_t *local, const qcc_tile_t *tile,
                                    const qcc_tflite_add_t *g, const qcc_requantize_t *r) {
    const qcc_tflite_add_layer_t layer = {{x1, x2, y, local, g->n, 4 * tile->rows}, *g, *r};
    qcc_run_tiles(qcc_elements_tiles(&layer.elements), qcc_elements_fetch, 0, qcc_tflite_add_compute, qcc_elements_store,
                  &layer);
}

#endif
