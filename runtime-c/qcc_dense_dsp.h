/*
 * Fully connected layer for cores with the Arm DSP extension: four outputs at a time.
 *
 * Computes what qcc_dense computes.
 *
 * x [in], y [out]
 * weights  packed offline as qcc_dsp_block.h says: K = in, rows = outputs; round_up4(out) * round_up4(in) bytes;
 *          with packed_bits as qcc_dsp_packed.h says
 * bias     [round_up4(out)], the added values are not used (write 0)
 * scratch  QCC_DENSE_DSP_SCRATCH(in) = 2 * round_up4(in) bytes, disjoint from everything else
 *
 * Overlap: any. x is widened into scratch before the first output is written.
 */
#ifndef QCC_DENSE_DSP_H
#define QCC_DENSE_DSP_H

#include "qcc_dense.h"
#include "qcc_dsp_block.h"
#include "qcc_dsp_packed.h"

#define QCC_DENSE_DSP_SCRATCH(in) QCC_PATCH_BYTES(in, 1)

QCC_INLINE void qcc_dense_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch,
                              const qcc_dense_t *g, const qcc_requantize_t *r) {
    const qcc_word_t *w = (const qcc_word_t *)(const void *)weights;
    qcc_word_t *patch = scratch;
    int32_t quads = QCC_QUADS(g->in), sums[2] = {0, 0};
    int32_t block = g->packed_bits != 0 ? quads * g->packed_bits / 2 : 4 * quads;
    qcc_widen_vector(patch, x, g->in);
    if (g->packed_bits != 0) {
        qcc_patch_sums(patch, quads, 1, sums);
    }
    for (int32_t o = 0; o < g->out; o += 4, w += block) {
        qcc_packed_t s;
        if (g->packed_bits != 0) {
            qcc_packed_block(w, patch, quads, 1, g->packed_bits, bias + o, sums, &s);
        } else {
            qcc_block_4x1(w, patch, quads, bias + o, s.acc);
        }
        for (int32_t i = 0; i < 4; i++) {
            if (g->out % 4 != 0 && o + i >= g->out) {
                break;
            }
            y[o + i] = qcc_requantize(s.acc[i], o + i, r);
        }
    }
}

#endif
