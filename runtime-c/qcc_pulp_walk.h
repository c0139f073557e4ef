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

/* The three rows under a walk. */
typedef struct {
    const int8_t *top, *middle, *bottom;
} qcc_threes_t;

/* The next column of x; byte 3 is anything. */
QCC_INLINE uint32_t qcc_next_column(qcc_threes_t *x, int32_t step) {
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

/* t4 from the sum, by a rule of qcc_requantize_wide: a shift, or early_zero without and with the sign of the rounding. */
#define QCC_WALK_SHIFT(sum) "sra t4, %[" sum "], %[n]\n\t"
#define QCC_WALK_EARLY(sum)                                  \
    "slli t4, %[" sum "], 2\n\tmulh t4, t4, %[m]\n\t"        \
    ".insn r 0x5B, 2, 0x20, t4, %[addend], %[n]\n\t"
#define QCC_WALK_SIGNED(sum)                                                                              \
    "srai t2, %[" sum "], 31\n\tslli t4, %[" sum "], 2\n\tmulh t4, t4, %[m]\n\tslli t2, t2, 1\n\tadd t4, t4, t2\n\t" \
    ".insn r 0x5B, 2, 0x20, t4, %[addend], %[n]\n\t"

/* Limits t4 to lo..hi and stores it, which ends the loop. */
#define QCC_WALK_LIMIT ".insn r 0x33, 6, 0x02, t4, t4, %[lo]\n\t.insn r 0x33, 4, 0x02, t4, t4, %[hi]\n\t"
#define QCC_WALK_STORE "2:\n\t.insn r 0x2B, 4, 0x00, %[y_step], %[y], t4\n\t"

/* A window per column: `first` is the sum of the window that the next column ends, `second` of the one after it. */
#define QCC_WALK_BY_1(scale)                                                                                    \
    QCC_WALK_COLUMN QCC_WALK_DOT("first", "right") QCC_WALK_DOT("second", "middle_w")                             \
    scale("first") "mv %[first], %[second]\n\tmv %[second], %[bias]\n\t" QCC_WALK_LIMIT                         \
    QCC_WALK_DOT("second", "left") QCC_WALK_STORE

/* A window per two columns: `first` is its sum, of which the left column is in. */
#define QCC_WALK_BY_2(scale)                                                                                    \
    QCC_WALK_COLUMN QCC_WALK_DOT("first", "middle_w") QCC_WALK_COLUMN QCC_WALK_DOT("first", "right")            \
    "mv %[second], %[bias]\n\t" QCC_WALK_DOT("second", "left") scale("first") QCC_WALK_LIMIT                    \
    "mv %[first], %[second]\n\t" QCC_WALK_STORE

/* Early clobbers: `second` may begin as the bias, and must not share its register. */
#define QCC_WALK_LOOP(body)                                                                                      \
    __asm__ volatile(".option push\n\t.option norelax\n\t.option norvc\n\t" QCC_PULP_LOOP("2f") body ".option pop" \
                     : [top] "+&r"(x->top), [middle] "+&r"(x->middle), [bottom] "+&r"(x->bottom), [y] "+&r"(y),       \
                       [first] "+&r"(first), [second] "+&r"(second)                                                \
                     : "r"(count), [step] "r"(walk->step), [y_step] "r"(walk->y_step), [left] "r"(w->left),       \
                       [middle_w] "r"(w->middle), [right] "r"(w->right), [bias] "r"(w->bias), [m] "r"(m),         \
                       [addend] "r"(addend), [n] "r"(n), [lo] "r"(r->lo), [hi] "r"(r->hi)                         \
                     : "t1", "t2", "t3", "t4", "memory")

#define QCC_WALK_BY(scale)                    \
    if (walk->stride == 1) {                  \
        QCC_WALK_LOOP(QCC_WALK_BY_1(scale));  \
    } else {                                  \
        QCC_WALK_LOOP(QCC_WALK_BY_2(scale));  \
    }

/* The windows of a walk by the rules that have a loop; 0 by the others. */
QCC_INLINE int qcc_walk_loop(qcc_threes_t *x, int8_t *y, int32_t windows, int32_t first, int32_t second,
                             const qcc_columns_t *w, const qcc_walk_t *walk, const qcc_requantize_t *r) {
    register int32_t count __asm__(QCC_PULP_COUNT) = windows;
    const int32_t early = r->early_zero, m = r->multiplier_all, n = early ? r->right_all + 1 : r->shift_all;
    const int32_t addend = early ? qcc_early_addend(r->zero, r->right_all) : 0;
    if (r->rule == QCC_SHIFT) {
        QCC_WALK_BY(QCC_WALK_SHIFT)
    } else if (early && r->lo >= r->zero) {
        QCC_WALK_BY(QCC_WALK_EARLY)
    } else if (early) {
        QCC_WALK_BY(QCC_WALK_SIGNED)
    }
    return r->rule == QCC_SHIFT || early;
}

#else

QCC_INLINE int qcc_walk_loop(const qcc_threes_t *x, const int8_t *y, int32_t windows, int32_t first, int32_t second,
                             const qcc_columns_t *w, const qcc_walk_t *walk, const qcc_requantize_t *r) {
    (void)x, (void)y, (void)windows, (void)first, (void)second, (void)w, (void)walk, (void)r;
    return 0;
}

#endif

/* The outputs of so many windows, at least one; r is that of the channel. */
QCC_INLINE void qcc_walk(const int8_t *x, int8_t *y, int32_t windows, const qcc_columns_t *w, const qcc_walk_t *walk,
                         const qcc_requantize_t *r) {
    qcc_threes_t rows = {x, x + walk->pitch, x + 2 * walk->pitch};
    uint32_t column = qcc_next_column(&rows, walk->step);
    int32_t first = qcc_pulp_dot(w->bias, column, w->left), second = w->bias;
    if (walk->stride == 1) {
        column = qcc_next_column(&rows, walk->step);
        first = qcc_pulp_dot(first, column, w->middle);
        second = qcc_pulp_dot(second, column, w->left);
    }
    if (qcc_walk_loop(&rows, y, windows, first, second, w, walk, r)) {
        return;
    }
    for (int32_t i = 0; i < windows; i++, y += walk->y_step) {
        column = qcc_next_column(&rows, walk->step);
        if (walk->stride != 1) {
            first = qcc_pulp_dot(first, column, w->middle);
            column = qcc_next_column(&rows, walk->step);
        }
        *y = qcc_requantize(qcc_pulp_dot(first, column, w->right), 0, r);
        if (walk->stride == 1) {
            first = qcc_pulp_dot(second, column, w->middle);
            second = qcc_pulp_dot(w->bias, column, w->left);
        } else {
            first = qcc_pulp_dot(w->bias, column, w->left);
        }
    }
}

#endif
