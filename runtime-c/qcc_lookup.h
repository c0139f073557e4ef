/*
 * Any function of one int8 value, as a table: sigmoid, tanh, a change of scale.
 *
 *   y[i] = table[x[i] + 128]
 *
 * x, y [n]; table [256]. Overlap: y may be x; in ascending order.
 */
#ifndef QCC_LOOKUP_H
#define QCC_LOOKUP_H

#include "qcc_base.h"

QCC_INLINE void qcc_lookup(const int8_t *x, int8_t *y, const int8_t *table, int32_t n) {
    const int8_t *middle = table + 128;
    QCC_FOR_UNROLLED(i, n, y[i] = middle[x[i]]);
}

#endif
