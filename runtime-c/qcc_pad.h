/*
 * Pads the height and the width of an image with a constant.
 *
 *   y(top + h, left + w, c) = x(h, w, c); every other element of y is `value`
 *
 * x [in_h][in_w][channels], y [top + in_h + bottom][left + in_w + right][channels]; value: -128..127.
 *
 * Overlap: none. y is written once, in ascending order.
 */
#ifndef QCC_PAD_H
#define QCC_PAD_H

#include "qcc_base.h"

typedef struct {
    int32_t in_h, in_w, channels;
    int32_t top, bottom, left, right;
    int32_t value;
} qcc_pad_t;

QCC_INLINE void qcc_pad(const int8_t *x, int8_t *y, const qcc_pad_t *g) {
    int32_t row = g->in_w * g->channels;
    int32_t left = g->left * g->channels;
    int32_t right = g->right * g->channels;
    int32_t out_row = left + row + right;
    qcc_fill(y, g->value, g->top * out_row);
    y += g->top * out_row;
    for (int32_t h = 0; h < g->in_h; h++, x += row, y += out_row) {
        qcc_fill(y, g->value, left);
        qcc_copy(y + left, x, row);
        qcc_fill(y + left + row, g->value, right);
    }
    qcc_fill(y, g->value, g->bottom * out_row);
}

#endif
