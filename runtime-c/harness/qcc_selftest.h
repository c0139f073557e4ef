/*
 * The vectors that a self-test is linked with; defined by the generated test/vectors.c.
 */
#ifndef QCC_SELFTEST_H
#define QCC_SELFTEST_H

#include <stdint.h>

/* The input tensors of all vectors, one after the other: for each vector its inputs in the model's order. */
extern const int8_t qcc_vectors_data[];

/* For each vector, the hash of every layer's result: [qcc_vector_count][layers]. */
extern const uint32_t qcc_vectors_hashes[];

extern const uint32_t qcc_vector_count;

#endif
