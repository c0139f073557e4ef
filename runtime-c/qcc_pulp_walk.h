/*
 * Walks of 3x3 windows over an image in L1, for one channel: along a row, or down a column of it; then "rows" are columns,
 * and the other way round. Every column of x is read once, and adds to the windows that it belongs to.
 */
#ifndef QCC_PULP_WALK_H
#define QCC_PULP_WALK_H

#include "qcc_pulp.h"

typedef struct {
    int32_t step, pitch;     /* bytes of x from column to column, and from row to row */
    int32_t w_step, w_pitch; /* the same of the weights */
    int32_t stride;          /* columns between two windows, 1 or 2 */
    int32_t y_step;          /* bytes of y between them */
} qcc_walk_t;

/* What the windows of a channel are multiplied by: a word for each column, its rows from byte 0 on, 0 in byte 3. */
typedef struct {
    uint32_t left, middle, right;
    int32_t bias;
} qcc_columns_t;

QCC_INLINE uint32_t qcc_weight_column(const int8_t *w, int32_t pitch) {
    uint32_t column = (uint32_t)(uint8_t)w[0];
    return qcc_pulp_with_byte_2(qcc_pulp_with_byte_1(column, w[pitch]), w[2 * pitch]);
}

QCC_INLINE qcc_columns_t qcc_weight_columns(const int8_t *w, int32_t bias, const qcc_walk_t *walk) {
    qcc_columns_t columns = {qcc_weight_column(w, walk->w_pitch), qcc_weight_column(w + walk->w_step, walk->w_pitch),
                             qcc_weight_column(w + 2 * walk->w_step, walk->w_pitch), bias};
    return columns;
}

/* Where a walk is: at a column of three rows, before an output, with the sums of the windows that have begun. */
typedef struct {
    const int8_t *top, *middle, *bottom;
    int8_t *y;
    int32_t first, second;
} qcc_walking_t;

/* The next column of x; byte 3 is anything. */
QCC_INLINE uint32_t qcc_next_column(qcc_walking_t *x, int32_t step) {
    int32_t first = qcc_pulp_next_byte(&x->top, step), second = qcc_pulp_next_byte(&x->middle, step);
    int32_t third = qcc_pulp_next_byte(&x->bottom, step);
    return qcc_pulp_with_byte_2(qcc_pulp_with_byte_1((uint32_t)first, second), third);
}

#if defined(QCC_XPULP) && !defined(__pulp__)

/* Into t1, a column of x; t2 and t3 are lost. */
#define QCC_WALK_BYTE(to, pointer) ".insn r 0x0B, 7, 0x00, " to ", %[" pointer "], %[step]\n\t"
#define QCC_WALK_COLUMN                                                                          \
    QCC_WALK_BYTE("t1", "top") QCC_WALK_BYTE("t2", "middle") QCC_WALK_BYTE("t3", "bottom")       \
    ".insn r 0x33, 2, 0x67, t1, t2, x8\n\t.insn r 0x33, 2, 0x67, t1, t3, x16\n\t"

/* sum += the column in t1 times one of the weights. */
#define QCC_WALK_DOT(sum, w) ".insn r 0x57, 1, 0x5c, %[" sum "], t1, %[" w "]\n\t"

/* t4 from the sum, by a rule of qcc_requantize_wide: a shift, AFFINE, or early_zero without and with the sign of rounding. */
#define QCC_WALK_SHIFT(sum) "sra t4, %[" sum "], %[n]\n\t"
#define QCC_WALK_HIGH(sum, bits)                                      \
    "slli t4, %[" sum "], " bits "\n\tmulh t4, t4, %[m]\n\t"          \
    ".insn r 0x5B, 2, 0x20, t4, %[addend], %[n]\n\t"
