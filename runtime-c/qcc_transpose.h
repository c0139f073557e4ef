/*
 * Exchange of axes: every element of a tensor goes to another place.
 *
 *   y(i, j, k, l) = x[i * step0 + j * step1 + k * step2 + l * step3]
 *
 * y [n0][n1][n2][n3]; x has as many elements, and the steps visit each of them once. Lower ranks have leading extents
 * of 1, whose steps do not matter.
 *
 * Overlap: none. y is written once, in ascending order; any element of x may be read until the last one is written.
 */
#ifndef QCC_TRANSPOSE_H
#define QCC_TRANSPOSE_H

#include "qcc_base.h"

typedef struct {
    int32_t n0, n1, n2, n3;
    int32_t step0, step1, step2, step3;
} qcc_transpose_t;

QCC_INLINE void qcc_transpose(const int8_t *x, int8_t *y, const qcc_transpose_t *g) {
    for (int32_t i = 0; i < g->n0; i++) {
        for (int32_t j = 0; j < g->n1; j++) {
            for (int32_t k = 0; k < g->n2; k++, y += g->n3) {
                const int8_t *from = x + i * g->step0 + j * g->step1 + k * g->step2;
                if (g->step3 == 1) {
                    qcc_copy(y, from, g->n3);
                    continue;
                }
                for (int32_t l = 0; l < g->n3; l++) {
                    y[l] = from[l * g->step3];
                }
            }
        }
    }
}

#endif
