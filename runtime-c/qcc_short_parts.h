/*
 * TFLite's requantisation of many accumulators, for cores that multiply 32 bits by 32 into 32 only (Cortex-M0, M0+,
 * M23).
 *
 * The factor m is cut into three parts, m = m2 * 2^22 + m1 * 2^11 + m0. With acc in -2^20..2^20 - 1 all of these fit:
 *
 *   (acc * m) >> 22 = acc * m2 + ((acc * m1 + ((acc * m0) >> 11)) >> 11)
 *
 * What TFLite adds before its two roundings and the zero point behind them are whole numbers in units of 2^-9 of the
 * doubled product's high word, so that one sum and one shift do the rest:
 *
 *   y = saturate(((acc * m) >> 22) + 2^8 + (z * 2^n + 2^(n-1) - (acc < 0)) * 2^9) >> (n + 9))
 *
 * in which (acc < 0) makes ties of negative values go away from zero, and does not matter where a ReLU follows.
 * Three multiplications and about twenty instructions, where the product of 64 bits takes four and sixty.
 */
#ifndef QCC_SHORT_PARTS_H
#define QCC_SHORT_PARTS_H

#include "qcc_requantize.h"

enum { QCC_PARTS_ACC = 1 << 20, QCC_PARTS_CHANNELS = 16 };

/* Accumulators of neighbouring channels, at the same pixels, and where their outputs go. */
typedef struct {
    const int32_t *acc; /* [channels][pixels], -2^20..2^20 - 1 */
    int8_t *y;
    int32_t channels, pixels;
    int32_t channel_step, pixel_step; /* of y: an output lies at channel * channel_step + pixel * pixel_step */
} qcc_parts_t;

#if QCC_SHORT_ASSEMBLY

/* What the loop over channels keeps in memory; in this order. */
typedef struct {
    const int32_t *multiplier;
    const int8_t *right;
    int32_t half, zeros, pixels, next, stop; /* 2^8, 2 * z + 1, bytes of accumulators, from one channel's y to the next */
} qcc_parts_state_t;

/* r3 less a unit of 2^-9 where r2 is negative. */
#define QCC_PARTS_AWAY "asrs r4, r2, #31\n\tlsls r4, r4, #9\n\tadds r3, r3, r4\n\t"

/*
 * r0: accumulators, r1: y, r7: pixel_step, lr: the state. Of a channel, r8..r10: m0..m2, r11: what is added, r5: n + 9,
 * r12: where its accumulators end.
 */
#define QCC_PARTS_LOOP(away)                                                                                         \
    __asm__ volatile(".syntax unified\n1:\n\t"                                                                       \
                     "mov r6, lr\n\tldmia r6!, {r2, r3}\n\tldmia r2!, {r4}\n\tldrb r5, [r3]\n\tadds r3, #1\n\t"      \
                     "subs r6, #8\n\tstmia r6!, {r2, r3}\n\t"                                                        \
                     "lsrs r2, r4, #22\n\tmov r10, r2\n\tlsls r2, r4, #10\n\tlsrs r2, r2, #21\n\tmov r9, r2\n\t"     \
                     "lsls r4, r4, #21\n\tlsrs r4, r4, #21\n\tmov r8, r4\n\t"                                        \
                     "ldmia r6!, {r2, r3, r4}\n\tadds r5, #8\n\tlsls r3, r5\n\tadds r3, r3, r2\n\tmov r11, r3\n\t"   \
                     "adds r5, #1\n\tadds r4, r4, r0\n\tmov r12, r4\n"                                               \
                     "2:\n\tldmia r0!, {r2}\n\t"                                                                     \
                     "mov r3, r8\n\tmuls r3, r2\n\tasrs r3, r3, #11\n\t"                                             \
                     "mov r4, r9\n\tmuls r4, r2\n\tadds r3, r3, r4\n\tasrs r3, r3, #11\n\t"                          \
                     "mov r4, r10\n\tmuls r4, r2\n\tadds r3, r3, r4\n\tadd r3, r11\n\t" away                         \
                     "asrs r3, r5\n\tsxtb r4, r3\n\tcmp r4, r3\n\tbeq 3f\n\t"                                          \
                     "asrs r4, r3, #31\n\tmovs r3, #127\n\teors r4, r3\n"                                              \
                     "3:\n\tstrb r4, [r1]\n\tadds r1, r1, r7\n\tcmp r0, r12\n\tbne 2b\n\t"                           \
                     "ldmia r6!, {r2, r3}\n\tadds r1, r1, r2\n\tcmp r0, r3\n\tbne 1b\n\t.syntax divided"             \
                     : "+r"(acc), "+r"(y) : "r"(step), "r"(state_)                                                   \
                     : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "cc", "memory")

