/*
 * The harness: seeded random data, guarded buffers, exact comparison. A failure says which and stops the program.
 */
#ifndef QCC_TEST_CHECK_H
#define QCC_TEST_CHECK_H

#include <stdint.h>

/* By how much every suite has more cases than usual; the first ones stay the same. */
#ifndef CASE_FACTOR
#define CASE_FACTOR 1
#endif

/* Starts a suite: names it in failures, and seeds the generator from the name. */
void suite(const char *name);

/* Starts the next case of the suite: frees the last one's buffers after checking the guards around them. */
void next_case(void);

/* How many cases there were so far, and how many values have been compared. */
int64_t cases(void);
int64_t compared(void);

/* A uniform random number in lo..hi. */
int32_t random_in(int32_t lo, int32_t hi);

/* n or, most of the time, less: how much of n things is in one tile. */
int32_t random_tile(int32_t n);

/* One of the n arguments' values. */
int32_t random_of(const int32_t *values, int32_t n);

/* A 4-byte aligned buffer of n bytes until next_case(). Any access outside it is found, by guards or by ASan. */
int8_t *bytes(int32_t n);
int8_t *random_bytes(int32_t n, int32_t lo, int32_t hi);
int32_t *random_words(int32_t n, int32_t lo, int32_t hi);

/* Stops the program unless both hold the same n bytes. */
void check_equal(const int8_t *actual, const int8_t *expected, int32_t n);

/* Stops the program unless the condition holds. */
void check(int condition, const char *what);

#endif