#define QCC_WALK_AFFINE(sum) QCC_WALK_HIGH(sum, "8")
#define QCC_WALK_EARLY(sum) QCC_WALK_HIGH(sum, "2")
#define QCC_WALK_SIGNED(sum)                                                                              \
    "srai t2, %[" sum "], 31\n\tslli t4, %[" sum "], 2\n\tmulh t4, t4, %[m]\n\tslli t2, t2, 1\n\tadd t4, t4, t2\n\t" \
    ".insn r 0x5B, 2, 0x20, t4, %[addend], %[n]\n\t"

/* Limits t4 to lo..hi, and stores it. */
#define QCC_WALK_LIMIT ".insn r 0x33, 6, 0x02, t4, t4, %[lo]\n\t.insn r 0x33, 4, 0x02, t4, t4, %[hi]\n\t"
#define QCC_WALK_LIMIT_BYTE ".insn r 0x33, 1, 0x0A, t4, t4, x8\n\t"
#define QCC_WALK_STORE ".insn r 0x2B, 4, 0x00, %[y_step], %[y], t4\n\t"

/* The window that `sum` is of, and two columns of the one after it, of which `next` is the sum; then they change names. */
#define QCC_WALK_WINDOW(sum, next, scale, limit, end)                                                    \
    QCC_WALK_COLUMN QCC_WALK_DOT(sum, "right") QCC_WALK_DOT(next, "middle_w") scale(sum)                  \
    "mv %[" sum "], %[bias]\n\t" limit QCC_WALK_DOT(sum, "left") end QCC_WALK_STORE

/* A window per column, two at a time. */
#define QCC_WALK_BY_1(scale, limit)                       \
    QCC_WALK_WINDOW("first", "second", scale, limit, "")  \
    QCC_WALK_WINDOW("second", "first", scale, limit, "2:\n\t")

/* A window per two columns, of which the left one is in `first`. */
#define QCC_WALK_BY_2(scale, limit)                                                                      \
    QCC_WALK_COLUMN QCC_WALK_DOT("first", "middle_w") QCC_WALK_COLUMN QCC_WALK_DOT("first", "right")      \
    scale("first") "mv %[first], %[bias]\n\t" limit QCC_WALK_DOT("first", "left") "2:\n\t" QCC_WALK_STORE

/* Early clobbers: `second` may begin as the bias, and must not share its register. */
#define QCC_WALK_LOOP(body)                                                                                      \
    __asm__ volatile(".option push\n\t.option norelax\n\t.option norvc\n\t" QCC_PULP_LOOP("2f") body ".option pop" \
                     : [top] "+&r"(x->top), [middle] "+&r"(x->middle), [bottom] "+&r"(x->bottom), [y] "+&r"(y),   \
                       [first] "+&r"(first), [second] "+&r"(second)                                              \
                     : "r"(count), [step] "r"(walk->step), [y_step] "r"(walk->y_step), [left] "r"(w->left),       \
                       [middle_w] "r"(w->middle), [right] "r"(w->right), [bias] "r"(w->bias), [m] "r"(factor.m),  \
                       [addend] "r"(factor.addend), [n] "r"(factor.n), [lo] "r"(r->lo), [hi] "r"(r->hi)           \
                     : "t1", "t2", "t3", "t4", "memory")

#define QCC_WALK_LIMITED(scale, limit)               \
    if (walk->stride == 1) {                         \
        QCC_WALK_LOOP(QCC_WALK_BY_1(scale, limit));  \
    } else {                                         \
        QCC_WALK_LOOP(QCC_WALK_BY_2(scale, limit));  \
    }
#define QCC_WALK_BY(scale)                            \
    if (r->lo == -128 && r->hi == 127) {              \
        QCC_WALK_LIMITED(scale, QCC_WALK_LIMIT_BYTE)  \
    } else {                                          \
        QCC_WALK_LIMITED(scale, QCC_WALK_LIMIT)       \
    }

/* The factor, what is added behind it, and the last shift. */
typedef struct {
    int32_t m, addend, n;
} qcc_walk_factor_t;

