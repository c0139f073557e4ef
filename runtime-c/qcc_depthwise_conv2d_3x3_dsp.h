/*
 * Depthwise 3x3 convolution for cores with the Arm DSP extension: two channels at a time, from planes of their own.
 *
 * Computes what qcc_depthwise_conv2d computes, for kernel_h == kernel_w == 3, multiplier == 1, no dilation, in_c >= 2
 * and stride_w 1 or 2; any stride_h and any padding.
 *
 * weights  packed offline, twelve bytes for each channel: for each kernel row, its taps w0 w1 w1 w2, so that the
 *          even and the odd bytes widen to (w0, w1) and (w1, w2)
 * scratch  QCC_DEPTHWISE_3X3_DSP_SCRATCH(out_h, out_w, stride_h, stride_w) bytes, disjoint from everything else: the
 *          planes of two channels, or a band of their rows, widened, with the padding beside them
 *
 * Overlap: the channels are computed two by two, and those of y depend on no others of x. Of each channel, every x row
 * is read once, in ascending order, and before row oy of y is written, the x rows up to oy*stride_h - pad_top + 2 have
 * been read. So y may overlap those if the distance of y from x is a multiple of in_c: with stride 1 and equal sizes y
 * may be x itself.
 */
#ifndef QCC_DEPTHWISE_CONV2D_3X3_DSP_H
#define QCC_DEPTHWISE_CONV2D_3X3_DSP_H

#include "qcc_depthwise_3x3_run.h"
#include "qcc_depthwise_conv2d.h"
#include "qcc_dsp_planes.h"

/* Words of a line of a plane, and lines, that n outputs span. */
#define QCC_DEPTHWISE_3X3_DSP_PITCH(n, stride) ((((n) - 1) * (stride) + 4) / 2)
#define QCC_DEPTHWISE_3X3_DSP_LINES(n, stride) (((n) - 1) * (stride) + 3)

enum { QCC_DEPTHWISE_3X3_DSP_ROOM = 784 }; /* bytes that make bands long enough */

/* Two planes, or bands of ROOM bytes, but of four rows of outputs at least. */
#define QCC_DEPTHWISE_3X3_DSP_SCRATCH(out_h, out_w, stride_h, stride_w)                                              \
    qcc_min(8 * QCC_DEPTHWISE_3X3_DSP_PITCH(out_w, stride_w) * QCC_DEPTHWISE_3X3_DSP_LINES(out_h, stride_h),          \
            qcc_max(QCC_DEPTHWISE_3X3_DSP_ROOM,                                                                      \
                    8 * QCC_DEPTHWISE_3X3_DSP_PITCH(out_w, stride_w) * QCC_DEPTHWISE_3X3_DSP_LINES(4, stride_h)))

/* A layer, as far as this kernel does not take it for granted. */
typedef struct {
    int32_t in_h, in_w, in_c, out_h, out_w, stride_h, stride_w, pad_top, pad_left, in_zero;
    const qcc_word_t *taps;
    const int32_t *bias;
    qcc_factors_t factors;
    qcc_finish finish;
    qcc_requantize_t r; /* where no rule of qcc_dsp_finish.h serves, else unset */
} qcc_depthwise_3x3_t;

/* The same as lines, which are rows or, `down`, columns. */
typedef struct {
    int32_t down;
    int32_t n, lines;         /* pixels of a line of x, and lines */
    int32_t out_lines;        /* lines of y */
    int32_t before, above;    /* pixels of padding before a line, and lines of padding */
    int32_t stride;           /* from line to line */
    int32_t pitch, apart;     /* words of a line of a plane, and from one plane to the other */
    int32_t band;             /* lines of y at a time */
    int32_t x_step, x_line;   /* bytes from pixel to pixel of x, and from line to line */
    int32_t y_line;           /* the same of y */
    int32_t zero;
} qcc_lines_3x3_t;

