/*
 * From an int32 accumulator to an int8 or int16 value: the only place in the runtime that knows the rules.
 *
 *   QCC_SHIFT     y = clamp(acc >> n, lo, hi)
 *                 The compiler has folded the rounding constant 2^(n-1) and z << n into the bias.
 *   QCC_MULTIPLY  y = clamp(z + ((acc * 2^left * m + 2^31) >> 32), lo, hi), computed exactly in 64 bits
 *                 where acc * 2^left fits int32_t (the compiler has proven it).
 *   QCC_TFLITE_DOUBLE, QCC_TFLITE_SINGLE
 *                 y = clamp(z + acc * m / 2^31 / 2^n, lo, hi) with the roundings of TFLite, 2^30 <= m:
 *                 DOUBLE: the quotient by 2^31 to nearest, ties up; that by 2^n to nearest, ties away from zero;
 *                 SINGLE: acc * m / 2^(31+n) to nearest, ties up. For n < 0: acc is first multiplied by 2^-n.
 *                 acc * 2^-n, and acc * m / 2^31 plus 2^(n-1), fit int32_t (the compiler has proven it).
 *   QCC_AFFINE    y = clamp((((acc * 2^8 * m) >> 32) + a) >> 12, lo, hi), 0 <= m, a: any int16
 *                 Any of the other rules, where the compiler has found m and a, and added to the bias what makes it
 *                 equal for every accumulator that may occur. acc * 2^8 fits int32_t (proven).
 *
 * n, m: per output channel, or one for the tensor. z: the output's zero point.
 * lo, hi: -128..127, for results of 16 bits -32768..32767, lo <= hi; a fused activation function has narrowed them.
 */
#ifndef QCC_REQUANTIZE_H
#define QCC_REQUANTIZE_H

#include "qcc_base.h"

/* Whether the core multiplies 32 bits by 32 into 32 only, so that 64 bits would take a call of the compiler's library. */
#if defined(__arm__) && !defined(__thumb2__)
#define QCC_SHORT_MULTIPLICATION 1
#else
#define QCC_SHORT_MULTIPLICATION 0
#endif

/* Cores for whose few registers and instructions loops are written in assembly; these need all of the registers. */
#if QCC_SHORT_MULTIPLICATION && !defined(__clang__)
#define QCC_SHORT_ASSEMBLY 1
#define QCC_SHORT_LOOP QCC_SHARED __attribute__((optimize("O2", "omit-frame-pointer")))
#else
#define QCC_SHORT_ASSEMBLY 0
#define QCC_SHORT_LOOP QCC_SHARED
#endif

typedef enum { QCC_SHIFT, QCC_MULTIPLY, QCC_TFLITE_DOUBLE, QCC_TFLITE_SINGLE, QCC_AFFINE } qcc_rule;

/* Bits of a fraction that accumulators, and that results of QCC_AFFINE have before they lose them. */
enum { QCC_AFFINE_WIDER = 8, QCC_AFFINE_SHIFT = 12 };

/*
 * Whether qcc_short_parts.h may apply the factor of QCC_TFLITE_DOUBLE in parts: where n is 1..13 for every channel, and
 * acc in -2^20..2^20 - 1; or, LIMITED, where all that lies outside has the results lo and hi, and so have the two ends.
 */
typedef enum { QCC_PARTS_NONE, QCC_PARTS_WHOLE, QCC_PARTS_LIMITED } qcc_parts;

typedef struct {
    qcc_rule rule;
    const uint8_t *shift;       /* QCC_SHIFT: n per channel, 0..31; NULL: shift_all serves every channel */
    int32_t shift_all;          /* QCC_SHIFT: n, 0..31 */
    const int32_t *multiplier;  /* all others: m per channel, any int32_t (TFLITE: 2^30 and up); NULL: multiplier_all */
    int32_t multiplier_all;     /* all others: m */
    const int16_t *addend;      /* AFFINE: a per channel; this and m have a multiple of four entries; NULL: addend_all */
    int32_t addend_all;         /* AFFINE: a */
    const int8_t *right;        /* TFLITE: n per channel, -30..31; NULL: right_all */
    int32_t right_all;          /* TFLITE: n */
    int32_t left;               /* MULTIPLY: 0..31; TFLITE: the largest -n of all channels, or 0 */
    int32_t zero;               /* all others: z, -128..127 */
    int32_t early_zero;         /* TFLITE_DOUBLE: 1 where for every channel n is 1..22 and |acc| < 2^29 */
    qcc_parts parts;            /* TFLITE_DOUBLE */
    int32_t lo, hi;
} qcc_requantize_t;

