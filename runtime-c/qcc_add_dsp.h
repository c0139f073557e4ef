/*
 * Weighted sum of two tensors for cores with the Arm DSP extension: four elements at a time.
 *
 * Computes what qcc_add computes, for m1 and m2 in -32768..32767 and a period that is a multiple of four; shapes,
 * bounds and overlap as there.
 */
#ifndef QCC_ADD_DSP_H
#define QCC_ADD_DSP_H

#include "qcc_add.h"
#include "qcc_dsp.h"

/* A pair of elements, one of each operand, to the output. m: m1 in the low lane, m2 in the high one. */
QCC_INLINE int8_t qcc_add_dsp_pair(uint32_t pair, uint32_t m, const qcc_add_t *g) {
    return (int8_t)qcc_saturate(qcc_sum_lanes(pair, m, g->bias) >> g->shift, g->lo, g->hi);
}

QCC_INLINE void qcc_add_dsp_four(uint32_t a, uint32_t b, int8_t *y, uint32_t m, const qcc_add_t *g) {
    uint32_t a_even = qcc_widen_even(a), b_even = qcc_widen_even(b);
    uint32_t a_odd = qcc_widen_odd(a), b_odd = qcc_widen_odd(b);
    y[0] = qcc_add_dsp_pair(qcc_low_lanes(a_even, b_even), m, g);
    y[1] = qcc_add_dsp_pair(qcc_low_lanes(a_odd, b_odd), m, g);
    y[2] = qcc_add_dsp_pair(qcc_high_lanes(a_even, b_even), m, g);
    y[3] = qcc_add_dsp_pair(qcc_high_lanes(a_odd, b_odd), m, g);
}

QCC_INLINE void qcc_add_dsp(const int8_t *x1, const int8_t *x2, int8_t *y, const qcc_add_t *g) {
    uint32_t m = qcc_low_lanes((uint32_t)g->m1, (uint32_t)g->m2);
    for (const int8_t *end = x1 + g->n; x1 != end;) {
        const int8_t *row = x2;
        QCC_UNROLL(4)
        for (int32_t i = 0; i < g->period; i += 4, x1 += 4, row += 4, y += 4) {
            qcc_add_dsp_four(qcc_load32(x1), qcc_load32(row), y, m, g);
        }
    }
}

#endif
