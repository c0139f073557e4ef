/*
 * The windows of a convolution's output pixels, two at a time: read where they are, or gathered into scratch memory
 * where they reach beyond the image, are dilated, or stand in two rows of the output.
 */
#ifndef QCC_WINDOW_PAIR_H
#define QCC_WINDOW_PAIR_H

#include "qcc_conv2d.h"

/* Two windows as kernel_h runs of kernel_w * in_c bytes each, `pitch` bytes apart. */
typedef struct {
    const int8_t *first, *second;
    int32_t pitch;
} qcc_window_pair_t;

/* An output pixel. */
typedef struct {
    int32_t oy, ox;
} qcc_pixel_t;

/* Writes the window of one pixel, kernel_h * kernel_w * in_c bytes; what is outside the image is in_zero. */
QCC_INLINE void qcc_gather_window(int8_t *bytes, const int8_t *x, qcc_pixel_t at, const qcc_conv2d_t *g) {
    qcc_window_t rows = qcc_window(at.oy, g->out_h, g->stride_h, g->pad_top, g->dilation_h, g->kernel_h, g->in_h);
    qcc_window_t cols = qcc_window(at.ox, g->out_w, g->stride_w, g->pad_left, g->dilation_w, g->kernel_w, g->in_w);
    if (!qcc_is_whole(rows, g->kernel_h) || !qcc_is_whole(cols, g->kernel_w)) {
        qcc_fill(bytes, g->in_zero, g->kernel_h * g->kernel_w * g->in_c);
    }
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *row = x + (rows.origin + kh * g->dilation_h) * g->in_w * g->in_c;
        int8_t *run = bytes + kh * g->kernel_w * g->in_c;
        if (g->dilation_w == 1) {
            qcc_copy(run + cols.begin * g->in_c, row + (cols.origin + cols.begin) * g->in_c,
                     (cols.end - cols.begin) * g->in_c);
        } else {
            for (int32_t kw = cols.begin; kw < cols.end; kw++) {
                qcc_copy(run + kw * g->in_c, row + (cols.origin + kw * g->dilation_w) * g->in_c, g->in_c);
            }
        }
    }
}

/* The next pixel in ascending order. */
QCC_INLINE qcc_pixel_t qcc_pixel_after(qcc_pixel_t at, const qcc_conv2d_t *g) {
    at.ox++;
    if (at.ox == g->out_w) {
        at.ox = 0;
        at.oy++;
    }
    return at;
}

/* Whether the windows of the pixel and of the next one lie side by side, inside the image. */
QCC_INLINE int qcc_windows_inside(qcc_pixel_t at, const qcc_conv2d_t *g) {
    int32_t top = at.oy * g->stride_h - g->pad_top, left = at.ox * g->stride_w - g->pad_left;
    return g->dilation_w == 1 && top >= 0 && top + (g->kernel_h - 1) * g->dilation_h < g->in_h && left >= 0
           && left + g->stride_w + g->kernel_w <= g->in_w && at.ox + 1 < g->out_w;
}

/*
 * The windows of the pixel and, where `pixels` is 2, of the next one; where it is 1, the second is the first again.
 * `bytes`: room for two windows, used when they cannot be read in place; gathered windows have the pitch of a run.
 */
QCC_INLINE qcc_window_pair_t qcc_two_windows(const int8_t *x, int8_t *bytes, qcc_pixel_t at, int32_t pixels,
                                             int32_t room, const qcc_conv2d_t *g) {
    if (pixels == 2 && qcc_windows_inside(at, g)) {
        int32_t h = at.oy * g->stride_h - g->pad_top, w = at.ox * g->stride_w - g->pad_left;
        const int8_t *first = x + (h * g->in_w + w) * g->in_c;
        qcc_window_pair_t pair = {first, first + g->stride_w * g->in_c, g->dilation_h * g->in_w * g->in_c};
        return pair;
    }
    qcc_window_pair_t pair = {bytes, pixels == 2 ? bytes + room : bytes, g->kernel_w * g->in_c};
    qcc_gather_window(bytes, x, at, g);
    if (pixels == 2) {
        qcc_gather_window(bytes + room, x, qcc_pixel_after(at, g), g);
    }
    return pair;
}

#endif