#endif

/* y of all channels; `positive`: as in qcc_scale_down. */
QCC_INLINE void qcc_channels_in_parts(const qcc_parts_t *p, const int32_t *multiplier, const int8_t *right,
                                      int32_t zero, int positive) {
#if QCC_SHORT_ASSEMBLY
    qcc_parts_state_t state = {multiplier, right, 256, 2 * zero + 1, 4 * p->pixels,
                               p->channel_step - p->pixels * p->pixel_step,
                               (int32_t)(intptr_t)(p->acc + p->channels * p->pixels)};
    register const int32_t *acc __asm__("r0") = p->acc;
    register int8_t *y __asm__("r1") = p->y;
    register int32_t step __asm__("r7") = p->pixel_step;
    register qcc_parts_state_t *state_ __asm__("lr") = &state;
    if (positive) {
        QCC_PARTS_LOOP("");
    } else {
        QCC_PARTS_LOOP(QCC_PARTS_AWAY);
    }
#else
    const int32_t *acc = p->acc;
    for (int32_t c = 0; c < p->channels; c++) {
        int32_t m = multiplier[c], n = right[c], added = qcc_shift_left(2 * zero + 1, n + 8) + 256;
        for (int32_t i = 0; i < p->pixels; i++) {
            int32_t a = *acc++, low = (a * ((m >> 11) & 0x7FF) + ((a * (m & 0x7FF)) >> 11)) >> 11;
            int32_t away = positive ? 0 : (a >> 31) * 512;
            int32_t v = (a * (m >> 22) + low + added + away) >> (n + 9);
            p->y[c * p->channel_step + i * p->pixel_step] = (int8_t)qcc_clamp(v, -128, 127);
        }
    }
#endif
}

QCC_SHORT_LOOP void qcc_positive_in_parts(const qcc_parts_t *p, const int32_t *multiplier, const int8_t *right,
                                          int32_t zero) {
    qcc_channels_in_parts(p, multiplier, right, zero, 1);
}

QCC_SHORT_LOOP void qcc_signed_in_parts(const qcc_parts_t *p, const int32_t *multiplier, const int8_t *right,
                                        int32_t zero) {
    qcc_channels_in_parts(p, multiplier, right, zero, 0);
}

/* y of n accumulators of the same factor, one byte after another. */
QCC_INLINE void qcc_run_in_parts(const int32_t *acc, int8_t *y, int32_t n, const qcc_requantize_t *r, int positive) {
    const int32_t multiplier = r->multiplier_all; /* the address of r itself would keep its literals from being folded */
    const int8_t right = (int8_t)r->right_all;
    const qcc_parts_t run = {acc, y, 1, n, 0, 1};
    if (positive) {
        qcc_positive_in_parts(&run, &multiplier, &right, r->zero);
    } else {
        qcc_signed_in_parts(&run, &multiplier, &right, r->zero);
    }
}

/* Whether qcc_requantize_all takes the short way for so many pixels. */
QCC_INLINE int qcc_goes_in_parts(int32_t pixels, const qcc_requantize_t *r) {
    return r->parts != QCC_PARTS_NONE && ((r->multiplier && r->right) || (pixels == 1 && !r->multiplier && !r->right));
}

/*
 * y of all accumulators, which are lost, by any rule; `first`: the number of the first channel. y is written channel by
 * channel.
 */
QCC_INLINE void qcc_requantize_all(int32_t *acc, const qcc_parts_t *p, int32_t first, const qcc_requantize_t *r) {
    int32_t n = p->channels * p->pixels;
    int short_way = qcc_goes_in_parts(p->pixels, r), positive = r->lo >= r->zero;
    for (int32_t i = 0; short_way && r->parts == QCC_PARTS_LIMITED && i < n; i++) {
        acc[i] = qcc_clamp(acc[i], -QCC_PARTS_ACC, QCC_PARTS_ACC - 1);
    }
    if (short_way && !r->multiplier) {
        qcc_run_in_parts(acc, p->y, n, r, positive);
    } else if (short_way && positive) {
        qcc_positive_in_parts(p, r->multiplier + first, r->right + first, r->zero);
    } else if (short_way) {
        qcc_signed_in_parts(p, r->multiplier + first, r->right + first, r->zero);
    }
    if (short_way && r->lo == -128 && r->hi == 127) {
        return;
    }
    for (int32_t c = 0; c < p->channels; c++) {
        for (int32_t i = 0; i < p->pixels; i++) {
            int8_t *y = p->y + c * p->channel_step + i * p->pixel_step;
            *y = short_way ? (int8_t)qcc_clamp(*y, r->lo, r->hi)
                           : qcc_requantize(acc[c * p->pixels + i], first + c, r);
        }
    }
}

#endif