QCC_INLINE qcc_walk_factor_t qcc_walk_factor(const qcc_requantize_t *r) {
    qcc_walk_factor_t factor = {r->multiplier_all, r->addend_all, QCC_AFFINE_SHIFT};
    if (r->rule == QCC_SHIFT) {
        factor.n = r->shift_all;
    } else if (r->rule != QCC_AFFINE) {
        factor.addend = qcc_early_addend(r->zero, r->right_all);
        factor.n = qcc_early_shift(r->right_all);
    }
    return factor;
}

/* Whether a rule has a loop. */
QCC_INLINE int qcc_walk_has_loop(const qcc_requantize_t *r) {
    return r->rule == QCC_SHIFT || r->rule == QCC_AFFINE || r->early_zero;
}

/* So many windows by such a rule, at least one; by stride 1 an even number of them. */
QCC_INLINE void qcc_walk_loop(qcc_walking_t *x, int32_t windows, const qcc_columns_t *w, const qcc_walk_t *walk,
                              const qcc_requantize_t *r) {
    register int32_t count __asm__(QCC_PULP_COUNT) = walk->stride == 1 ? windows / 2 : windows;
    const qcc_walk_factor_t factor = qcc_walk_factor(r);
    int32_t first = x->first, second = x->second;
    int8_t *y = x->y;
    if (r->rule == QCC_SHIFT) {
        QCC_WALK_BY(QCC_WALK_SHIFT)
    } else if (r->rule == QCC_AFFINE) {
        QCC_WALK_BY(QCC_WALK_AFFINE)
    } else if (r->lo >= r->zero) {
        QCC_WALK_BY(QCC_WALK_EARLY)
    } else {
        QCC_WALK_BY(QCC_WALK_SIGNED)
    }
}

#else

QCC_INLINE int qcc_walk_has_loop(const qcc_requantize_t *r) {
    (void)r;
    return 0;
}

QCC_INLINE void qcc_walk_loop(qcc_walking_t *x, int32_t windows, const qcc_columns_t *w, const qcc_walk_t *walk,
                              const qcc_requantize_t *r) {
    (void)x, (void)windows, (void)w, (void)walk, (void)r;
}

#endif

/* One window. */
QCC_INLINE void qcc_walk_on(qcc_walking_t *x, const qcc_columns_t *w, const qcc_walk_t *walk, const qcc_requantize_t *r) {
    uint32_t column = qcc_next_column(x, walk->step);
    if (walk->stride != 1) {
        x->first = qcc_pulp_dot(x->first, column, w->middle);
        column = qcc_next_column(x, walk->step);
    }
    *x->y = qcc_requantize(qcc_pulp_dot(x->first, column, w->right), 0, r);
    x->y += walk->y_step;
    x->first = walk->stride == 1 ? qcc_pulp_dot(x->second, column, w->middle) : qcc_pulp_dot(w->bias, column, w->left);
    x->second = qcc_pulp_dot(w->bias, column, w->left);
}

/* The outputs of so many windows, at least one; r is that of the channel. */
QCC_INLINE void qcc_walk(const int8_t *x, int8_t *y, int32_t windows, const qcc_columns_t *w, const qcc_walk_t *walk,
                         const qcc_requantize_t *r) {
    qcc_walking_t at = {x, x + walk->pitch, x + 2 * walk->pitch, y, 0, w->bias};
    uint32_t column = qcc_next_column(&at, walk->step);
    at.first = qcc_pulp_dot(w->bias, column, w->left);
    if (walk->stride == 1) {
        column = qcc_next_column(&at, walk->step);
        at.first = qcc_pulp_dot(at.first, column, w->middle);
        at.second = qcc_pulp_dot(at.second, column, w->left);
    }
    int32_t alone = !qcc_walk_has_loop(r) ? windows : walk->stride == 1 ? windows % 2 : 0;
    for (int32_t i = 0; i < alone; i++) {
        qcc_walk_on(&at, w, walk, r);
    }
    if (alone < windows) {
        qcc_walk_loop(&at, windows - alone, w, walk, r);
    }
}

#endif
