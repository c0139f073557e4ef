/*
 * Depthwise 2-D convolution for cores with neither SIMD nor long multiplication (Cortex-M0, M0+, M23): one channel times
 * four pixels at a time, and the requantisation of some channels at once.
 *
 * Computes what qcc_depthwise_conv2d computes, for multiplier == 1 and kernel_h, kernel_w of at most
 * QCC_DEPTHWISE_RING_TAPS; weights and bias as there.
 *
 * scratch  QCC_DEPTHWISE_RING_SCRATCH(in_c, out_w, kernel_h, kernel_w, stride_w, dilation_h, dilation_w) bytes,
 *          disjoint from everything else. For 3x3 windows of stride 1: 3 * (out_w + 2) * in_c + 4.
 *
 * Overlap: as qcc_depthwise_ring.h says.
 */
#ifndef QCC_DEPTHWISE_CONV2D_SHORT_H
#define QCC_DEPTHWISE_CONV2D_SHORT_H

#include "qcc_depthwise_conv2d_mla.h"
#include "qcc_short_parts.h"

enum { QCC_DEPTHWISE_SHORT_CHANNELS = 8 };

#if QCC_SHORT_ASSEMBLY

/* What the loop over channels keeps in memory; in this order. */
typedef struct {
    const int8_t *rows[QCC_DEPTHWISE_RING_TAPS + 1]; /* the first windows of the channel in the ring; the last ones used */
    const int8_t *const *first;                      /* of the rows in use, behind which there is a NULL */
    const int8_t *weights;
    const int32_t *bias;
    int32_t *acc, *end;
} qcc_depthwise_state_t;

/* The next column of the row to r2; its product with a weight, onto a sum: the column is lost, or kept, or the weight lost. */
#define QCC_COLUMN "ldrsb r2, [r0, r1]\n\tadds r0, r0, r1\n\t"
#define QCC_LAST(w, sum) "muls r2, " w "\n\tadd " sum ", r2\n\t"
#define QCC_KEPT(w, sum) "mov r3, r2\n\tmuls r3, " w "\n\tadd " sum ", r3\n\t"
#define QCC_SPENT(w, sum) "muls " w ", r2\n\tadd " sum ", " w "\n\t"

/* A row of three taps, in r5..r7, onto the sums of four pixels, in r8..r11; the first column is in r2. */
#define QCC_TAPS_STRIDE_1                                                                       \
    QCC_LAST("r5", "r8")                                                                        \
    QCC_COLUMN QCC_KEPT("r6", "r8") QCC_LAST("r5", "r9")                                        \
    QCC_COLUMN QCC_KEPT("r7", "r8") QCC_KEPT("r6", "r9") QCC_LAST("r5", "r10")                  \
    QCC_COLUMN QCC_KEPT("r7", "r9") QCC_SPENT("r5", "r11") QCC_LAST("r6", "r10")                \
    QCC_COLUMN QCC_SPENT("r6", "r11") QCC_LAST("r7", "r10")                                     \
    QCC_COLUMN QCC_LAST("r7", "r11")
#define QCC_TAPS_STRIDE_2                                                                       \
    QCC_LAST("r5", "r8") QCC_COLUMN QCC_LAST("r6", "r8")                                        \
    QCC_COLUMN QCC_KEPT("r7", "r8") QCC_LAST("r5", "r9") QCC_COLUMN QCC_LAST("r6", "r9")        \
    QCC_COLUMN QCC_KEPT("r7", "r9") QCC_LAST("r5", "r10") QCC_COLUMN QCC_LAST("r6", "r10")      \
    QCC_COLUMN QCC_KEPT("r7", "r10") QCC_LAST("r5", "r11") QCC_COLUMN QCC_LAST("r6", "r11")     \
    QCC_COLUMN QCC_LAST("r7", "r11")

