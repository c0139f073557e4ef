/*
 * Concatenation: copies one input into its place in the output; one call per input.
 *
 *   y[b * out_stride + i] = x[b * inner + i]    for b in 0..outer-1, i in 0..inner-1
 *
 * x [outer][inner]; y points at this input's place in the first block of the output, whose blocks are
 * out_stride >= inner bytes long. Scales and zero points are equal.
 *
 * Overlap: none, except that y may be x where outer == 1 or out_stride == inner (then nothing moves).
 */
#ifndef QCC_CONCAT_H
#define QCC_CONCAT_H

#include "qcc_base.h"

QCC_INLINE void qcc_concat(const int8_t *x, int8_t *y, int32_t outer, int32_t inner, int32_t out_stride) {
    for (int32_t b = 0; b < outer; b++) {
        qcc_copy(y + b * out_stride, x + b * inner, inner);
    }
}

#endif
