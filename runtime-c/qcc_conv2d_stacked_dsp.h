/*
 * 2-D convolution for cores with the Arm DSP extension, on stacked weights: four output channels times two pixels.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and any kernel, stride, pad and dilation, where the conditions of
 * qcc_dsp_stacked.h hold.
 *
 * x        [in_h][in_w][in_c]        y  [out_h][out_w][out_c]
 * weights, bias  packed offline as qcc_dsp_stacked.h says: K = kernel_h * kernel_w * in_c products in the order
 *          (kh, kw, ic), rows = output channels; round_up4(out_c) * K4 bytes
 * scratch  QCC_GATHER_SCRATCH(kernel_h, kernel_w, in_c) bytes, disjoint from everything else
 *
 * Overlap: as qcc_dsp_gather.h says.
 */
#ifndef QCC_CONV2D_STACKED_DSP_H
#define QCC_CONV2D_STACKED_DSP_H

#include "qcc_dsp_stacked.h"

QCC_INLINE void qcc_conv2d_stacked_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                       void *scratch, const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_dsp_layer_t layer;
    qcc_set_layer(&layer, weights, bias, g, r, qcc_finish_of(r));
    if (qcc_is_pointwise(g)) {
        qcc_stacked_points_for(r)(x, y, scratch, g->in_c, g->out_h * g->out_w, &layer);
    } else {
        qcc_gather_pixels(x, y, scratch, g, &layer, qcc_stacked_pixels_for(r));
    }
}

#endif
