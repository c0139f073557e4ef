/*
 * Weights of 4 or 2 bits, several to a byte: how they are packed, and how kernels read them.
 *
 * PACKED WEIGHTS of `bits` bits each, -2^(bits-1) .. 2^(bits-1)-1, in two's complement: weight i stands in byte
 * i * bits / 8, at bit i * bits % 8 and up. The last byte is filled up with zeros. In the kernels' structs,
 * packed_bits says 4 or 2; 0 stands for weights that are bytes.
 *
 * A kernel either reads them so (qcc_dot_weights), or gets them from qcc_unpack in scratch memory, or has an order of
 * its own (qcc_dsp_packed.h).
 */
#ifndef QCC_PACKED_H
#define QCC_PACKED_H

#include "qcc_base.h"

/* The field of the byte that begins at bit `at`, sign-extended. */
QCC_INLINE int32_t qcc_field(int32_t byte, int32_t at, int32_t bits) {
    return (int8_t)(uint8_t)((uint32_t)byte << (8 - bits - at)) >> (8 - bits);
}

/* Weight i; bits: 4 or 2, or 0 for bytes. */
QCC_INLINE int32_t qcc_weight(const int8_t *weights, int32_t i, int32_t bits) {
    return bits == 0 ? weights[i] : qcc_field(weights[i * bits / 8], i * bits % 8, bits);
}

/* Sum of x[i] * weight[first + i] over n >= 0 elements, onto acc. */
QCC_INLINE int32_t qcc_dot_weights(const int8_t *x, const int8_t *weights, int32_t first, int32_t n, int32_t acc,
                                   int32_t bits) {
    if (bits == 0) {
        return qcc_dot(x, weights + first, n, acc);
    }
    const int8_t *stop = x + n;
    int32_t w = first;
    for (; x != stop && w * bits % 8 != 0; x++, w++) {
        acc += *x * qcc_weight(weights, w, bits);
    }
    for (const int8_t *byte = weights + w * bits / 8; stop - x >= 8 / bits; byte++, w += 8 / bits) {
        int32_t fields = *byte;
        QCC_UNROLL(4)
        for (int32_t i = 0; i < 8 / bits; i++) {
            acc += x[i] * qcc_field(fields, i * bits, bits);
        }
        x += 8 / bits;
    }
    for (; x != stop; x++, w++) {
        acc += *x * qcc_weight(weights, w, bits);
    }
    return acc;
}

QCC_SHARED void qcc_unpack_halves(int8_t *bytes, const int8_t *packed, int32_t n) {
    for (const int8_t *stop = bytes + n / 2 * 2; bytes != stop; bytes += 2) {
        int32_t byte = *packed++;
        bytes[0] = (int8_t)qcc_field(byte, 0, 4);
        bytes[1] = (int8_t)qcc_field(byte, 4, 4);
    }
    if (n % 2 != 0) {
        bytes[0] = (int8_t)qcc_field(*packed, 0, 4);
    }
}

QCC_SHARED void qcc_unpack_quarters(int8_t *bytes, const int8_t *packed, int32_t n) {
    for (int32_t i = 0; i < n; i++) {
        bytes[i] = (int8_t)qcc_weight(packed, i, 2);
    }
}

/* Writes n >= 1 packed weights of 4 or 2 bits as bytes, and returns where they begin. */
QCC_INLINE const int8_t *qcc_unpack(int8_t *bytes, const int8_t *packed, int32_t n, int32_t bits) {
    if (bits == 4) {
        qcc_unpack_halves(bytes, packed, n);
    } else {
        qcc_unpack_quarters(bytes, packed, n);
    }
    return bytes;
}

#endif
