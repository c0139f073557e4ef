/*
 * Elements of 8 or 16 bits: what the kernels share that read or write int16.
 *
 * int16 values lie in the machine's byte order (little-endian), contiguous, in the same order as bytes would, and have
 * no zero point. Every tensor starts on a 4-byte boundary. `bits` is 8 or 16 everywhere, and a literal.
 */
#ifndef QCC_WIDE_H
#define QCC_WIDE_H

#include "qcc_base.h"

/* An int16 that may overlay bytes: the arena is made of them. */
typedef int16_t __attribute__((may_alias)) qcc_half_t;

/* Element i of a tensor. */
QCC_INLINE int32_t qcc_wide_load(const void *x, int32_t i, int32_t bits) {
    return bits == 16 ? ((const qcc_half_t *)x)[i] : ((const int8_t *)x)[i];
}

/* Writes element i; v fits its bits. */
QCC_INLINE void qcc_wide_store(void *y, int32_t i, int32_t v, int32_t bits) {
    if (bits == 16) {
        ((qcc_half_t *)y)[i] = (int16_t)v;
    } else {
        ((int8_t *)y)[i] = (int8_t)v;
    }
}

/* (v >> shift) limited to lo..hi; shift: 0..31. */
QCC_INLINE int32_t qcc_wide_saturate(int64_t v, int32_t shift, int32_t lo, int32_t hi) {
    int64_t scaled = v >> shift;
    return scaled < lo ? lo : scaled > hi ? hi : (int32_t)scaled;
}

#endif