/* Columns are better where they are the longer lines and no bands are needed: all else is a matter of rows. */
QCC_SINGLE void qcc_set_lines_3x3(qcc_lines_3x3_t *l, qcc_plane_3x3_t *p, const qcc_depthwise_3x3_t *g) {
    const int32_t room = QCC_DEPTHWISE_3X3_DSP_SCRATCH(g->out_h, g->out_w, g->stride_h, g->stride_w) / 8;
    const int32_t columns = QCC_DEPTHWISE_3X3_DSP_PITCH(g->out_h, g->stride_h)
                            * QCC_DEPTHWISE_3X3_DSP_LINES(g->out_w, g->stride_w);
    l->down = g->out_h > g->out_w && g->stride_h == g->stride_w && columns <= room;
    l->n = g->in_w, l->lines = g->in_h, p->length = g->out_w, l->out_lines = g->out_h;
    l->before = g->pad_left, l->above = g->pad_top, l->stride = g->stride_h;
    l->x_step = g->in_c, l->x_line = g->in_w * g->in_c;
    p->step = g->in_c, l->y_line = g->out_w * g->in_c;
    if (l->down) {
        l->n = g->in_h, l->lines = g->in_w, p->length = g->out_h, l->out_lines = g->out_w;
        l->before = g->pad_top, l->above = g->pad_left;
        l->x_step = l->x_line, l->x_line = g->in_c;
        p->step = l->y_line, l->y_line = g->in_c;
    }
    l->n = qcc_min(l->n, (p->length - 1) * g->stride_w + 3 - l->before); /* what the windows see */
    l->zero = g->in_zero;
    l->pitch = QCC_DEPTHWISE_3X3_DSP_PITCH(p->length, g->stride_w);
    l->band = qcc_min(l->out_lines, (room / l->pitch - 3) / l->stride + 1);
    l->apart = QCC_DEPTHWISE_3X3_DSP_LINES(l->band, l->stride) * l->pitch;
    p->pitch = l->pitch;
    p->skip = l->stride * l->pitch
              - (g->stride_w == 1 ? p->length / 4 * 2 + (p->length & 2) / 2 + p->length % 2 : p->length);
    p->line_skip = l->y_line - p->length * p->step;
    p->r = &g->r;
}

/* Writes `lines` lines of padding to both planes. */
QCC_SINGLE void qcc_pad_lines_3x3(qcc_word_t *plane, int32_t lines, const qcc_lines_3x3_t *l) {
    const uint32_t zeros = qcc_both_lanes(l->zero);
    for (int32_t i = 0; i < lines * l->pitch; i++) {
        plane[i] = zeros, plane[l->apart + i] = zeros;
    }
}

/*
 * Lines first .. first+lines-1 of the image, counted from the first one of padding; x: of the two channels. Without
 * bands padding stays where it was from the beginning.
 */
QCC_SINGLE void qcc_bring_lines_3x3(qcc_word_t *plane, const int8_t *x, int32_t first, int32_t lines,
                                    const qcc_lines_3x3_t *l) {
    const int32_t above = l->n < 1 ? lines : qcc_min(lines, qcc_max(0, l->above - first));
    const int32_t end = qcc_max(above, qcc_min(lines, l->lines + l->above - first));
    if (l->band < l->out_lines) {
        qcc_pad_lines_3x3(plane, above, l);
        qcc_pad_lines_3x3(plane + end * l->pitch, lines - end, l);
    }
    if (end > above) {
        const qcc_pixels_of_lines_t at = {l->x_step, l->x_line};
        qcc_spread_lines(plane + above * l->pitch + l->before / 2, x + (first + above - l->above) * l->x_line,
                         end - above, l->n, l->before % 2, at, l->pitch, l->apart, l->zero);
    }
}

/* Moves the lines that a band shares with the one before it. */
QCC_INLINE void qcc_keep_lines_3x3(qcc_word_t *plane, int32_t lines, const qcc_lines_3x3_t *l) {
    const qcc_word_t *kept = plane + l->band * l->stride * l->pitch;
    qcc_copy_words(plane, kept, lines * l->pitch);
    qcc_copy_words(plane + l->apart, kept + l->apart, lines * l->pitch);
}

/* The taps in bytes 0 and 2, or 1 and 3, as lanes; wide: times 2^8. */
QCC_INLINE uint32_t qcc_even_taps(uint32_t bytes, int wide) {
    return wide ? (bytes << 8) & UINT32_C(0xFF00FF00) : qcc_widen_even(bytes);
}

