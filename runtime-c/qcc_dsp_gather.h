/*
 * The windows of a convolution, two output pixels at a time, gathered and widened into a patch (qcc_dsp_patch.h).
 *
 * scratch  QCC_GATHER_SCRATCH(kernel_h, kernel_w, in_c) bytes: 4 * K4, plus K4 where in_c is not a multiple of four;
 *          K4 = round_up4(kernel_h * kernel_w * in_c)
 *
 * y is written in ascending pixel order, two pixels at a time in flattened (oy, ox) order, and both have been gathered
 * into scratch before either is written. Once any element of row oy is written, no x row before
 * oy*stride_h - pad_top is read any more: y may overlap x rows before it.
 */
#ifndef QCC_DSP_GATHER_H
#define QCC_DSP_GATHER_H

#include "qcc_conv2d.h"
#include "qcc_dsp_finish.h"
#include "qcc_dsp_patch.h"

#define QCC_GATHER_SCRATCH(kernel_h, kernel_w, in_c)               \
    (QCC_PATCH_BYTES((kernel_h) * (kernel_w) * (in_c), 2)          \
     + ((in_c) % 4 == 0 ? 0 : 4 * QCC_QUADS((kernel_h) * (kernel_w) * (in_c))))

/* One layer of multiply-accumulate as the loops over its pixels see it. */
typedef struct {
    const qcc_word_t *weights;
    const int32_t *bias;
    int32_t quads, out_c;
    int32_t packed_bits; /* as in qcc_conv2d_t */
    qcc_factors_t factors;
    const qcc_requantize_t *r; /* where no rule of qcc_dsp_finish.h serves */
} qcc_dsp_layer_t;

/* Field by field: compilers clear what they initialise by calls of memset. */
QCC_INLINE void qcc_set_layer(qcc_dsp_layer_t *layer, const int8_t *weights, const int32_t *bias,
                              const qcc_conv2d_t *g, const qcc_requantize_t *r, qcc_finish finish) {
    const qcc_factors_t factors = qcc_factors_of(r, finish);
    layer->weights = (const qcc_word_t *)(const void *)weights;
    layer->bias = bias;
    layer->quads = QCC_QUADS(g->kernel_h * g->kernel_w * g->in_c);
    layer->out_c = g->out_c;
    layer->packed_bits = g->packed_bits;
    layer->r = finish == QCC_FINISH_ANY ? r : 0;
    layer->factors.m = factors.m;
    layer->factors.n = factors.n;
    if (finish == QCC_FINISH_AFFINE) {
        layer->factors.addends = factors.addends;
    }
    layer->factors.zero = factors.zero;
    layer->factors.all.m = factors.all.m;
    layer->factors.all.n = factors.all.n;
    layer->factors.all.addend = factors.all.addend;
}

/* Computes all output channels of `pixels` (1 or 2) gathered pixels. */
typedef void qcc_pixels_t(const qcc_word_t *patch, int8_t *y, int32_t pixels, const qcc_dsp_layer_t *layer);

/* Where one pixel's patch goes: straight into the words, or, where runs do not fill quads, first into bytes. */
typedef struct {
    qcc_word_t *words;
    int8_t *bytes;
} qcc_patch_t;

/* Products k .. k+n-1 of the patch are the n bytes at src. */
QCC_INLINE void qcc_patch_copy(const qcc_patch_t *patch, int32_t k, const int8_t *src, int32_t n,
                               const qcc_conv2d_t *g) {
    if (g->in_c % 4 == 0) {
        qcc_widen_quads(patch->words + k, src, n / 4, 2);
    } else {
        qcc_copy(patch->bytes + k, src, n);
    }
}

/* Products k .. k+n-1 of the patch are in_zero. */
QCC_INLINE void qcc_patch_pad(const qcc_patch_t *patch, int32_t k, int32_t n, const qcc_conv2d_t *g) {
    if (g->in_c % 4 == 0) {
        qcc_fill_words(patch->words + k, qcc_both_lanes(g->in_zero), n / 2, 2);
    } else {
        qcc_fill(patch->bytes + k, g->in_zero, n);
    }
}

