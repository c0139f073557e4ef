/*
 * The geometry that the pooling kernels share.
 *
 * x [in_h][in_w][channels], y [out_h][out_w][channels]; every window holds at least one position of the image.
 *
 * Overlap: y is written once, in ascending order. While row oy is written, only x rows from
 * oy*stride_h - pad_top to oy*stride_h - pad_top + kernel_h - 1 are read; y may overlap x rows before them.
 */
#ifndef QCC_POOL_H
#define QCC_POOL_H

#include "qcc_window.h"

typedef struct {
    int32_t in_h, in_w, channels;
    int32_t out_h, out_w;
    int32_t kernel_h, kernel_w;
    int32_t stride_h, stride_w;
    int32_t pad_top, pad_left;
} qcc_pool_t;

QCC_INLINE qcc_window_t qcc_pool_rows(int32_t oy, const qcc_pool_t *g) {
    return qcc_window(oy, g->out_h, g->stride_h, g->pad_top, 1, g->kernel_h, g->in_h);
}

QCC_INLINE qcc_window_t qcc_pool_cols(int32_t ox, const qcc_pool_t *g) {
    return qcc_window(ox, g->out_w, g->stride_w, g->pad_left, 1, g->kernel_w, g->in_w);
}

/* The first channel of the first position inside the image in row kh of the window. */
QCC_INLINE const int8_t *qcc_pool_row(const int8_t *x, int32_t kh, qcc_window_t rows, qcc_window_t cols,
                                      const qcc_pool_t *g) {
    return x + ((rows.origin + kh) * g->in_w + cols.origin + cols.begin) * g->channels;
}

#endif
