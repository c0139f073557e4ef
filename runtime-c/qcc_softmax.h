/*
 * Softmax over the last axis; the output has scale 1/256 and zero point -128.
 *
 *   e_i = exp_table[max - x_i],  s = sum of e_i     (over one row)
 *   y_i = min(-128 + (256 * e_i + s / 2) / s, 127)  (unsigned integer divisions)
 *
 * x, y [rows][n], n <= 32768; exp_table [256], 0..65535 and exp_table[0] >= 1: a falling exponential in the
 * steps of the input's scale.
 *
 * Overlap: y may be x; a row is read three times before its last element is written, rows in ascending order.
 */
#ifndef QCC_SOFTMAX_H
#define QCC_SOFTMAX_H

#include "qcc_base.h"

QCC_INLINE void qcc_softmax_row(const int8_t *x, int8_t *y, const uint16_t *exp_table, int32_t n) {
    int32_t max = INT8_MIN;
    for (int32_t i = 0; i < n; i++) {
        max = qcc_max(max, x[i]);
    }
    uint32_t sum = 0;
    for (int32_t i = 0; i < n; i++) {
        sum += exp_table[max - x[i]];
    }
    for (int32_t i = 0; i < n; i++) {
        uint32_t share = ((uint32_t)exp_table[max - x[i]] * 256 + sum / 2) / sum;
        y[i] = (int8_t)qcc_min((int32_t)share - 128, INT8_MAX);
    }
}

QCC_INLINE void qcc_softmax(const int8_t *x, int8_t *y, const uint16_t *exp_table, int32_t rows, int32_t n) {
    for (int32_t row = 0; row < rows; row++) {
        qcc_softmax_row(x + row * n, y + row * n, exp_table, n);
    }
}

#endif