QCC_INLINE uint32_t qcc_odd_taps(uint32_t bytes, int wide) {
    return wide ? bytes & UINT32_C(0xFF00FF00) : qcc_widen_odd(bytes);
}

/* What a channel has of its own. */
QCC_SINGLE void qcc_set_channel_3x3(qcc_plane_3x3_t *p, int32_t channel, int32_t down, const qcc_depthwise_3x3_t *g) {
    const qcc_word_t *rows = g->taps + 3 * channel;
    const int wide = g->finish == QCC_FINISH_AFFINE;
    const uint32_t a = qcc_even_taps(rows[0], wide), b = qcc_odd_taps(rows[0], wide);
    const uint32_t c = qcc_even_taps(rows[1], wide), d = qcc_odd_taps(rows[1], wide);
    const uint32_t e = qcc_even_taps(rows[2], wide), f = qcc_odd_taps(rows[2], wide);
    const int32_t m = g->factors.m ? g->factors.m[channel] : g->factors.all.m;
    const int32_t n = g->factors.n ? g->factors.n[channel] : g->factors.all.n;
    p->taps[0] = a, p->taps[1] = b, p->taps[2] = c, p->taps[3] = d, p->taps[4] = e, p->taps[5] = f;
    if (down) {
        p->taps[0] = qcc_low_lanes(a, c), p->taps[1] = qcc_low_lanes(c, e);
        p->taps[2] = qcc_low_lanes(b, d), p->taps[3] = qcc_low_lanes(d, f);
        p->taps[4] = qcc_high_lanes(b, d), p->taps[5] = qcc_high_lanes(d, f);
    }
    p->bias = wide ? qcc_shift_left(g->bias[channel], QCC_AFFINE_WIDER) : g->bias[channel];
    p->factor = qcc_factor_of(m, n, g->factors.zero, g->finish);
    if (wide) {
        p->factor.addend = g->factors.addends[channel];
    }
    p->channel = channel;
}

/* All channels; run: the function for the stride and the rule. */
QCC_INLINE void qcc_planes_3x3(const int8_t *x, int8_t *y, qcc_word_t *planes, const qcc_depthwise_3x3_t *g,
                               qcc_run_3x3_t *run) {
    qcc_lines_3x3_t l;
    qcc_plane_3x3_t p;
    qcc_set_lines_3x3(&l, &p, g);
    qcc_pad_lines_3x3(planes, QCC_DEPTHWISE_3X3_DSP_LINES(l.band, l.stride), &l);
    for (int32_t c = 0; c < g->in_c; c += 2) {
        const int32_t from = qcc_min(c, g->in_c - 2); /* an odd last channel comes with the one before it */
        int32_t there = 0;
        for (int32_t o = 0; o < l.out_lines; o += l.band) {
            p.lines = qcc_min(l.band, l.out_lines - o);
            if (there > 0) {
                qcc_keep_lines_3x3(planes, there, &l);
            }
            qcc_bring_lines_3x3(planes + there * l.pitch, x + from, o * l.stride + there,
                                QCC_DEPTHWISE_3X3_DSP_LINES(p.lines, l.stride) - there, &l);
            for (int32_t channel = c; channel < qcc_min(c + 2, g->in_c); channel++) {
                qcc_set_channel_3x3(&p, channel, l.down, g);
                run(planes + (channel - from) * l.apart, y + o * l.y_line + channel, &p);
            }
            there = qcc_max(0, 3 - l.stride);
        }
    }
}

/* The same as shared functions, of which a firmware holds those that it calls: stack analysis knows no pointers. */
typedef void qcc_planes_3x3_t(const int8_t *x, int8_t *y, qcc_word_t *planes, const qcc_depthwise_3x3_t *g);

