/*
 * A part of a tensor.
 *
 *   y(i, j, k, l) = x[first + i * step0 + j * step1 + k * step2 + l * step3]
 *
 * y [n0][n1][n2][n3]; every index lies inside x. Lower ranks have leading extents of 1, whose steps do not matter.
 *
 * Overlap: none. y is written once, in ascending order.
 */
#ifndef QCC_SLICE_H
#define QCC_SLICE_H

#include "qcc_transpose.h"

QCC_INLINE void qcc_slice(const int8_t *x, int8_t *y, int32_t first, const qcc_transpose_t *g) {
    qcc_transpose(x + first, y, g); /* both gather with constant steps */
}

#endif
