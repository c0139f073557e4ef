/*
 * Types, limits and the few primitives that every kernel shares.
 *
 * Every kernel is a `static inline` function which generated code calls with literal parameters:
 * after inlining, the C compiler folds the geometry away and leaves only the code that one layer needs.
 * Kernels call no library function, allocate nothing, keep no state and use no floating point.
 *
 * Conventions that hold for every header unless it says otherwise:
 *   - activations are int8_t, batch 1, contiguous, in height-width-channel (HWC) order;
 *   - x, y, weights, bias and scratch start on a 4-byte boundary; single rows need not;
 *   - all sizes are counts of elements, at least 1, and every product of sizes fits int32_t;
 *   - strides, dilations and kernel sizes are at least 1; pads are at least 0.
 */
#ifndef QCC_BASE_H
#define QCC_BASE_H

#include <stdint.h>

/* Kernels must be inlined at every optimisation level: a call would leave their parameters unfolded. */
#define QCC_INLINE static inline __attribute__((always_inline))

/* Shared inner loops, which take their sizes at run time; only gcc -O3 may clone them for a few literal sizes. */
#define QCC_SHARED static __attribute__((noinline, unused))

/*
 * The same where literal sizes save next to nothing, so that a firmware has a single copy of them: gcc -O3 would write
 * one for every two layers that have a size in common.
 */
#if defined(__GNUC__) && !defined(__clang__)
#define QCC_SINGLE QCC_SHARED __attribute__((noclone))
#else
#define QCC_SINGLE QCC_SHARED
#endif

/* for (i = 0; i < n; i++) { body }, four times unrolled: compilers do it late and badly, or not at all. */
#define QCC_FOR_UNROLLED(i, n, body)         \
    do {                                     \
        int32_t i = 0;                       \
        for (; i + 4 <= (n); i++) {          \
            body;                            \
            i++;                             \
            body;                            \
            i++;                             \
            body;                            \
            i++;                             \
            body;                            \
        }                                    \
        for (; i < (n); i++) {               \
            body;                            \
        }                                    \
    } while (0)

/* Unrolls the loop that follows n times, also where gcc's optimisation level alone would not. */
#if defined(__OPTIMIZE__) && (defined(__arm__) || defined(__riscv)) && !defined(__clang__)
#define QCC_PRAGMA(text) _Pragma(#text)
#define QCC_UNROLL(n) QCC_PRAGMA(GCC unroll n)
#else
#define QCC_UNROLL(n)
#endif

/* C leaves the right shift of a negative number to the implementation: we need the arithmetic one,
   and conversions from uint32_t to int32_t that keep the bits. Other compilers fail here. */
enum {
    qcc_right_shift_is_arithmetic = 1 / ((-3 >> 1) == -2 ? 1 : 0),
    qcc_conversion_keeps_bits = 1 / ((int32_t)UINT32_C(0xFFFFFFFE) == -2 ? 1 : 0)
};

/* A 32-bit word that may overlay bytes: lets aligned int8_t data be read four at a time. */
typedef uint32_t __attribute__((may_alias)) qcc_word_t;

/* The same at any alignment: a packed access stays inline everywhere, where a 4-byte memcpy may become a call. */
typedef struct {
    uint32_t word;
} __attribute__((packed, may_alias)) qcc_unaligned_t;

typedef struct {
    uint16_t half;
} __attribute__((packed, may_alias)) qcc_unaligned_half_t;

/* Whether the core reads and writes unaligned words in one access; if not, copies go byte by byte. */
#ifndef QCC_UNALIGNED_ACCESS
#if defined(__ARM_FEATURE_UNALIGNED) || defined(__x86_64__)
#define QCC_UNALIGNED_ACCESS 1
#else
#define QCC_UNALIGNED_ACCESS 0
#endif
#endif

/* Hides where a value came from. Without it compilers turn copy and fill loops into calls of memcpy and memset. */
#define QCC_OPAQUE(value) __asm__("" : "+r"(value))

QCC_INLINE int32_t qcc_min(int32_t a, int32_t b) {
    return a < b ? a : b;
}

QCC_INLINE int32_t qcc_max(int32_t a, int32_t b) {
    return a > b ? a : b;
}

/* The value of [lo, hi] nearest to v. */
QCC_INLINE int32_t qcc_clamp(int32_t v, int32_t lo, int32_t hi) {
    return qcc_min(qcc_max(v, lo), hi);
}

