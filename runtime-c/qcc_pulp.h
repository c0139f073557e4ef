/*
 * XpulpV2, the instructions that the clusters of PULP chips such as GAP-8 have beside RV32IMC: products of four bytes at
 * once, accesses that move their pointer on, loops without branches.
 *
 * Every one has three bodies: the builtins of the PULP compiler (where __pulp__ is defined), the encodings for a stock
 * compiler (where the target defines QCC_XPULP), and portable C.
 *
 * PACKED WEIGHTS, for rows of `runs` runs of `run` bytes: runs are padded with zeros to words, rows with zero rows to a
 * multiple of four. For each block of four rows, for each word, the words of the four rows: byte k of run n of row r
 * stands at ((r / 4 * runs + n) * words + k / 4) * 16 + r % 4 * 4 + k % 4, words = (run + 3) / 4.
 */
#ifndef QCC_PULP_H
#define QCC_PULP_H

#include "qcc_requantize.h"

#if defined(QCC_XPULP) && !defined(__pulp__)

/* A hardware loop needs the number of the register that holds its count: a5 is x15. */
#define QCC_PULP_COUNT "a5"
#define QCC_PULP_LOOP(end) ".4byte 0x407b | 15 << 15 | ((" end " - .) >> 1) << 20\n\t"
#define QCC_PULP_LOAD(to, pointer) ".insn i 0x0b, 2, " to ", 4(%[" pointer "])\n\t"
#define QCC_PULP_LOAD_STEP(to, pointer) ".insn r 0x0b, 7, 0x10, " to ", %[" pointer "], %[step]\n\t"
#define QCC_PULP_DOT(sum, w, x) ".insn r 0x57, 1, 0x5c, %[" sum "], " w ", " x "\n\t"

#endif

/* A word of four bytes at any alignment; moves the pointer behind it. */
QCC_INLINE uint32_t qcc_pulp_next_word(const int8_t **p) {
    uint32_t word = qcc_load32(*p);
    *p += 4;
    return word;
}

/* A byte; moves the pointer on by `step` bytes. */
QCC_INLINE int32_t qcc_pulp_next_byte(const int8_t **p, int32_t step) {
#if defined(QCC_XPULP) && !defined(__pulp__)
    int32_t byte;
    __asm__(".insn r 0x0B, 7, 0x00, %0, %1, %2" : "=&r"(byte), "+r"(*p) : "r"(step), "m"(**p));
    return byte;
#else
    int32_t byte = **p;
    *p += step;
    return byte;
#endif
}

/* sum + the four products of signed bytes. */
QCC_INLINE int32_t qcc_pulp_dot(int32_t sum, uint32_t a, uint32_t b) {
#if defined(__pulp__)
    typedef signed char bytes_t __attribute__((vector_size(4)));
    return __builtin_pulp_sdotsp4((bytes_t)a, (bytes_t)b, sum);
#elif defined(QCC_XPULP)
    __asm__(".insn r 0x57, 1, 0x5c, %0, %1, %2" : "+r"(sum) : "r"(a), "r"(b));
    return sum;
#else
    for (int32_t i = 0; i < 32; i += 8) {
        sum += (int8_t)(uint8_t)(a >> i) * (int8_t)(uint8_t)(b >> i);
    }
    return sum;
#endif
}

/* The word with its byte 1 or 2 replaced. */
QCC_INLINE uint32_t qcc_pulp_with_byte_1(uint32_t word, int32_t byte) {
#if defined(QCC_XPULP) && !defined(__pulp__)
    __asm__(".insn r 0x33, 2, 0x67, %0, %1, x8" : "+r"(word) : "r"(byte));
    return word;
#else
    return (word & UINT32_C(0xFFFF00FF)) | (uint32_t)(uint8_t)byte << 8;
#endif
}

QCC_INLINE uint32_t qcc_pulp_with_byte_2(uint32_t word, int32_t byte) {
#if defined(QCC_XPULP) && !defined(__pulp__)
    __asm__(".insn r 0x33, 2, 0x67, %0, %1, x16" : "+r"(word) : "r"(byte));
    return word;
#else
    return (word & UINT32_C(0xFF00FFFF)) | (uint32_t)(uint8_t)byte << 16;
#endif
}

/* The greater and the lesser bytes of two words. */
QCC_INLINE uint32_t qcc_pulp_max(uint32_t a, uint32_t b) {
#if defined(QCC_XPULP) && !defined(__pulp__)
    uint32_t max;
    __asm__(".insn r 0x57, 1, 0x18, %0, %1, %2" : "=r"(max) : "r"(a), "r"(b));
    return max;
#else
    uint32_t max = 0;
    for (int32_t i = 0; i < 32; i += 8) {
        int8_t x = (int8_t)(uint8_t)(a >> i), y = (int8_t)(uint8_t)(b >> i);
        max |= (uint32_t)(uint8_t)(x > y ? x : y) << i;
    }
    return max;
#endif
}

