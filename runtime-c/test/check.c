#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ASAN 1
#endif
#endif

#ifdef ASAN
enum { GUARD = 0 }; /* ASan guards the allocation itself, and finds reads too */
#else
enum { GUARD = 32 };
#endif

enum { GUARD_VALUE = 0x5A, FRESH_VALUE = 0x6B, MOST_BUFFERS = 16 };

static struct {
    int8_t *start;
    int32_t n;
} buffers[MOST_BUFFERS];

static int buffer_count;
static const char *suite_name = "";
static int case_number;
static int64_t case_count;
static int64_t values_compared;
static uint32_t state;

static void fail(const char *what, int32_t index, int32_t actual, int32_t expected) {
    printf("FAILED %s, case %d: %s at %ld: %ld, expected %ld\n", suite_name, case_number, what, (long)index,
           (long)actual, (long)expected);
    exit(1);
}

void suite(const char *name) {
    next_case();
    suite_name = name;
    case_number = 0;
    state = 2166136261u;
    for (; *name != 0; name++) {
        state = (state ^ (uint8_t)*name) * 16777619u;
    }
}

static void check_guard(const int8_t *guard) {
    for (int32_t i = 0; i < GUARD; i++) {
        if (guard[i] != GUARD_VALUE) {
            fail("write outside a buffer", i, guard[i], GUARD_VALUE);
        }
    }
}

void next_case(void) {
    for (; buffer_count > 0; buffer_count--) {
        int8_t *start = buffers[buffer_count - 1].start;
        check_guard(start);
        check_guard(start + GUARD + buffers[buffer_count - 1].n);
        free(start);
    }
    case_number++;
    case_count++;
}

int64_t cases(void) {
    return case_count;
}

int64_t compared(void) {
    return values_compared;
}

static uint32_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

int32_t random_in(int32_t lo, int32_t hi) {
    uint64_t span = (uint64_t)((int64_t)hi - lo) + 1;
    return (int32_t)(lo + (int64_t)(((uint64_t)next_random() * span) >> 32));
}

int32_t random_tile(int32_t n) {
    return random_in(0, 2) == 0 ? n : random_in(1, n);
}

int32_t random_of(const int32_t *values, int32_t n) {
    return values[random_in(0, n - 1)];
}

int8_t *bytes(int32_t n) {
    int8_t *start = malloc((size_t)n + 2 * GUARD);
    if (start == NULL || buffer_count == MOST_BUFFERS) {
        fail("no room for a buffer", 0, n, 0);
        return NULL;
    }
    memset(start, GUARD_VALUE, (size_t)n + 2 * GUARD);
    memset(start + GUARD, FRESH_VALUE, (size_t)n);
    buffers[buffer_count].start = start;
    buffers[buffer_count].n = n;
    buffer_count++;
    return start + GUARD;
}

int8_t *random_bytes(int32_t n, int32_t lo, int32_t hi) {
    int8_t *data = bytes(n);
    for (int32_t i = 0; i < n; i++) {
        data[i] = (int8_t)random_in(lo, hi);
    }
    return data;
}

int32_t *random_words(int32_t n, int32_t lo, int32_t hi) {
    int32_t *data = (int32_t *)(void *)bytes(4 * n);
    for (int32_t i = 0; i < n; i++) {
        data[i] = random_in(lo, hi);
    }
    return data;
}

void check_equal(const int8_t *actual, const int8_t *expected, int32_t n) {
    for (int32_t i = 0; i < n; i++) {
        if (actual[i] != expected[i]) {
            fail("wrong value", i, actual[i], expected[i]);
        }
    }
    values_compared += n;
}

void check(int condition, const char *what) {
    if (!condition) {
        fail(what, 0, 0, 1);
    }
    values_compared++;
}
