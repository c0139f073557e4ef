/*
 * How the sums of the DSP kernels become bytes, two pixels at a time: by the rules that networks mostly have, which take
 * two to five instructions, or by any.
 */
#ifndef QCC_DSP_FINISH_H
#define QCC_DSP_FINISH_H

#include "qcc_requantize.h"

/* The rules. */
typedef enum {
    QCC_FINISH_SHIFT,      /* to all of int8 */
    QCC_FINISH_SHIFT_RELU, /* to 0..127 */
    QCC_FINISH_TFLITE,     /* early_zero, to all of int8 */
    QCC_FINISH_TFLITE_RELU, /* the same where z is -128 */
    QCC_FINISH_AFFINE,      /* to all of int8, with factors per channel */
    QCC_FINISH_MULTIPLY,    /* to all of int8 */
    QCC_FINISH_ANY
} qcc_finish;

QCC_INLINE qcc_finish qcc_finish_of(const qcc_requantize_t *r) {
    if (r->rule == QCC_SHIFT && r->hi == 127 && (r->lo == -128 || r->lo == 0)) {
        return r->lo == 0 ? QCC_FINISH_SHIFT_RELU : QCC_FINISH_SHIFT;
    }
    if (r->early_zero && r->lo == -128 && r->hi == 127) {
        return r->zero == -128 ? QCC_FINISH_TFLITE_RELU : QCC_FINISH_TFLITE;
    }
    if (r->rule == QCC_AFFINE && r->multiplier && r->lo == -128 && r->hi == 127) {
        return QCC_FINISH_AFFINE;
    }
    if (r->rule == QCC_MULTIPLY && r->lo == -128 && r->hi == 127) {
        return QCC_FINISH_MULTIPLY;
    }
    return QCC_FINISH_ANY;
}

/* What takes a channel's sums to bytes. */
typedef struct {
    int32_t m, n, addend; /* n: the shift; m and addend as the rule's function wants them, for MULTIPLY the zero point */
} qcc_factor_t;

/* m: the channel's multiplier, unused by shifts; n: its shift, to the left for MULTIPLY. */
QCC_INLINE qcc_factor_t qcc_factor_of(int32_t m, int32_t n, int32_t zero, qcc_finish finish) {
    if (finish == QCC_FINISH_MULTIPLY) {
        qcc_factor_t multiply = {m, n, zero};
        return multiply;
    }
    qcc_factor_t f = {m, n, finish == QCC_FINISH_TFLITE || finish == QCC_FINISH_TFLITE_RELU ? qcc_early_addend(zero, n) : 0};
    return f;
}

QCC_INLINE int8_t qcc_finish_sum(int32_t acc, qcc_factor_t f, qcc_finish finish) {
    if (finish == QCC_FINISH_SHIFT || finish == QCC_FINISH_SHIFT_RELU) {
        return (int8_t)qcc_saturate(acc >> f.n, finish == QCC_FINISH_SHIFT ? -128 : 0, 127);
    }
    if (finish == QCC_FINISH_AFFINE) {
        const int32_t wide = qcc_shift_left(acc, QCC_AFFINE_WIDER);
        return (int8_t)qcc_saturate(qcc_scale_affine(wide, f.m, f.addend), -128, 127);
    }
    if (finish == QCC_FINISH_MULTIPLY) {
        return (int8_t)qcc_saturate(qcc_multiply_high_add(qcc_shift_left(acc, f.n), f.m, f.addend), -128, 127);
    }
    int relu = finish == QCC_FINISH_TFLITE_RELU;
    return (int8_t)qcc_saturate(qcc_scale_early(acc, f.m, qcc_early_shift(f.n), f.addend, relu), -128, 127);
}

/* One channel of two pixels; both are computed before either is written, lest the channel's factor be loaded twice. */
QCC_INLINE void qcc_finish_two(int32_t a, int32_t b, int8_t *y0, int8_t *y1, qcc_factor_t f, qcc_finish finish) {
    int8_t first = qcc_finish_sum(a, f, finish), second = qcc_finish_sum(b, f, finish);
    *y0 = first;
    *y1 = second;
}