/* a * m, of which qcc_split_product is the fast part: for cores that multiply 32 bits by 32 into 32 only. */
QCC_SHARED int64_t qcc_long_product(int32_t a, int32_t m) {
    uint32_t al = (uint32_t)a & UINT32_C(0xFFFF), ah = (uint32_t)a >> 16;
    uint32_t ml = (uint32_t)m & UINT32_C(0xFFFF), mh = (uint32_t)m >> 16;
    uint32_t low = al * ml, across = ah * ml + (low >> 16), other = al * mh + (across & UINT32_C(0xFFFF));
    uint32_t high = ah * mh + (across >> 16) + (other >> 16);
    high -= (a < 0 ? (uint32_t)m : 0) + (m < 0 ? (uint32_t)a : 0);
    return (int64_t)((uint64_t)high << 32 | (uint64_t)(other << 16 | (low & UINT32_C(0xFFFF))));
}

/* high * 2^32 + middle * 2^16, which is a * m but for its last 16 bits. */
typedef struct {
    int32_t high, middle;
} qcc_product_t;

/* m = mh * 2^16 + ml with ml in -2^15..2^15 - 1. */
QCC_INLINE int32_t qcc_low_part(int32_t m) {
    return (int16_t)(uint16_t)(uint32_t)m;
}

QCC_INLINE int32_t qcc_high_part(int32_t m) {
    return ((m >> 15) + 1) >> 1;
}

/* For a in -2^30..2^30 - 1: then middle is less than 2^31 - 2^15 in magnitude. Four multiplications. */
QCC_INLINE qcc_product_t qcc_product_of_parts(int32_t a, int32_t ml, int32_t mh) {
    int32_t al = qcc_low_part(a), ah = qcc_high_part(a);
    qcc_product_t product = {ah * mh, al * mh + ah * ml + ((al * ml) >> 16)};
    return product;
}

QCC_INLINE qcc_product_t qcc_split_product(int32_t a, int32_t m) {
    return qcc_product_of_parts(a, qcc_low_part(m), qcc_high_part(m));
}

/* Whether qcc_split_product serves. */
QCC_INLINE int qcc_is_short(int32_t a) {
    return QCC_SHORT_MULTIPLICATION && (a ^ (int32_t)((uint32_t)a << 1)) >= 0;
}

QCC_INLINE int64_t qcc_product(int32_t a, int32_t m) {
    return QCC_SHORT_MULTIPLICATION ? qcc_long_product(a, m) : (int64_t)a * m;
}

/* (a * m + 2^31) >> 32: the product's high word, rounded half up. One SMMULR where the core has it. */
QCC_INLINE int32_t qcc_multiply_high(int32_t a, int32_t m) {
#ifdef __ARM_FEATURE_DSP
    int32_t high;
    __asm__("smmulr %0, %1, %2" : "=r"(high) : "r"(a), "r"(m));
    return high;
#else
    if (qcc_is_short(a)) {
        qcc_product_t product = qcc_split_product(a, m);
        return product.high + ((product.middle + 0x8000) >> 16);
    }
    return (int32_t)((qcc_product(a, m) + INT64_C(0x80000000)) >> 32);
#endif
}

/* The same plus the addend, in one instruction. */
QCC_INLINE int32_t qcc_multiply_high_add(int32_t a, int32_t m, int32_t addend) {
#ifdef __ARM_FEATURE_DSP
    int32_t sum;
    __asm__("smmlar %0, %1, %2, %3" : "=r"(sum) : "r"(a), "r"(m), "r"(addend));
    return sum;
#else
    return qcc_multiply_high(a, m) + addend;
#endif
}

/* Assembly that replaces a by qcc_doubling_high(a, mh * 2^16 + ml); the last shift leaves the rounding in the carry. */
#define QCC_SHORT_DOUBLING_HIGH(a, low, middle, ml, mh)                                                           \
    "sxth " low ", " a "\n\tsubs " a ", " a ", " low "\n\tasrs " a ", " a ", #16\n\t"                             \
    "movs " middle ", " low "\n\tmuls " middle ", " ml "\n\tasrs " middle ", " middle ", #16\n\t"               \
    "muls " low ", " mh "\n\tadds " middle ", " middle ", " low "\n\t"                                          \
    "movs " low ", " a "\n\tmuls " low ", " ml "\n\tadds " middle ", " middle ", " low "\n\t"                   \
    "muls " a ", " mh "\n\tadds " a ", " a ", " a "\n\tasrs " middle ", " middle ", #15\n\tadcs " a ", " middle "\n\t"

