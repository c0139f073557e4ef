/*
 * Weights of less than 8 bits, packed in flash without gaps, and how kernels read them.
 *
 * PACKED WEIGHTS of `bits` bits each, -2^(bits-1) .. 2^(bits-1)-1, in two's complement: weight i stands in the bits
 * i * bits and up, counted through all bytes from the lowest bit of the first one. The last byte is filled up with zeros.
 * In the kernels' structs, packed_bits says 4 or 2; 0 stands for weights that are bytes.
 *
 * A kernel reads weights of 4 and 2 bits so (qcc_dot_weights) or in an order of its own (qcc_dsp_packed.h), or it gets
 * weights of 2 to 7 bits in scratch memory: as bytes from qcc_unpack, or of 2 and 3 bits as fields of 4 from qcc_widen.
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

/* Fields of any width, read one after the other. ahead: bits that were read from the bytes before `next`, `count` of them. */
typedef struct {
    const int8_t *next;
    uint32_t ahead;
    int32_t count;
} qcc_fields_t;

/* The next field of 1..8 bits, sign-extended. */
QCC_INLINE int32_t qcc_next_field(qcc_fields_t *fields, int32_t bits) {
    if (fields->count < bits) {
        fields->ahead |= (uint32_t)(uint8_t)*fields->next++ << fields->count;
        fields->count += 8;
    }
    int32_t field = (int32_t)(fields->ahead << (32 - bits)) >> (32 - bits);
    fields->ahead >>= bits;
    fields->count -= bits;
    return field;
}

QCC_SHARED void qcc_unpack_any(int8_t *bytes, const int8_t *packed, int32_t n, int32_t bits) {
    qcc_fields_t fields = {packed, 0, 0};
    for (const int8_t *stop = bytes + n; bytes != stop;) {
        *bytes++ = (int8_t)qcc_next_field(&fields, bits);
    }
}

/*
 * Writes n >= 1 packed weights of 2..7 bits as bytes, and returns where they begin. Where flash counts more than time,
 * a firmware has one loop for all numbers of bits.
 */
QCC_INLINE const int8_t *qcc_unpack(int8_t *bytes, const int8_t *packed, int32_t n, int32_t bits) {
#ifndef __OPTIMIZE_SIZE__
    if (bits == 4) {
        qcc_unpack_halves(bytes, packed, n);
        return bytes;
    }
#endif
    qcc_unpack_any(bytes, packed, n, bits);
    return bytes;
}

QCC_SHARED void qcc_widen_any(int8_t *halves, const int8_t *packed, int32_t n, int32_t bits, uint32_t flip) {
    qcc_fields_t fields = {packed, 0, 0};
    for (const int8_t *stop = halves + n / 2; halves != stop; halves++) {
        uint32_t byte = flip;
        for (int32_t at = 0; at < 8; at += 4) {
            byte ^= ((uint32_t)qcc_next_field(&fields, bits) & 15) << at;
        }
        *halves = (int8_t)(uint8_t)byte;
        flip = flip >> 8 | flip << 24;
    }
}

enum { QCC_FLIP_NONE = 0, QCC_FLIP_LANES = 0x08880888 };

/*
 * Writes n weights of 2 or 3 bits as fields of 4, for kernels that read such, and returns where they begin: n a
 * multiple of 8, and in the order of those fields. flip: QCC_FLIP_NONE, or QCC_FLIP_LANES for the fields of
 * qcc_dsp_packed.h, of which every fourth is in two's complement and the others have 8 added.
 */
QCC_INLINE const int8_t *qcc_widen(int8_t *halves, const int8_t *packed, int32_t n, int32_t bits, uint32_t flip) {
    qcc_widen_any(halves, packed, n, bits, flip);
    return halves;
}

#endif