/* One kernel row of the patch: the taps inside the image, with in_zero on both sides. */
QCC_INLINE void qcc_patch_row(const qcc_patch_t *patch, int32_t k, const int8_t *row, qcc_window_t cols,
                              const qcc_conv2d_t *g) {
    qcc_patch_pad(patch, k, cols.begin * g->in_c, g);
    if (g->dilation_w == 1) {
        qcc_patch_copy(patch, k + cols.begin * g->in_c, row + (cols.origin + cols.begin) * g->in_c,
                       (cols.end - cols.begin) * g->in_c, g);
    } else {
        for (int32_t kw = cols.begin; kw < cols.end; kw++) {
            qcc_patch_copy(patch, k + kw * g->in_c, row + (cols.origin + kw * g->dilation_w) * g->in_c, g->in_c, g);
        }
    }
    qcc_patch_pad(patch, k + cols.end * g->in_c, (g->kernel_w - cols.end) * g->in_c, g);
}

QCC_INLINE void qcc_patch_rows(const qcc_patch_t *patch, const int8_t *x, qcc_window_t rows, qcc_window_t cols,
                               const qcc_conv2d_t *g) {
    int32_t run = g->kernel_w * g->in_c;
    qcc_patch_pad(patch, 0, rows.begin * run, g);
    for (int32_t kh = rows.begin; kh < rows.end; kh++) {
        const int8_t *row = x + (rows.origin + kh * g->dilation_h) * g->in_w * g->in_c;
        qcc_patch_row(patch, kh * run, row, cols, g);
    }
    qcc_patch_pad(patch, rows.end * run, (g->kernel_h - rows.end) * run, g);
}

/* Gathers and widens the window of one output pixel. */
QCC_INLINE void qcc_patch_gather(const qcc_patch_t *patch, const int8_t *x, int32_t oy, int32_t ox,
                                 const qcc_conv2d_t *g) {
    qcc_window_t rows = qcc_window(oy, g->out_h, g->stride_h, g->pad_top, g->dilation_h, g->kernel_h, g->in_h);
    qcc_window_t cols = qcc_window(ox, g->out_w, g->stride_w, g->pad_left, g->dilation_w, g->kernel_w, g->in_w);
    if (g->in_c % 4 == 0) {
        qcc_patch_rows(patch, x, rows, cols, g);
    } else {
        if (qcc_is_whole(rows, g->kernel_h) && qcc_is_whole(cols, g->kernel_w)) {
            qcc_patch_rows(patch, x, qcc_whole_window(rows.origin, g->kernel_h),
                           qcc_whole_window(cols.origin, g->kernel_w), g);
        } else {
            qcc_patch_rows(patch, x, rows, cols, g);
        }
        qcc_widen_quads(patch->words, patch->bytes, QCC_QUADS(g->kernel_h * g->kernel_w * g->in_c), 2);
    }
}

/* Whether the windows of the output pixel and of the next one lie side by side, inside the image. */
QCC_INLINE int qcc_both_inside(int32_t oy, int32_t ox, const qcc_conv2d_t *g) {
    qcc_window_t rows = qcc_window(oy, g->out_h, g->stride_h, g->pad_top, g->dilation_h, g->kernel_h, g->in_h);
    int32_t left = ox * g->stride_w - g->pad_left;
    int32_t right = left + g->stride_w + (g->kernel_w - 1) * g->dilation_w;
    return qcc_is_whole(rows, g->kernel_h) && left >= 0 && right < g->in_w
           && (g->out_w % 2 == 0 || ox + 1 < g->out_w);
}