QCC_INLINE uint32_t qcc_pulp_min(uint32_t a, uint32_t b) {
    return ~qcc_pulp_max(~a, ~b); /* ~x is -1 - x in every byte */
}

/* A byte four times. */
QCC_INLINE uint32_t qcc_pulp_splat(int32_t byte) {
    return (uint32_t)(uint8_t)byte * UINT32_C(0x01010101);
}

/* acc + a * b */
QCC_INLINE int32_t qcc_pulp_mac(int32_t acc, int32_t a, int32_t b) {
#if defined(QCC_XPULP) && !defined(__pulp__)
    __asm__(".insn r 0x33, 0, 0x21, %0, %1, %2" : "+r"(acc) : "r"(a), "r"(b));
    return acc;
#else
    return acc + a * b; /* the PULP compiler finds p.mac itself */
#endif
}

/*
 * acc[i] += row i . first and acc[4 + i] += row i . second, for four packed rows at *w and `words` words of the pixels,
 * which are `step` bytes apart; the pointer to the rows moves behind what was read. Pixels may stand at any alignment, and
 * are read up to the end of the last word. No instruction uses what the one before it has loaded or moved on: that would
 * cost a cycle.
 */
QCC_INLINE void qcc_pulp_run_4x2(const int8_t **w, const int8_t *first, const int8_t *second, int32_t words,
                                 int32_t step, int32_t *acc) {
    int32_t a0 = acc[0], a1 = acc[1], a2 = acc[2], a3 = acc[3];
    int32_t b0 = acc[4], b1 = acc[5], b2 = acc[6], b3 = acc[7];
#if defined(QCC_XPULP) && !defined(__pulp__)
    const int8_t *rows = *w;
    register int32_t count __asm__(QCC_PULP_COUNT) = words;
    __asm__ volatile(".option push\n\t.option norelax\n\t.option norvc\n\t" QCC_PULP_LOOP("2f")
                     QCC_PULP_LOAD("t1", "w") QCC_PULP_LOAD_STEP("t5", "x") QCC_PULP_LOAD("t2", "w")
                     QCC_PULP_LOAD_STEP("t6", "z") QCC_PULP_LOAD("t3", "w") QCC_PULP_DOT("a0", "t1", "t5")
                     QCC_PULP_LOAD("t4", "w") QCC_PULP_DOT("b0", "t1", "t6") QCC_PULP_DOT("a1", "t2", "t5")
                     QCC_PULP_DOT("b1", "t2", "t6") QCC_PULP_DOT("a2", "t3", "t5") QCC_PULP_DOT("b2", "t3", "t6")
                     QCC_PULP_DOT("a3", "t4", "t5") "2:\n\t" QCC_PULP_DOT("b3", "t4", "t6") ".option pop"
                     : [w] "+r"(rows), [x] "+r"(first), [z] "+r"(second), [a0] "+r"(a0), [a1] "+r"(a1),
                       [a2] "+r"(a2), [a3] "+r"(a3), [b0] "+r"(b0), [b1] "+r"(b1), [b2] "+r"(b2), [b3] "+r"(b3)
                     : "r"(count), [step] "r"(step)
                     : "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    *w = rows;
#else
    for (int32_t i = 0; i < words; i++) {
        uint32_t w0 = qcc_pulp_next_word(w), w1 = qcc_pulp_next_word(w);
        uint32_t w2 = qcc_pulp_next_word(w), w3 = qcc_pulp_next_word(w);
        uint32_t x = qcc_load32(first + i * step), z = qcc_load32(second + i * step);
        a0 = qcc_pulp_dot(a0, w0, x), a1 = qcc_pulp_dot(a1, w1, x);
        a2 = qcc_pulp_dot(a2, w2, x), a3 = qcc_pulp_dot(a3, w3, x);
        b0 = qcc_pulp_dot(b0, w0, z), b1 = qcc_pulp_dot(b1, w1, z);
        b2 = qcc_pulp_dot(b2, w2, z), b3 = qcc_pulp_dot(b3, w3, z);
    }
#endif
    acc[0] = a0, acc[1] = a1, acc[2] = a2, acc[3] = a3;
    acc[4] = b0, acc[5] = b1, acc[6] = b2, acc[7] = b3;
}

#endif
