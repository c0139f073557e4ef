/*
 * 2-D convolution for cores with the Arm DSP extension: four output channels times two pixels at a time.
 *
 * Computes what qcc_conv2d computes, for groups == 1 and any kernel, stride, pad and dilation; see
 * qcc_conv2d_stacked_dsp.h for what is faster where its conditions hold.
 *
 * x        [in_h][in_w][in_c]        y  [out_h][out_w][out_c]
 * weights  packed offline as qcc_dsp_block.h says: K = kernel_h * kernel_w * in_c products in the order
 *          (kh, kw, ic), rows = output channels; round_up4(out_c) * K4 bytes; with packed_bits as
 *          qcc_dsp_packed.h says
 * bias     [round_up4(out_c)], the added values are not used (write 0)
 * scratch  QCC_GATHER_SCRATCH(kernel_h, kernel_w, in_c) bytes, disjoint from everything else
 *
 * Overlap: as qcc_dsp_gather.h says.
 */
#ifndef QCC_CONV2D_DSP_H
#define QCC_CONV2D_DSP_H

#include "qcc_dsp_block.h"
#include "qcc_dsp_gather.h"
#include "qcc_dsp_packed.h"

QCC_INLINE void qcc_block_pixels(const qcc_word_t *patch, int8_t *y, int32_t pixels, const qcc_dsp_layer_t *layer) {
    int32_t quads = layer->quads, bits = layer->packed_bits;
    int32_t block = bits != 0 ? quads * bits / 2 : 4 * quads, sums[2];
    const qcc_word_t *w = layer->weights;
    const int32_t *bias = layer->bias;
    if (bits != 0) {
        qcc_patch_sums(patch, quads, 2, sums);
    }
    for (int32_t o = 0; o < layer->out_c; o += 4, w += block, bias += 4, y += 4) {
        qcc_packed_t s;
        if (bits != 0) {
            qcc_packed_block(w, patch, quads, 2, bits, bias, sums, &s);
        } else if (quads <= QCC_SHORT_QUADS) {
            qcc_short_block_4x2(w, patch, quads, bias, s.acc);
        } else {
            qcc_block_4x2(w, patch, quads, bias, s.acc);
        }
        qcc_put_block(s.acc, y, o, pixels, layer->out_c, layer->r);
    }
}

QCC_INLINE void qcc_conv2d_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                               const qcc_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_dsp_layer_t layer;
    qcc_set_layer(&layer, weights, bias, g, r, QCC_FINISH_ANY);
    qcc_gather_pixels(x, y, scratch, g, &layer, qcc_block_pixels);
}

#endif