/* qcc_doubling_high(a, mh * 2^16 + ml) for a in -2^30..2^30 - 1, and ml, mh as qcc_split_product makes them. */
QCC_INLINE int32_t qcc_short_doubling_high(int32_t a, int32_t ml, int32_t mh) {
#if QCC_SHORT_ASSEMBLY
    int32_t low, middle;
    __asm__(".syntax unified\n\t" QCC_SHORT_DOUBLING_HIGH("%0", "%1", "%2", "%3", "%4") ".syntax divided"
            : "+l"(a), "=&l"(low), "=&l"(middle) : "l"(ml), "l"(mh) : "cc");
    return a;
#else
    qcc_product_t product = qcc_product_of_parts(a, ml, mh);
    return 2 * product.high + ((product.middle + 0x4000) >> 15);
#endif
}

/* (v + 2^(n-1)) >> n, for n = 0: v; n: 0..31. */
QCC_INLINE int32_t qcc_round_shift(int32_t v, int32_t n) {
#if QCC_SHORT_ASSEMBLY
    if (n > 0) { /* the shift leaves the rounding in the carry */
        __asm__(".syntax unified\n\tasrs %0, %0, %1\n\tadcs %0, %2\n\t.syntax divided" : "+l"(v) : "l"(n), "l"(0) : "cc");
    }
    return v;
#else
    return (v + (int32_t)((UINT32_C(1) << n) >> 1)) >> n;
#endif
}

/* (a * m + 2^30) >> 31 for 2^30 <= m: the doubled product's high word, rounded half up. One SMMLAR. */
QCC_INLINE int32_t qcc_doubling_high(int32_t a, int32_t m) {
#ifdef __ARM_FEATURE_DSP
    int32_t high; /* a * 2m = a * (2m - 2^32) + a * 2^32 */
    __asm__("smmlar %0, %1, %2, %1" : "=r"(high) : "r"(a), "r"((int32_t)((uint32_t)m * 2)));
    return high;
#elif defined(__riscv) /* one MULHSU and one MUL, and no carry between their words */
    uint64_t product = (uint64_t)((int64_t)a * (int64_t)((uint32_t)m * UINT32_C(2)));
    return (int32_t)(uint32_t)(product >> 32) + (int32_t)((uint32_t)product >> 31);
#else
    if (qcc_is_short(a)) {
        return qcc_short_doubling_high(a, qcc_low_part(m), qcc_high_part(m));
    }
    return (int32_t)((qcc_product(a, m) + INT64_C(0x40000000)) >> 31);
#endif
}

/* a * m >> 31 for 2^30 <= m. */
QCC_INLINE int32_t qcc_doubling_high_floor(int32_t a, int32_t m) {
    if (qcc_is_short(a)) {
        qcc_product_t product = qcc_split_product(a, m);
        return 2 * product.high + (product.middle >> 15);
    }
    return (int32_t)(qcc_product(a, m) >> 31);
}

/*
 * The doubled product's high word / 2^n by a TFLITE rule, from the product a * m; n: 0..31. `positive`: results below
 * 0 do not matter as long as they do not become positive (a ReLU follows); this saves the sign of the rounding.
 */
QCC_INLINE int32_t qcc_scale_down(int32_t a, int32_t m, int32_t n, qcc_rule rule, int positive) {
    if (rule == QCC_TFLITE_SINGLE) {
        return n == 0 ? qcc_doubling_high(a, m) : qcc_round_shift(qcc_doubling_high_floor(a, m), n);
    }
    int32_t high = qcc_doubling_high(a, m);
    int32_t away = positive || n == 0 ? 0 : high >> 31;
    return qcc_round_shift(high + away, n);
}

/*
 * What qcc_scale_early adds before its shift, from the zero point and half of 2^n, and that shift: of the doubled product's
 * high word, or on RISC-V of twice as much, which one MULH gives, and then the first rounding is in it, too.
 */
QCC_INLINE int32_t qcc_early_shift(int32_t n) {
#ifdef __riscv
    return n + 1;
#else
    return n;
#endif
}

QCC_INLINE int32_t qcc_early_addend(int32_t zero, int32_t n) {
#ifdef __riscv
    return qcc_shift_left(2 * zero + 1, n) + 1;
#else
    return qcc_shift_left(2 * zero + 1, n) >> 1;
#endif
}

/* z + the doubled product's high word / 2^n by TFLITE_DOUBLE, where early_zero holds, from qcc_early_addend and qcc_early_shift. */
QCC_INLINE int32_t qcc_scale_early(int32_t a, int32_t m, int32_t shift, int32_t addend, int positive) {
    int32_t away = positive ? 0 : a >> 31; /* where a < 0 the high word may be 0; then it makes no difference */
#ifdef __ARM_FEATURE_DSP
    int32_t sum = (int32_t)((uint32_t)a + (uint32_t)addend + (uint32_t)away);
    __asm__("smmlar %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"((int32_t)((uint32_t)m * 2)));
    return sum >> shift;
#elif defined(__riscv)
    int32_t twice = (int32_t)(((int64_t)qcc_shift_left(a, 2) * m) >> 32);
    return qcc_add_shift(twice, addend + 2 * away, shift);
#else
    return (qcc_doubling_high(a, m) + addend + away) >> shift;
#endif
}

