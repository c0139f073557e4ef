/*
 * The instructions of the Arm M-profile vector extension (MVE; Cortex-M55, M85) that the fast kernels are built from.
 * Where the core lacks them, portable bodies compute the same bits: a host runs the very same kernels.
 *
 * qcc_bytes: 16 int8 lanes. qcc_quad: 4 int32 lanes. Memory needs no alignment beyond that of its elements.
 */
#ifndef QCC_MVE_H
#define QCC_MVE_H

#include "qcc_base.h"

#if defined(__ARM_FEATURE_MVE)
#include <arm_mve.h>

typedef int8x16_t qcc_bytes;
typedef int32x4_t qcc_quad;

QCC_INLINE qcc_bytes qcc_bytes_load(const int8_t *p) {
    return vldrbq_s8(p);
}

/* Reads sixteen bytes and moves the pointer behind them; stays where it is written. */
QCC_INLINE qcc_bytes qcc_bytes_next(const int8_t **p) {
    qcc_bytes v;
    __asm__ volatile("vldrb.8 %q0, [%1], #16" : "=w"(v), "+r"(*p) : : "memory");
    return v;
}

/* The n bytes at p, and zeros; n: 1..16. */
QCC_INLINE qcc_bytes qcc_bytes_load_first(const int8_t *p, int32_t n) {
    return __builtin_constant_p(n == 16) && n == 16 ? vldrbq_s8(p) : vldrbq_z_s8(p, vctp8q((uint32_t)n));
}

QCC_INLINE void qcc_bytes_store_first(int8_t *p, qcc_bytes v, int32_t n) {
    if (__builtin_constant_p(n == 16) && n == 16) {
        vstrbq_s8(p, v);
    } else {
        vstrbq_p_s8(p, v, vctp8q((uint32_t)n));
    }
}

/* acc plus the sum of the products of all lanes. */
QCC_INLINE int32_t qcc_bytes_dot(int32_t acc, qcc_bytes a, qcc_bytes b) {
    return vmladavaq_s8(acc, a, b);
}

/* The same where acc is a variable of QCC_EVEN_REGISTER; stays where it is written. */
#define QCC_BYTES_DOT(acc, a, b) __asm__ volatile("vmladava.s8 %0, %q1, %q2" : "+r"(acc) : "w"(a), "w"(b))

/* The sum alone: acc is not read. */
#define QCC_BYTES_FIRST_DOT(acc, a, b) __asm__ volatile("vmladav.s8 %0, %q1, %q2" : "=r"(acc) : "w"(a), "w"(b))

/* A sum in a register of its own: such sums want even ones, and gcc would keep half of them in odd ones and move. */
#define QCC_EVEN_REGISTER(name) __asm__(name)

QCC_INLINE qcc_quad qcc_quad_of(int32_t a, int32_t b, int32_t c, int32_t d) {
    qcc_quad v;
    __asm__("vmov %q0[2], %q0[0], %1, %2\n\tvmov %q0[3], %q0[1], %3, %4"
            : "=&w"(v) : "r"(a), "r"(c), "r"(b), "r"(d));
    return v;
}

QCC_INLINE qcc_quad qcc_quad_all(int32_t value) {
    return vdupq_n_s32(value);
}

QCC_INLINE qcc_quad qcc_quad_load(const int32_t *p) {
    return vldrwq_s32(p);
}

/* The first n words, and zeros; n: 1..4. */
QCC_INLINE qcc_quad qcc_quad_load_words(const int32_t *p, int32_t n) {
    return n == 4 ? vldrwq_s32(p) : vldrwq_z_s32(p, vctp32q((uint32_t)n));
}

/* Four int8, sign-extended. */
QCC_INLINE qcc_quad qcc_quad_load_bytes(const int8_t *p) {
    return vldrbq_s32(p);
}

/* Reads four int8 and moves the pointer `step` bytes ahead; stays where it is written. */
QCC_INLINE qcc_quad qcc_quad_next_bytes(const int8_t **p, int32_t step) {
    qcc_quad v;
    if (__builtin_constant_p(step) && step <= 127) {
        __asm__ volatile("vldrb.s32 %q0, [%1], %2" : "=w"(v), "+l"(*p) : "i"(step) : "memory");
    } else {
        __asm__ volatile("vldrb.s32 %q0, [%1]" : "=w"(v) : "l"(*p) : "memory");
        *p += step;
    }
    return v;
}

/* The first n of four int8, sign-extended, and zeros; n: 1..4. */
QCC_INLINE qcc_quad qcc_quad_load_first(const int8_t *p, int32_t n) {
    return n == 4 ? vldrbq_s32(p) : vldrbq_z_s32(p, vctp32q((uint32_t)n));
}