/* What of a requantisation the rules but QCC_FINISH_ANY need. `each`, below: factors are per channel; a literal, as finish is. */
typedef struct {
    const int32_t *m; /* per channel, where each */
    const int8_t *n;
    const int16_t *addends; /* of the rule AFFINE, per channel */
    int32_t zero;
    qcc_factor_t all; /* where not each */
} qcc_factors_t;

QCC_INLINE qcc_factors_t qcc_factors_of(const qcc_requantize_t *r, qcc_finish finish) {
    const int shifts = finish < QCC_FINISH_TFLITE;
    const int32_t zero = finish == QCC_FINISH_TFLITE_RELU ? -128 : r->zero;
    qcc_factors_t f = {r->multiplier, shifts ? (const int8_t *)r->shift : r->right, r->addend, zero,
                       qcc_factor_of(r->multiplier_all,
                                     shifts ? r->shift_all : finish == QCC_FINISH_MULTIPLY ? r->left : r->right_all,
                                     zero, finish)};
    return f;
}

/* Entry i of the factors at m and n, which are those of channel i where the rule is AFFINE. */
QCC_INLINE qcc_factor_t qcc_factor_at(const int32_t *m, const int8_t *n, int32_t i, const qcc_factors_t *f,
                                      qcc_finish finish, int each) {
    if (finish == QCC_FINISH_AFFINE) {
        qcc_factor_t affine = {m[i], 0, f->addends[i]};
        return affine;
    }
    if (finish == QCC_FINISH_MULTIPLY && each) {
        return qcc_factor_of(m[i], f->all.n, f->zero, finish);
    }
    return each ? qcc_factor_of(finish < QCC_FINISH_TFLITE ? 0 : m[i], n[i], f->zero, finish) : f->all;
}

/* The next channel of two pixels by the rule AFFINE; wide: the sums times 2^8. Moves all pointers behind it. */
QCC_INLINE void qcc_finish_affine(int32_t wide0, int32_t wide1, int8_t **y0, int8_t **y1, const int32_t **m,
                                  const int16_t **addends) {
    const int32_t factor = *(*m)++, addend = *(*addends)++;
    *(*y0)++ = (int8_t)qcc_saturate(qcc_scale_affine(wide0, factor, addend), -128, 127);
    *(*y1)++ = (int8_t)qcc_saturate(qcc_scale_affine(wide1, factor, addend), -128, 127);
    QCC_OPAQUE(*y0); /* else gcc derives all four from a counter */
    QCC_OPAQUE(*y1);
    QCC_OPAQUE(*m);
    QCC_OPAQUE(*addends);
}

/* The outputs o .. o+3 of both pixels by that rule; y: of the first one. wide: four sums of each pixel. */
QCC_INLINE void qcc_put_affine_4x2(const int32_t *wide, int8_t *y, int32_t o, int32_t out_c, const qcc_factors_t *f) {
    int8_t *y0 = y + o, *y1 = y0 + out_c;
    const int32_t *m = f->m + o;
    const int16_t *addends = f->addends + o;
    for (int32_t i = 0; i < 4; i++) {
        qcc_finish_affine(wide[i], wide[4 + i], &y0, &y1, &m, &addends);
    }
}