/* The same where literal bounds often are those of an instruction; gcc folds a shift before it into it. */
QCC_INLINE int32_t qcc_saturate(int32_t v, int32_t lo, int32_t hi) {
#ifdef QCC_XPULP /* p.clip and p.clipu to 8 bits, p.max, p.min */
    if (lo == -128 && hi == 127) {
        __asm__(".insn r 0x33, 1, 0x0A, %0, %1, x8" : "=r"(v) : "r"(v));
    } else if (lo == 0 && hi == 127) {
        __asm__(".insn r 0x33, 2, 0x0A, %0, %1, x8" : "=r"(v) : "r"(v));
    } else {
        __asm__(".insn r 0x33, 6, 0x02, %0, %1, %2" : "=r"(v) : "r"(v), "r"(lo));
        __asm__(".insn r 0x33, 4, 0x02, %0, %1, %2" : "=r"(v) : "r"(v), "r"(hi));
    }
    return v;
#endif
#ifdef __ARM_FEATURE_SAT
    if (lo == -128 && hi == 127) {
        return (int32_t)__builtin_arm_ssat(v, 8);
    }
    if (lo == -32768 && hi == 32767) {
        return (int32_t)__builtin_arm_ssat(v, 16);
    }
    if (lo == 0 && hi == 127) {
        return (int32_t)__builtin_arm_usat(v, 7);
    }
#endif
    return qcc_clamp(v, lo, hi);
}

/* v * 2^n for n in 0..31, where the result fits int32_t; a plain << is undefined for negative v. */
QCC_INLINE int32_t qcc_shift_left(int32_t v, int32_t n) {
    return (int32_t)((uint32_t)v << n);
}

/* (a + b) >> n for n in 0..31, where the sum fits int32_t. */
QCC_INLINE int32_t qcc_add_shift(int32_t a, int32_t b, int32_t n) {
#ifdef QCC_XPULP /* p.addNr */
    __asm__(".insn r 0x5B, 2, 0x20, %0, %1, %2" : "+r"(a) : "r"(b), "r"(n));
    return a;
#else
    return (a + b) >> n;
#endif
}

/* n rounded up to a multiple of four. */
QCC_INLINE int32_t qcc_round_up4(int32_t n) {
    return (n + 3) / 4 * 4;
}

/* Reads four bytes at any alignment. */
QCC_INLINE uint32_t qcc_load32(const int8_t *p) {
    return ((const qcc_unaligned_t *)(const void *)p)->word;
}

/* Reads two bytes at any alignment. */
QCC_INLINE uint32_t qcc_load16(const int8_t *p) {
    return ((const qcc_unaligned_half_t *)(const void *)p)->half;
}

/* Writes four bytes at any alignment. */
QCC_INLINE void qcc_store32(int8_t *p, uint32_t word) {
    ((qcc_unaligned_t *)(void *)p)->word = word;
}

/* Copies n >= 0 bytes in ascending order; dst may overlap src from below (dst <= src). */
QCC_INLINE void qcc_copy(int8_t *dst, const int8_t *src, int32_t n) {
    int32_t i = 0;
    QCC_UNROLL(4)
    for (; QCC_UNALIGNED_ACCESS && i + 4 <= n; i += 4) {
        uint32_t word = qcc_load32(src + i);
        QCC_OPAQUE(word);
        qcc_store32(dst + i, word);
    }
    for (; i < n; i++) {
        int32_t byte = src[i];
        QCC_OPAQUE(byte);
        dst[i] = (int8_t)byte;
    }
}

/* Writes n >= 0 bytes of the value, -128..127. */
QCC_INLINE void qcc_fill(int8_t *dst, int32_t value, int32_t n) {
    uint32_t word = (uint32_t)(uint8_t)value * UINT32_C(0x01010101);
    int32_t i = 0;
    for (; QCC_UNALIGNED_ACCESS && i + 4 <= n; i += 4) {
        QCC_OPAQUE(word);
        qcc_store32(dst + i, word);
    }
    for (; i < n; i++) {
        QCC_OPAQUE(word);
        dst[i] = (int8_t)word;
    }
}

/* Sum of x[i] * w[i] over n >= 0 elements, onto acc. */
QCC_INLINE int32_t qcc_dot(const int8_t *x, const int8_t *w, int32_t n, int32_t acc) {
    QCC_FOR_UNROLLED(i, n, acc += x[i] * w[i]);
    return acc;
}

#endif
