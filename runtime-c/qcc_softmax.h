/*
 * Softmax over the last axis.
 *
 *   e_i = exp_table[max - x_i], or 0 from the table's end on;  s = sum of e_i     (over one row)
 *   y_i = min(z + e_i / s / output scale, 127), rounded to nearest
 *
 * The division has 32 bits: s is brought below 2^32, multiplied by the output scale times 2^bits, and loses bits + 1
 * more bits; every e_i loses the bits that s has lost in all, and gains the factor 2^bits again.
 *
 * x, y [rows][n], n <= 32768; exp_table [steps], steps 1..256, not negative, exp_table[0] = 2^31 - 1: a falling
 * exponential in the steps of the input's scale.
 *
 * Overlap: y may be x; a row is read three times before its last element is written, rows in ascending order.
 */
#ifndef QCC_SOFTMAX_H
#define QCC_SOFTMAX_H

#include "qcc_base.h"

typedef struct {
    int32_t rows, n;
    int32_t steps;
    int32_t ratio; /* output scale * 2^(30 + bits), 1..2^30 */
    int32_t bits;  /* 0..15 */
    int32_t zero;  /* z, -128..127 */
} qcc_softmax_t;

QCC_INLINE uint32_t qcc_softmax_exp(const int32_t *exp_table, int32_t steps, int32_t difference) {
    return difference < steps ? (uint32_t)exp_table[difference] : 0;
}

/* a / 2^n to nearest, halves upwards; n: 1..31. */
QCC_INLINE uint32_t qcc_softmax_narrow(uint32_t a, int32_t n) {
    return (a >> n) + (a >> (n - 1) & 1);
}

QCC_INLINE void qcc_softmax_row(const int8_t *x, int8_t *y, const int32_t *exp_table, const qcc_softmax_t *g) {
    int32_t max = INT8_MIN;
    for (int32_t i = 0; i < g->n; i++) {
        max = qcc_max(max, x[i]);
    }
    uint64_t sum = 0;
    for (int32_t i = 0; i < g->n; i++) {
        sum += qcc_softmax_exp(exp_table, g->steps, max - x[i]);
    }
    int32_t lost = g->bits + 1;
    for (; sum > UINT32_MAX; sum /= 2) {
        lost++;
    }
    uint32_t total = qcc_softmax_narrow((uint32_t)((sum * (uint32_t)g->ratio) >> 30), g->bits + 1);
    total = total == 0 ? 1 : total;
    for (int32_t i = 0; i < g->n; i++) {
        uint32_t e = qcc_softmax_narrow(qcc_softmax_exp(exp_table, g->steps, max - x[i]), lost);
        uint32_t share = ((e << g->bits) + total / 2) / total;
        y[i] = (int8_t)qcc_min((int32_t)share + g->zero, INT8_MAX);
    }
}

QCC_INLINE void qcc_softmax(const int8_t *x, int8_t *y, const int32_t *exp_table, const qcc_softmax_t *g) {
    for (int32_t row = 0; row < g->rows; row++) {
        qcc_softmax_row(x + row * g->n, y + row * g->n, exp_table, g);
    }
}

#endif