/* The low byte of the first n lanes, which become neighbours; n: 1..4. */
QCC_INLINE void qcc_quad_store_first(int8_t *p, qcc_quad v, int32_t n) {
    if (n == 4) {
        vstrbq_s32(p, v);
    } else {
        vstrbq_p_s32(p, v, vctp32q((uint32_t)n));
    }
}

QCC_INLINE qcc_quad qcc_quad_add(qcc_quad a, qcc_quad b) {
    return vaddq_s32(a, b);
}

QCC_INLINE qcc_quad qcc_quad_subtract(qcc_quad a, qcc_quad b) {
    return vsubq_s32(a, b);
}

/* acc + a * b, modulo 2^32; stays where it is written. */
QCC_INLINE qcc_quad qcc_quad_mac(qcc_quad acc, qcc_quad a, qcc_quad b) {
    qcc_quad product;
    __asm__ volatile("vmul.i32 %q1, %q2, %q3\n\tvadd.i32 %q0, %q0, %q1" : "+w"(acc), "=&w"(product) : "w"(a), "w"(b));
    return acc;
}

/* v * 2^n modulo 2^32 for n > 0, else floor(v / 2^-n); n: -31..31. */
QCC_INLINE qcc_quad qcc_quad_shift(qcc_quad v, qcc_quad n) {
    return vshlq_s32(v, n);
}

/* floor(v / 2^n + 1/2), n: 0..31, from -n. */
QCC_INLINE qcc_quad qcc_quad_round_shift(qcc_quad v, qcc_quad minus_n) {
    return vrshlq_s32(v, minus_n);
}

/* (a * b + 2^30) >> 31, and without the rounding; not for a == b == -2^31. */
QCC_INLINE qcc_quad qcc_quad_doubling_high(qcc_quad a, qcc_quad b) {
    return vqrdmulhq_s32(a, b);
}

QCC_INLINE qcc_quad qcc_quad_doubling_high_floor(qcc_quad a, qcc_quad b) {
    return vqdmulhq_s32(a, b);
}

/* (a * b + 2^31) >> 32. */
QCC_INLINE qcc_quad qcc_quad_high(qcc_quad a, qcc_quad b) {
    return vrmulhq_s32(a, b);
}

/* -1 where v and n are both negative, else 0. */
QCC_INLINE qcc_quad qcc_quad_both_negative(qcc_quad v, qcc_quad n) {
    return vshrq_n_s32(vandq_s32(v, n), 31);
}

/* a where n is 0, else b. */
QCC_INLINE qcc_quad qcc_quad_where_zero(qcc_quad n, qcc_quad a, qcc_quad b) {
    return vpselq_s32(a, b, vcmpeqq_n_s32(n, 0));
}

QCC_INLINE qcc_quad qcc_quad_clamp(qcc_quad v, int32_t lo, int32_t hi) {
    return vminq_s32(vmaxq_s32(v, vdupq_n_s32(lo)), vdupq_n_s32(hi));
}

/* The larger of each lane and 0. */
QCC_INLINE qcc_quad qcc_quad_positive(qcc_quad v) {
    return vmaxq_s32(v, vdupq_n_s32(0));
}

#else

typedef struct {
    int8_t lane[16];
} qcc_bytes;

typedef struct {
    int32_t lane[4];
} qcc_quad;

QCC_INLINE qcc_bytes qcc_bytes_load_first(const int8_t *p, int32_t n) {
    qcc_bytes v = {{0}};
    for (int32_t i = 0; i < n; i++) {
        v.lane[i] = p[i];
    }
    return v;
}

QCC_INLINE qcc_bytes qcc_bytes_load(const int8_t *p) {
    return qcc_bytes_load_first(p, 16);
}

QCC_INLINE qcc_bytes qcc_bytes_next(const int8_t **p) {
    qcc_bytes v = qcc_bytes_load(*p);
    *p += 16;
    return v;
}

QCC_INLINE void qcc_bytes_store_first(int8_t *p, qcc_bytes v, int32_t n) {
    for (int32_t i = 0; i < n; i++) {
        p[i] = v.lane[i];
    }
}

QCC_INLINE int32_t qcc_bytes_dot(int32_t acc, qcc_bytes a, qcc_bytes b) {
    return qcc_dot(a.lane, b.lane, 16, acc);
}

#define QCC_BYTES_DOT(acc, a, b) ((void)((acc) = qcc_bytes_dot(acc, a, b)))
#define QCC_BYTES_FIRST_DOT(acc, a, b) ((void)((acc) = qcc_bytes_dot(0, a, b)))
#define QCC_EVEN_REGISTER(name)

