/*
 * Fully connected layer for cores with the Arm DSP extension, on stacked weights: four outputs at a time.
 *
 * Computes what qcc_dense computes, where the conditions of qcc_dsp_stacked.h hold.
 *
 * x [in], y [out]
 * weights, bias  packed offline as qcc_dsp_stacked.h says: K = in, rows = outputs
 * scratch  QCC_DENSE_STACKED_DSP_SCRATCH(in) = 2 * round_up4(in) bytes, disjoint from everything else
 *
 * Overlap: any. x is widened into scratch before the first output is written.
 */
#ifndef QCC_DENSE_STACKED_DSP_H
#define QCC_DENSE_STACKED_DSP_H

#include "qcc_dense.h"
#include "qcc_dsp_stacked.h"

#define QCC_DENSE_STACKED_DSP_SCRATCH(in) QCC_PATCH_BYTES(in, 1)

QCC_INLINE void qcc_dense_stacked_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                      void *scratch, const qcc_dense_t *g, const qcc_requantize_t *r) {
    const qcc_word_t *w = (const qcc_word_t *)(const void *)weights;
    int32_t quads = QCC_QUADS(g->in);
    qcc_widen_vector(scratch, x, g->in);
    for (int32_t o = 0; o < g->out; o += 4, w += 4 * quads) {
        int32_t acc[4];
        qcc_stacked_4x1(w, scratch, quads, bias + o, acc);
        for (int32_t i = 0; i < (g->out % 4 == 0 ? 4 : qcc_min(4, g->out - o)); i++) {
            y[o + i] = qcc_requantize(acc[i], o + i, r);
        }
    }
}

#endif