/* (((wide * m) >> 32) + addend) >> 12, the rule AFFINE for wide = acc * 2^8. */
QCC_INLINE int32_t qcc_scale_affine(int32_t wide, int32_t m, int32_t addend) {
#ifdef __ARM_FEATURE_DSP
    int32_t sum;
    __asm__("smmla %0, %1, %2, %3" : "=r"(sum) : "r"(wide), "r"(m), "r"(addend));
    return sum >> QCC_AFFINE_SHIFT;
#else
    return qcc_add_shift((int32_t)(qcc_product(wide, m) >> 32), addend, QCC_AFFINE_SHIFT);
#endif
}

/* acc times the channel's factor, by a TFLITE rule. */
QCC_INLINE int32_t qcc_scale_tflite(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    int32_t n = r->right ? (int32_t)r->right[channel] : r->right_all;
    if (r->left > 0 && n < 0) {
        acc = qcc_shift_left(acc, -n);
        n = 0;
    }
    return qcc_scale_down(acc, m, n, r->rule, r->lo >= r->zero);
}

/* The rule of a single channel, whose factors then need not be loaded again for every value. */
QCC_INLINE qcc_requantize_t qcc_requantize_of(int32_t channel, const qcc_requantize_t *r) {
    qcc_requantize_t one = *r;
    one.shift_all = r->shift ? (int32_t)r->shift[channel] : r->shift_all;
    one.multiplier_all = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    one.right_all = r->right ? (int32_t)r->right[channel] : r->right_all;
    one.addend_all = r->addend ? (int32_t)r->addend[channel] : r->addend_all;
    one.shift = (const uint8_t *)0;
    one.multiplier = (const int32_t *)0;
    one.right = (const int8_t *)0;
    one.addend = (const int16_t *)0;
    return one;
}

/* The output value of an accumulator of the given channel, of 8 or 16 bits as lo and hi say. */
QCC_INLINE int32_t qcc_requantize_wide(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    if (r->rule == QCC_SHIFT) {
        int32_t n = r->shift ? (int32_t)r->shift[channel] : r->shift_all;
        return qcc_saturate(acc >> n, r->lo, r->hi);
    }
    if (r->early_zero) {
        int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
        int32_t n = r->right ? (int32_t)r->right[channel] : r->right_all;
        return qcc_saturate(qcc_scale_early(acc, m, qcc_early_shift(n), qcc_early_addend(r->zero, n), r->lo >= r->zero),
                            r->lo, r->hi);
    }
    if (r->rule == QCC_AFFINE) {
        int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
        int32_t addend = r->addend ? (int32_t)r->addend[channel] : r->addend_all;
        return qcc_saturate(qcc_scale_affine(qcc_shift_left(acc, QCC_AFFINE_WIDER), m, addend), r->lo, r->hi);
    }
    if (r->rule != QCC_MULTIPLY) {
        int32_t scaled = qcc_scale_tflite(acc, channel, r);
        return qcc_saturate(r->zero + scaled, r->lo, r->hi);
    }
    int32_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    int32_t scaled = qcc_multiply_high(qcc_shift_left(acc, r->left), m);
    return qcc_saturate(r->zero + scaled, r->lo, r->hi);
}

/* The same for int8 values. */
QCC_INLINE int8_t qcc_requantize(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    return (int8_t)qcc_requantize_wide(acc, channel, r);
}

/* *to = *from, field by field: where from is a literal, compilers clear it by a call of memset before they copy it. */
QCC_INLINE void qcc_copy_requantize(qcc_requantize_t *to, const qcc_requantize_t *from) {
    to->rule = from->rule;
    to->shift = from->shift, to->shift_all = from->shift_all;
    to->multiplier = from->multiplier, to->multiplier_all = from->multiplier_all;
    to->addend = from->addend, to->addend_all = from->addend_all;
    to->right = from->right, to->right_all = from->right_all;
    to->left = from->left;
    to->zero = from->zero, to->early_zero = from->early_zero;
    to->lo = from->lo, to->hi = from->hi;
}

/* qcc_requantize as one shared function, for loops whose code would otherwise hold it many times. */
QCC_SHARED int8_t qcc_requantize_any(int32_t acc, int32_t channel, const qcc_requantize_t *r) {
    return qcc_requantize(acc, channel, r);
}

#endif
