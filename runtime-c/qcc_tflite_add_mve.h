/*
 * Sum or difference of two tensors with the roundings of TFLite, for cores with MVE: four elements at a time.
 *
 * Computes what qcc_tflite_add computes; shapes, bounds and overlap as there.
 */
#ifndef QCC_TFLITE_ADD_MVE_H
#define QCC_TFLITE_ADD_MVE_H

#include "qcc_mve_requantize.h"
#include "qcc_tflite_add.h"

/* Four elements of an operand at the common scale. */
QCC_INLINE qcc_quad qcc_tflite_operand(qcc_quad x, int32_t zero, int32_t m, int32_t right, qcc_rule rule) {
    qcc_quad_scale_t scale = {qcc_quad_all(m), qcc_quad_all(-right)};
    qcc_quad above = qcc_quad_shift(qcc_quad_subtract(x, qcc_quad_all(zero)), qcc_quad_all(20));
    return qcc_quad_scale_down(above, scale, rule, 0);
}

/* The first n of four elements; n: 1..4. */
QCC_INLINE void qcc_tflite_add_four(const int8_t *x1, const int8_t *x2, int8_t *y, int32_t n,
                                    const qcc_tflite_add_t *g, const qcc_requantize_t *r) {
    qcc_quad a = qcc_tflite_operand(qcc_quad_load_first(x1, n), g->z1, g->m1, g->right1, r->rule);
    qcc_quad b = qcc_tflite_operand(qcc_quad_load_first(x2, n), g->z2, g->m2, g->right2, r->rule);
    qcc_quad sum = g->sign > 0 ? qcc_quad_add(a, b) : qcc_quad_subtract(a, b);
    qcc_quad_store_first(y, qcc_quad_requantize(sum, qcc_scale_of_channels(0, n, r), r), n);
}

QCC_INLINE void qcc_tflite_add_mve(const int8_t *x1, const int8_t *x2, int8_t *y, const qcc_tflite_add_t *g,
                                   const qcc_requantize_t *r) {
    for (const int8_t *end = x1 + g->n; x1 != end; x1 += g->period, y += g->period) {
        int32_t i = 0;
        for (; i + 4 <= g->period; i += 4) {
            qcc_tflite_add_four(x1 + i, x2 + i, y + i, 4, g, r);
        }
        if (g->period % 4 != 0) {
            qcc_tflite_add_four(x1 + i, x2 + i, y + i, g->period % 4, g, r);
        }
    }
}

#endif
