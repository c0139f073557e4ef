/*
 * The rows of the image that a depthwise convolution is reading, with the padding beside them, in scratch memory.
 *
 * A kernel that keeps its rows here reads every x row once, in ascending order: before row oy of y is written, exactly
 * the x rows up to oy*stride_h - pad_top + (kernel_h - 1)*dilation_h have been read. y may overlap those: with stride
 * 1 and equal sizes y may be x itself.
 */
#ifndef QCC_DEPTHWISE_RING_H
#define QCC_DEPTHWISE_RING_H

#include "qcc_depthwise_conv2d.h"

enum { QCC_DEPTHWISE_RING_TAPS = 5 }; /* kernel_h and kernel_w at most */

/* Columns of a row in the ring: what the windows of out_w pixels span. */
#define QCC_DEPTHWISE_RING_COLS(out_w, kernel_w, stride_w, dilation_w) \
    (((out_w) - 1) * (stride_w) + ((kernel_w) - 1) * (dilation_w) + 1)

/* Bytes. Four more: kernels may read the last channels of the last column as four, however many they are. */
#define QCC_DEPTHWISE_RING_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w, dilation_h, dilation_w) \
    ((((kernel_h) - 1) * (dilation_h) + 1) * QCC_DEPTHWISE_RING_COLS(out_w, kernel_w, stride_w, dilation_w) * (in_c) + 4)

typedef struct {
    int8_t *bytes;                                /* [span of the window][columns][in_c] */
    int32_t kept;                                 /* rows so far, counted from the first padding row */
    const int8_t *rows[QCC_DEPTHWISE_RING_TAPS];  /* of the present windows, one for each kernel row */
} qcc_ring_t;

QCC_INLINE int32_t qcc_ring_cols(const qcc_depthwise_conv2d_t *g) {
    return QCC_DEPTHWISE_RING_COLS(g->out_w, g->kernel_w, g->stride_w, g->dilation_w);
}

/* Copies n bytes; by words where both places and n are known to be whole words. */
QCC_INLINE void qcc_ring_copy(int8_t *dst, const int8_t *src, int32_t n, int words) {
    if (!words) {
        qcc_copy(dst, src, n);
        return;
    }
    const qcc_word_t *from = (const qcc_word_t *)(const void *)src;
    QCC_UNROLL(4)
    for (qcc_word_t *to = (qcc_word_t *)(void *)dst, *stop = to + n / 4; to != stop; to++) {
        uint32_t word = *from++;
        QCC_OPAQUE(word);
        *to = word;
    }
}

/* Copies row h of the image, or of the padding above and below it, with the padding on both sides. */
QCC_INLINE void qcc_ring_keep(int8_t *row, const int8_t *x, int32_t h, const qcc_depthwise_conv2d_t *g) {
    int32_t cols = qcc_ring_cols(g);
    int32_t left = qcc_min(g->pad_left, cols);
    int32_t inside = h < 0 || h >= g->in_h ? 0 : qcc_min(g->in_w, cols - left);
    qcc_fill(row, g->in_zero, left * g->in_c);
    qcc_ring_copy(row + left * g->in_c, x + h * g->in_w * g->in_c, inside * g->in_c, g->in_c % 4 == 0);
    qcc_fill(row + (left + inside) * g->in_c, g->in_zero, (cols - left - inside) * g->in_c);
}

/* Brings in what the windows of output row oy read. */
QCC_INLINE void qcc_ring_turn(qcc_ring_t *ring, const int8_t *x, int32_t oy, const qcc_depthwise_conv2d_t *g) {
    int32_t span = (g->kernel_h - 1) * g->dilation_h + 1, pitch = qcc_ring_cols(g) * g->in_c, top = oy * g->stride_h;
    for (ring->kept = qcc_max(ring->kept, top); ring->kept < top + span; ring->kept++) {
        qcc_ring_keep(ring->bytes + ring->kept % span * pitch, x, ring->kept - g->pad_top, g);
    }
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        ring->rows[kh] = ring->bytes + (top + kh * g->dilation_h) % span * pitch;
    }
}

#endif