/* Gathers and widens two windows inside the image, the second one `apart` bytes after the first; in_c % 4 == 0. */
QCC_INLINE void qcc_patch_two(qcc_word_t *words, const int8_t *x, int32_t apart, const qcc_conv2d_t *g) {
    int32_t run = g->dilation_w == 1 ? g->kernel_w * g->in_c : g->in_c; /* bytes that follow one another */
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        for (int32_t kw = 0; kw < g->kernel_w * g->in_c / run; kw++, words += run) {
            const int8_t *first = x + (kh * g->dilation_h * g->in_w + kw * g->dilation_w) * g->in_c;
            qcc_widen_two(words, first, first + apart, run / 4);
        }
    }
}

/*
 * A 1x1 convolution of stride 1 without padding: the pixels of x and y are one sequence. A quad that begins in the last
 * but one pixel ends in the last: a single channel would be too few.
 */
QCC_INLINE int qcc_is_pointwise(const qcc_conv2d_t *g) {
    return g->in_c > 1 && g->kernel_h * g->kernel_w * g->stride_h * g->stride_w == 1
           && g->pad_top + g->pad_left == 0 && g->in_w == g->out_w;
}

/*
 * Its n >= 1 pixels; `some`: a function that computes one or two. The last quad of a pixel may reach into the next one,
 * where weights are zero; but nothing is read behind the last pixel.
 */
QCC_INLINE void qcc_gather_pointwise(const int8_t *x, int8_t *y, qcc_word_t *words, int32_t in_c, int32_t n,
                                     const qcc_dsp_layer_t *layer, qcc_pixels_t *some) {
    for (; n > 2; n -= 2) {
        qcc_widen_two(words, x, x + in_c, layer->quads);
        some(words, y, 2, layer);
        x += 2 * in_c, y += 2 * layer->out_c;
    }
    const int8_t *second = n == 2 ? x + in_c : x;
    const int32_t whole = in_c & ~3;
    qcc_widen_two(words, x, second, whole / 4);
    if (whole != in_c) {
        qcc_widen_tail(words + whole, x + whole, in_c - whole, 2);
        qcc_widen_tail(words + whole + 1, second + whole, in_c - whole, 2);
    }
    some(words, y, n, layer);
}

/* Gathers the windows of each two pixels into scratch and hands them to `some`. */
QCC_INLINE void qcc_gather_pixels(const int8_t *x, int8_t *y, void *scratch, const qcc_conv2d_t *g,
                                  const qcc_dsp_layer_t *layer, qcc_pixels_t *some) {
    int32_t products = g->kernel_h * g->kernel_w * g->in_c;
    int32_t pixels = g->out_h * g->out_w;
    qcc_word_t *words = scratch;
    int8_t *bytes = (int8_t *)scratch + QCC_PATCH_BYTES(products, 2);
    int32_t oy = 0, ox = 0;
    if (qcc_is_pointwise(g)) {
        qcc_gather_pointwise(x, y, words, g->in_c, g->out_h * g->out_w, layer, some);
        return;
    }
    if (products % 4 != 0) {
        qcc_fill(bytes + products, 0, 4 - products % 4);
    }
    for (int32_t p = 0; p < pixels; p += 2, y += 2 * g->out_c) {
        if (g->in_c % 4 == 0 && qcc_both_inside(oy, ox, g)) {
            int32_t h = oy * g->stride_h - g->pad_top, w = ox * g->stride_w - g->pad_left;
            qcc_patch_two(words, x + (h * g->in_w + w) * g->in_c, g->stride_w * g->in_c, g);
            ox += 2;
        } else {
            for (int32_t i = 0; i < 2; i++) {
                qcc_patch_t patch = {words + i, bytes};
                if (ox == g->out_w) {
                    ox = 0;
                    oy++;
                }
                qcc_patch_gather(&patch, x, oy, ox, g);
                ox += p + i + 1 < pixels; /* an odd last pixel is gathered twice */
            }
        }
        if (ox == g->out_w) {
            ox = 0;
            oy++;
        }
        some(words, y, pixels % 2 == 0 ? 2 : qcc_min(2, pixels - p), layer);
    }
}

#endif
