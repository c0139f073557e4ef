/*
 * Softmax over the last axis in TFLite's fixed-point steps; the output has scale 1/256 and zero point -128.
 *
 *   e_i = exp_table[max - x_i], or 0 from the table's end on;  s = sum of e_i / 2^12 rounded   (over one row)
 *   y_i = min(-128 + e_i / s in units of 1/256, 127), by a reciprocal from three Newton steps
 *
 * x, y [rows][n], n <= 4095; exp_table [steps], steps 1..256, not negative, exp_table[0] = 2^31 - 1.
 *
 * Overlap: y may be x; a row is read three times before its last element is written, rows in ascending order.
 */
#ifndef QCC_TFLITE_SOFTMAX_H
#define QCC_TFLITE_SOFTMAX_H

#include "qcc_base.h"

/* (a * b + 2^30) >> 31 */
QCC_INLINE int32_t qcc_softmax_product(int32_t a, int32_t b) {
    return (int32_t)(((int64_t)a * b + INT64_C(0x40000000)) >> 31);
}

/* 2^31 / (1 + x / 2^31), saturated, for x >= 0. */
QCC_INLINE int32_t qcc_softmax_reciprocal(int32_t x) {
    int32_t half = (int32_t)(((uint32_t)x + UINT32_C(0x80000000)) >> 1);    /* (x + 2^31 - 1) / 2, halves upwards */
    int32_t y = 1515870810 + qcc_softmax_product(half, -1010580540);        /* 48/17 - 32/17 * half, in 2^-29 */
    for (int32_t step = 0; step < 3; step++) {
        int32_t error = (1 << 29) - qcc_softmax_product(half, y);
        y += qcc_shift_left(qcc_softmax_product(y, error), 2);
    }
    return y > INT32_MAX / 2 ? INT32_MAX : y * 2;
}

QCC_INLINE void qcc_tflite_softmax_row(const int8_t *x, int8_t *y, const int32_t *exp_table, int32_t n,
                                       int32_t steps) {
    int32_t max = INT8_MIN;
    for (int32_t i = 0; i < n; i++) {
        max = qcc_max(max, x[i]);
    }
    uint32_t sum = 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t d = max - x[i];
        sum += d < steps ? ((uint32_t)exp_table[d] + 2048) >> 12 : 0;
    }
    int32_t exponent = 35;
    for (; sum < UINT32_C(0x80000000); sum *= 2) {
        exponent--;
    }
    if (exponent > 31) { /* shares of so large a sum all round to nothing */
        qcc_fill(y, INT8_MIN, n);
        return;
    }
    int32_t reciprocal = qcc_softmax_reciprocal((int32_t)(sum - UINT32_C(0x80000000)));
    for (int32_t i = 0; i < n; i++) {
        int32_t d = max - x[i];
        uint32_t share = d < steps ? (uint32_t)qcc_softmax_product(reciprocal, exp_table[d]) : 0;
        share = (share + (UINT32_C(1) << (exponent - 1))) >> exponent;
        y[i] = (int8_t)qcc_min((int32_t)share - 128, INT8_MAX);
    }
}

QCC_INLINE void qcc_tflite_softmax(const int8_t *x, int8_t *y, const int32_t *exp_table, int32_t rows, int32_t n,
                                   int32_t steps) {
    for (int32_t row = 0; row < rows; row++) {
        qcc_tflite_softmax_row(x + row * n, y + row * n, exp_table, n, steps);
    }
}

#endif
