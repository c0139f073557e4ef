/*
 * Four accumulators at a time to int8, for cores with MVE: what qcc_requantize.h says, lane by lane.
 */
#ifndef QCC_MVE_REQUANTIZE_H
#define QCC_MVE_REQUANTIZE_H

#include "qcc_mve.h"
#include "qcc_requantize.h"

/* The parameters of four lanes. */
typedef struct {
    qcc_quad factor; /* the multiplier; unused by QCC_SHIFT */
    qcc_quad down;   /* minus the right shift; unused by QCC_MULTIPLY */
} qcc_quad_scale_t;

/* For the channels o .. o+3, of which the first n exist: one channel in each lane. */
QCC_INLINE qcc_quad_scale_t qcc_scale_of_channels(int32_t o, int32_t n, const qcc_requantize_t *r) {
    const int8_t *right = r->rule == QCC_SHIFT ? (const int8_t *)r->shift : r->right;
    int32_t right_all = r->rule == QCC_SHIFT ? r->shift_all : r->right_all;
    qcc_quad zero = qcc_quad_all(0);
    qcc_quad_scale_t scale = {zero, zero};
    if (r->rule != QCC_SHIFT) {
        scale.factor = r->multiplier ? qcc_quad_load_words(r->multiplier + o, n) : qcc_quad_all(r->multiplier_all);
    }
    if (r->rule != QCC_MULTIPLY) {
        scale.down = right ? qcc_quad_subtract(zero, qcc_quad_load_first(right + o, n)) : qcc_quad_all(-right_all);
    }
    return scale;
}

/*
 * acc * factor / 2^31 / 2^n by a TFLITE rule, n = -down: 0..31. `positive`: results below 0 do not matter as long as
 * they do not become positive; this saves the sign of the rounding.
 */
QCC_INLINE qcc_quad qcc_quad_scale_down(qcc_quad acc, qcc_quad_scale_t scale, qcc_rule rule, int positive) {
    qcc_quad high = qcc_quad_doubling_high(acc, scale.factor);
    if (rule == QCC_TFLITE_SINGLE) {
        qcc_quad floor = qcc_quad_doubling_high_floor(acc, scale.factor);
        return qcc_quad_where_zero(scale.down, high, qcc_quad_round_shift(floor, scale.down));
    }
    if (!positive) {
        high = qcc_quad_add(high, qcc_quad_both_negative(high, scale.down));
    }
    return qcc_quad_round_shift(high, scale.down);
}

/* By a TFLITE rule, without the zero point. */
QCC_INLINE qcc_quad qcc_quad_scale_tflite(qcc_quad acc, qcc_quad_scale_t scale, const qcc_requantize_t *r) {
    if (r->left > 0) {
        qcc_quad up = qcc_quad_positive(scale.down);
        acc = qcc_quad_shift(acc, up);
        scale.down = qcc_quad_subtract(scale.down, up);
    }
    return qcc_quad_scale_down(acc, scale, r->rule, r->lo >= r->zero);
}

/* The output values of four accumulators. */
QCC_INLINE qcc_quad qcc_quad_requantize(qcc_quad acc, qcc_quad_scale_t scale, const qcc_requantize_t *r) {
    if (r->rule == QCC_SHIFT) {
        return qcc_quad_clamp(qcc_quad_shift(acc, scale.down), r->lo, r->hi);
    }
    qcc_quad scaled;
    if (r->rule == QCC_MULTIPLY) {
        scaled = qcc_quad_high(r->left > 0 ? qcc_quad_shift(acc, qcc_quad_all(r->left)) : acc, scale.factor);
    } else {
        scaled = qcc_quad_scale_tflite(acc, scale, r);
    }
    return qcc_quad_clamp(qcc_quad_add(scaled, qcc_quad_all(r->zero)), r->lo, r->hi);
}

#endif
