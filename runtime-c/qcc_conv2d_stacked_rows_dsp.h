/*
 * qcc_conv2d_rows_dsp on stacked weights, where the conditions of qcc_dsp_stacked.h hold: weights and bias are stacked as
 * is said there; all else as qcc_conv2d_rows_dsp.h says.
 */
#ifndef QCC_CONV2D_STACKED_ROWS_DSP_H
#define QCC_CONV2D_STACKED_ROWS_DSP_H

#include "qcc_conv2d_rows_dsp.h"

QCC_INLINE void qcc_conv2d_stacked_rows_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                            void *scratch, const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_rows(x, y, weights, bias, scratch, g, r, 1);
}

#endif