/* r1: bytes from one pixel to the next, lr: place in `rows`, r12: weights; r3: at first, and behind the rows, `first`. */
#define QCC_DEPTHWISE_LOOP(taps)                                                                                     \
    __asm__ volatile(".syntax unified\n"                                                                               \
                     "1:\n\tldmia r3!, {r4, r5, r6}\n\tmov lr, r4\n\tmov r12, r5\n\tadds r5, #1\n\t"                 \
                     "ldmia r6!, {r7}\n\tmov r8, r7\n\tmov r9, r7\n\tmov r10, r7\n\tmov r11, r7\n\t"                 \
                     "subs r3, #8\n\tstmia r3!, {r5, r6}\n"                                                          \
                     "2:\n\tmov r3, lr\n\tldmia r3!, {r0}\n\tcmp r0, #0\n\tbeq 3f\n\t"                               \
                     "adds r4, r0, #1\n\tsubs r3, #4\n\tstmia r3!, {r4}\n\tmov lr, r3\n\t"                           \
                     "mov r3, r12\n\tmovs r4, #0\n\tldrsb r5, [r3, r4]\n\tldrsb r6, [r3, r1]\n\tadds r3, r3, r1\n\t" \
                     "ldrsb r7, [r3, r1]\n\tadds r3, r3, r1\n\tadds r3, r3, r1\n\tmov r12, r3\n\t"                   \
                     "ldrsb r2, [r0, r4]\n\t" taps "b 2b\n"                                                          \
                     "3:\n\tldr r0, [r3, #12]\n\tmov r4, r8\n\tmov r5, r9\n\tmov r6, r10\n\tmov r7, r11\n\t"         \
                     "stmia r0!, {r4, r5, r6, r7}\n\tstr r0, [r3, #12]\n\tldr r4, [r3, #16]\n\tcmp r0, r4\n\t"       \
                     "bne 1b\n\t" ".syntax divided"                                                               \
                     : "+r"(place) : "r"(pitch)                                                                      \
                     : "r0", "r2", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory")

/* The sums of four pixels, as qcc_depthwise_mla_sums, of several channels; three columns of taps, stride 1 or 2. */
QCC_SHORT_LOOP void qcc_depthwise_threes(qcc_depthwise_state_t *state, int32_t in_c, int32_t stride) {
    register const int8_t *const **place __asm__("r3") = &state->first;
    register int32_t pitch __asm__("r1") = in_c;
    if (stride == 1) {
        QCC_DEPTHWISE_LOOP(QCC_TAPS_STRIDE_1);
    } else {
        QCC_DEPTHWISE_LOOP(QCC_TAPS_STRIDE_2);
    }
}

#endif

/* The sums of `channels` channels from c on, [channels][pixels]. */
QCC_INLINE void qcc_depthwise_short_sums(const int8_t *const *rows, int32_t start, int32_t c, int32_t channels,
                                         int32_t pixels, int32_t *acc, const int8_t *weights, const int32_t *bias,
                                         const qcc_depthwise_conv2d_t *g) {
#if QCC_SHORT_ASSEMBLY
    if (g->kernel_w == 3 && g->dilation_w == 1 && g->stride_w <= 2 && pixels == QCC_DEPTHWISE_MLA_PIXELS) {
        const int32_t unused = QCC_DEPTHWISE_RING_TAPS - g->kernel_h;
        qcc_depthwise_state_t state = {.weights = weights + c, .bias = bias + c, .acc = acc,
                                       .end = acc + channels * pixels, .first = state.rows + unused};
        QCC_UNROLL(5)
        for (int32_t kh = 0; kh < g->kernel_h; kh++) {
            state.rows[unused + kh] = rows[kh] + start + c;
        }
        state.rows[QCC_DEPTHWISE_RING_TAPS] = 0;
        qcc_depthwise_threes(&state, g->in_c, g->stride_w);
        return;
    }
#endif
    for (int32_t i = 0; i < channels; i++) {
        qcc_depthwise_mla_sums(rows, start, c + i, pixels, acc + i * pixels, weights, bias, g);
    }
}

/* All channels of `pixels` neighbouring pixels. `start`: of the first window in each row of the ring. */
QCC_INLINE void qcc_depthwise_short_pixels(const int8_t *const *rows, int32_t start, int8_t *y, int32_t pixels,
                                           const int8_t *weights, const int32_t *bias, const qcc_depthwise_conv2d_t *g,
                                           const qcc_requantize_t *r) {
    for (int32_t c = 0; c < g->in_c; c += QCC_DEPTHWISE_SHORT_CHANNELS) {
        int32_t acc[QCC_DEPTHWISE_MLA_PIXELS * QCC_DEPTHWISE_SHORT_CHANNELS];
        int32_t channels = qcc_min(QCC_DEPTHWISE_SHORT_CHANNELS, g->in_c - c);
        qcc_depthwise_short_sums(rows, start, c, channels, pixels, acc, weights, bias, g);
        const qcc_parts_t outputs = {acc, y + c, channels, pixels, 1, g->in_c};
        qcc_requantize_all(acc, &outputs, c, r);
    }
}

QCC_INLINE void qcc_depthwise_conv2d_short(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                                           void *scratch, const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_ring_t ring = {.bytes = scratch};
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        qcc_ring_turn(&ring, x, oy, g);
        int32_t ox = 0, step = g->stride_w * g->in_c, tail = g->out_w % QCC_DEPTHWISE_MLA_PIXELS;
        for (; ox + QCC_DEPTHWISE_MLA_PIXELS <= g->out_w; ox += QCC_DEPTHWISE_MLA_PIXELS) {
            qcc_depthwise_short_pixels(ring.rows, ox * step, y, QCC_DEPTHWISE_MLA_PIXELS, weights, bias, g, r);
            y += QCC_DEPTHWISE_MLA_PIXELS * g->in_c;
        }
        if (tail != 0) {
            qcc_depthwise_short_pixels(ring.rows, ox * step, y, tail, weights, bias, g, r);
            y += tail * g->in_c;
        }
    }
}

#endif