#define QCC_PLANES_3X3(name, stride, finish)                                                                         \
    QCC_SINGLE QCC_SIMD void qcc_run_3x3_##name(const qcc_word_t *x, int8_t *y, const qcc_plane_3x3_t *p) {                \
        qcc_run_3x3(x, y, p, stride, finish);                                                                        \
    }                                                                                                                \
    QCC_SINGLE void qcc_planes_3x3_##name(const int8_t *x, int8_t *y, qcc_word_t *planes,                            \
                                          const qcc_depthwise_3x3_t *g) {                                            \
        qcc_planes_3x3(x, y, planes, g, qcc_run_3x3_##name);                                                         \
    }
QCC_PLANES_3X3(shift, 1, QCC_FINISH_SHIFT)
QCC_PLANES_3X3(shift_relu, 1, QCC_FINISH_SHIFT_RELU)
QCC_PLANES_3X3(tflite, 1, QCC_FINISH_TFLITE)
QCC_PLANES_3X3(tflite_relu, 1, QCC_FINISH_TFLITE_RELU)
QCC_PLANES_3X3(affine, 1, QCC_FINISH_AFFINE)
QCC_PLANES_3X3(multiply, 1, QCC_FINISH_MULTIPLY)
QCC_PLANES_3X3(any, 1, QCC_FINISH_ANY)
QCC_PLANES_3X3(apart_shift, 2, QCC_FINISH_SHIFT)
QCC_PLANES_3X3(apart_shift_relu, 2, QCC_FINISH_SHIFT_RELU)
QCC_PLANES_3X3(apart_tflite, 2, QCC_FINISH_TFLITE)
QCC_PLANES_3X3(apart_tflite_relu, 2, QCC_FINISH_TFLITE_RELU)
QCC_PLANES_3X3(apart_affine, 2, QCC_FINISH_AFFINE)
QCC_PLANES_3X3(apart_multiply, 2, QCC_FINISH_MULTIPLY)
QCC_PLANES_3X3(apart_any, 2, QCC_FINISH_ANY)

/* The one for a stride, 1 or 2, and a rule; a literal where these are. */
QCC_INLINE qcc_planes_3x3_t *qcc_planes_3x3_for(int32_t stride, qcc_finish finish) {
    switch (finish) {
    case QCC_FINISH_SHIFT:
        return stride == 1 ? qcc_planes_3x3_shift : qcc_planes_3x3_apart_shift;
    case QCC_FINISH_SHIFT_RELU:
        return stride == 1 ? qcc_planes_3x3_shift_relu : qcc_planes_3x3_apart_shift_relu;
    case QCC_FINISH_TFLITE:
        return stride == 1 ? qcc_planes_3x3_tflite : qcc_planes_3x3_apart_tflite;
    case QCC_FINISH_TFLITE_RELU:
        return stride == 1 ? qcc_planes_3x3_tflite_relu : qcc_planes_3x3_apart_tflite_relu;
    case QCC_FINISH_AFFINE:
        return stride == 1 ? qcc_planes_3x3_affine : qcc_planes_3x3_apart_affine;
    case QCC_FINISH_MULTIPLY:
        return stride == 1 ? qcc_planes_3x3_multiply : qcc_planes_3x3_apart_multiply;
    default:
        return stride == 1 ? qcc_planes_3x3_any : qcc_planes_3x3_apart_any;
    }
}

QCC_INLINE void qcc_depthwise_conv2d_3x3_dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                             void *scratch, const qcc_depthwise_conv2d_t *g,
                                             const qcc_requantize_t *r) {
    const qcc_finish finish = qcc_finish_of(r);
    const qcc_factors_t factors = qcc_factors_of(r, finish);
    qcc_depthwise_3x3_t layer; /* field by field: compilers clear what they initialise by calls of memset */
    layer.in_h = g->in_h, layer.in_w = g->in_w, layer.in_c = g->in_c;
    layer.out_h = g->out_h, layer.out_w = g->out_w;
    layer.stride_h = g->stride_h, layer.stride_w = g->stride_w;
    layer.pad_top = g->pad_top, layer.pad_left = g->pad_left;
    layer.in_zero = g->in_zero;
    layer.taps = (const qcc_word_t *)(const void *)weights;
    layer.bias = bias;
    layer.factors.m = factors.m;
    layer.factors.n = factors.n;
    layer.factors.addends = factors.addends;
    layer.factors.zero = factors.zero;
    layer.factors.all.m = factors.all.m;
    layer.factors.all.n = factors.all.n;
    layer.finish = finish;
    if (finish == QCC_FINISH_ANY) {
        qcc_copy_requantize(&layer.r, r);
    }
    qcc_planes_3x3_for(g->stride_w, finish)(x, y, scratch, &layer);
}

#endif