QCC_INLINE qcc_quad qcc_quad_of(int32_t a, int32_t b, int32_t c, int32_t d) {
    qcc_quad v = {{a, b, c, d}};
    return v;
}

QCC_INLINE qcc_quad qcc_quad_all(int32_t value) {
    return qcc_quad_of(value, value, value, value);
}

/* The quad whose lane i is the expression. */
#define QCC_EACH_LANE(expression)         \
    qcc_quad result_;                     \
    for (int32_t i = 0; i < 4; i++) {     \
        result_.lane[i] = (expression);   \
    }                                     \
    return result_

QCC_INLINE qcc_quad qcc_quad_load(const int32_t *p) {
    QCC_EACH_LANE(p[i]);
}

QCC_INLINE qcc_quad qcc_quad_load_words(const int32_t *p, int32_t n) {
    QCC_EACH_LANE(i < n ? p[i] : 0);
}

QCC_INLINE qcc_quad qcc_quad_load_bytes(const int8_t *p) {
    QCC_EACH_LANE(p[i]);
}

QCC_INLINE qcc_quad qcc_quad_next_bytes(const int8_t **p, int32_t step) {
    qcc_quad v = qcc_quad_load_bytes(*p);
    *p += step;
    return v;
}

QCC_INLINE qcc_quad qcc_quad_load_first(const int8_t *p, int32_t n) {
    QCC_EACH_LANE(i < n ? p[i] : 0);
}

QCC_INLINE void qcc_quad_store_first(int8_t *p, qcc_quad v, int32_t n) {
    for (int32_t i = 0; i < n; i++) {
        p[i] = (int8_t)(uint8_t)v.lane[i];
    }
}

QCC_INLINE qcc_quad qcc_quad_add(qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE((int32_t)((uint32_t)a.lane[i] + (uint32_t)b.lane[i]));
}

QCC_INLINE qcc_quad qcc_quad_subtract(qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE((int32_t)((uint32_t)a.lane[i] - (uint32_t)b.lane[i]));
}

QCC_INLINE qcc_quad qcc_quad_mac(qcc_quad acc, qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE((int32_t)((uint32_t)acc.lane[i] + (uint32_t)a.lane[i] * (uint32_t)b.lane[i]));
}

QCC_INLINE qcc_quad qcc_quad_shift(qcc_quad v, qcc_quad n) {
    QCC_EACH_LANE(n.lane[i] >= 0 ? qcc_shift_left(v.lane[i], n.lane[i]) : v.lane[i] >> -n.lane[i]);
}

QCC_INLINE qcc_quad qcc_quad_round_shift(qcc_quad v, qcc_quad minus_n) {
    QCC_EACH_LANE((int32_t)((v.lane[i] + ((INT64_C(1) << -minus_n.lane[i]) >> 1)) >> -minus_n.lane[i]));
}

QCC_INLINE qcc_quad qcc_quad_doubling_high(qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE((int32_t)(((int64_t)a.lane[i] * b.lane[i] + INT64_C(0x40000000)) >> 31));
}

QCC_INLINE qcc_quad qcc_quad_doubling_high_floor(qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE((int32_t)(((int64_t)a.lane[i] * b.lane[i]) >> 31));
}

QCC_INLINE qcc_quad qcc_quad_high(qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE((int32_t)(((int64_t)a.lane[i] * b.lane[i] + INT64_C(0x80000000)) >> 32));
}

QCC_INLINE qcc_quad qcc_quad_both_negative(qcc_quad v, qcc_quad n) {
    QCC_EACH_LANE((v.lane[i] & n.lane[i]) >> 31);
}

QCC_INLINE qcc_quad qcc_quad_where_zero(qcc_quad n, qcc_quad a, qcc_quad b) {
    QCC_EACH_LANE(n.lane[i] == 0 ? a.lane[i] : b.lane[i]);
}

QCC_INLINE qcc_quad qcc_quad_clamp(qcc_quad v, int32_t lo, int32_t hi) {
    QCC_EACH_LANE(qcc_clamp(v.lane[i], lo, hi));
}

QCC_INLINE qcc_quad qcc_quad_positive(qcc_quad v) {
    QCC_EACH_LANE(qcc_max(v.lane[i], 0));
}

#endif

/* Copies n >= 0 bytes in ascending order. */
QCC_INLINE void qcc_bytes_copy(int8_t *dst, const int8_t *src, int32_t n) {
    for (; n > 0; n -= 16, dst += 16, src += 16) {
        qcc_bytes_store_first(dst, qcc_bytes_load_first(src, qcc_min(n, 16)), qcc_min(n, 16));
    }
}

#endif