/* The outputs o .. o+3 of both pixels; y: of the first one. acc: unstacked, four sums of each pixel. */
QCC_INLINE void qcc_put_4x2(const int32_t *acc, int8_t *y, int32_t o, int32_t out_c, const qcc_factors_t *f,
                            qcc_finish finish, int each) {
    if (finish == QCC_FINISH_AFFINE) {
        int32_t wide[8];
        for (int32_t i = 0; i < 8; i++) {
            wide[i] = qcc_shift_left(acc[i], QCC_AFFINE_WIDER);
        }
        qcc_put_affine_4x2(wide, y, o, out_c, f);
        return;
    }
    int8_t *y0 = y + o, *y1 = y0 + out_c;
    const int32_t *m = each && f->m ? f->m + o : f->m;
    const int8_t *n = each && f->n ? f->n + o : f->n;
    QCC_OPAQUE(y1); /* one pointer for the four, and no other arithmetic */
    QCC_OPAQUE(m);
    QCC_OPAQUE(n);
    qcc_finish_two(acc[0], acc[4], y0, y1, qcc_factor_at(m, n, 0, f, finish, each), finish);
    qcc_finish_two(acc[1], acc[5], y0 + 1, y1 + 1, qcc_factor_at(m, n, 1, f, finish, each), finish);
    qcc_finish_two(acc[2], acc[6], y0 + 2, y1 + 2, qcc_factor_at(m, n, 2, f, finish, each), finish);
    qcc_finish_two(acc[3], acc[7], y0 + 3, y1 + 3, qcc_factor_at(m, n, 3, f, finish, each), finish);
}

/* The outputs o .. o+3, as far as they exist, of one pixel or two, by any rule; r: for QCC_FINISH_ANY. */
QCC_INLINE void qcc_put_some(const int32_t *acc, int8_t *y, int32_t o, int32_t out_c, int32_t pixels,
                             const qcc_factors_t *f, const qcc_requantize_t *r, qcc_finish finish, int each) {
    for (int32_t i = 0; i < qcc_min(4, out_c - o); i++) {
        qcc_factor_t factor = qcc_factor_at(f->m, f->n, o + i, f, finish, each);
        for (int32_t p = 0; p < pixels; p++) {
            y[p * out_c + o + i] = finish == QCC_FINISH_ANY ? qcc_requantize(acc[4 * p + i], o + i, r)
                                                            : qcc_finish_sum(acc[4 * p + i], factor, finish);
        }
    }
}

/*
 * The rules that loops exist for as shared functions: define(name, rule, each) for all of them, and the function
 * PREFIX_name for the rule of r, which is a literal where r is.
 */
#define QCC_EACH_FINISH(define)                    \
    define(shift, QCC_FINISH_SHIFT, 0)             \
    define(shift_each, QCC_FINISH_SHIFT, 1)        \
    define(shift_relu, QCC_FINISH_SHIFT_RELU, 0)   \
    define(shift_relu_each, QCC_FINISH_SHIFT_RELU, 1) \
    define(tflite, QCC_FINISH_TFLITE, 0)           \
    define(tflite_each, QCC_FINISH_TFLITE, 1)      \
    define(tflite_relu, QCC_FINISH_TFLITE_RELU, 0) \
    define(tflite_relu_each, QCC_FINISH_TFLITE_RELU, 1) \
    define(affine, QCC_FINISH_AFFINE, 1)           \
    define(multiply, QCC_FINISH_MULTIPLY, 0)       \
    define(multiply_each, QCC_FINISH_MULTIPLY, 1)  \
    define(any, QCC_FINISH_ANY, 0)

#define QCC_RETURN_FINISH(prefix, r)                                                    \
    switch (qcc_finish_of(r)) {                                                         \
    case QCC_FINISH_SHIFT:                                                              \
        return (r)->shift ? prefix##_shift_each : prefix##_shift;                       \
    case QCC_FINISH_SHIFT_RELU:                                                         \
        return (r)->shift ? prefix##_shift_relu_each : prefix##_shift_relu;             \
    case QCC_FINISH_TFLITE:                                                             \
        return (r)->multiplier ? prefix##_tflite_each : prefix##_tflite;                \
    case QCC_FINISH_TFLITE_RELU:                                                        \
        return (r)->multiplier ? prefix##_tflite_relu_each : prefix##_tflite_relu;      \
    case QCC_FINISH_AFFINE:                                                             \
        return prefix##_affine;                                                         \
    case QCC_FINISH_MULTIPLY:                                                           \
        return (r)->multiplier ? prefix##_multiply_each : prefix##_multiply;            \
    default:                                                                            \
        return prefix##_any;                                                            \
    }

#endif
