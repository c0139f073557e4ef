/* Elementwise operators and softmax, also in place. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_add_dsp.h"
#include "../qcc_add_pulp.h"
#include "../qcc_lookup.h"
#include "../qcc_lookup_pulp.h"
#include "../qcc_mul.h"
#include "../qcc_softmax.h"

enum { CASES = 200 * CASE_FACTOR };

/* The operands of a binary operator: shapes equal, or a broadcast tail. */
typedef struct {
    int32_t n, period;
    int8_t *x1, *x2, *y, *expected;
} operands_t;

static operands_t random_operands(int32_t index) {
    int32_t period = random_in(1, 65);
    int32_t n = period * (index % 2 == 0 ? 1 : random_in(1, 9));
    operands_t o = {n, period, random_bytes(n, -128, 127), random_bytes(period, -128, 127), bytes(n), bytes(n)};
    return o;
}

static void copy(int8_t *to, const int8_t *from, int32_t n) {
    for (int32_t i = 0; i < n; i++) {
        to[i] = from[i];
    }
}

static void test_add(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        operands_t o = random_operands(i);
        qcc_add_t g = {.n = o.n, .period = o.period, .shift = random_in(0, 22), .lo = random_in(-128, 0),
                       .hi = random_in(0, 127)};
        g.m1 = random_in(-(1 << 22), 1 << 22), g.m2 = random_in(-(1 << 22), 1 << 22), g.bias = random_in(-(1 << 24), 1 << 24);
        for (int32_t j = 0; j < o.n; j++) {
            int64_t sum = in_int32((int64_t)g.m1 * o.x1[j] + (int64_t)g.m2 * o.x2[j % o.period] + g.bias);
            o.expected[j] = clamped(floor_division(sum, power_of_two(g.shift)), g.lo, g.hi);
        }
        qcc_add(o.x1, o.x2, o.y, &g);
        check_equal(o.y, o.expected, o.n);
        if (o.period == o.n) {
            const qcc_tile_t tile = {random_tile((o.n + 3) / 4), 4, 1};
            qcc_add_pulp(o.x1, o.x2, o.y, bytes(QCC_ADD_PULP_LOCAL(o.n, tile.rows)), &tile, &g);
            check_equal(o.y, o.expected, o.n);
        }
        if (i % 4 == 0) { /* equal shapes: over the second operand */
            copy(o.y, o.x2, o.n);
            qcc_add(o.x1, o.y, o.y, &g);
            check_equal(o.y, o.expected, o.n);
        }
        qcc_add(o.x1, o.x2, o.x1, &g);
        check_equal(o.x1, o.expected, o.n);
    }
}

static void test_add_dsp(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t period = 4 * random_in(1, 17), n = period * (i % 2 == 0 ? 1 : random_in(1, 5));
        int8_t *x1 = random_bytes(n, -128, 127), *x2 = random_bytes(n, -128, 127), *y = bytes(n), *expected = bytes(n);
        qcc_add_t g = {.n = n, .period = period, .m1 = random_in(-32768, 32767), .m2 = random_in(-32768, 32767),
                       .bias = random_in(-(1 << 22), 1 << 22), .shift = random_in(0, 18), .lo = -128,
                       .hi = i % 3 == 0 ? 127 : random_in(0, 127)};
        qcc_add(x1, x2, expected, &g);
        qcc_add_dsp(x1, x2, y, &g);
        check_equal(y, expected, n);
        if (n == period) { /* over the second operand */
            copy(y, x2, n);
            qcc_add_dsp(x1, y, y, &g);
            check_equal(y, expected, n);
        }
        qcc_add_dsp(x1, x2, x1, &g);
        check_equal(x1, expected, n);
    }
}

static void test_mul(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        operands_t o = random_operands(i);
        qcc_mul_t g = {o.n, o.period, random_in(-128, 127), random_in(-128, 127), random_in(-5000, 5000)};
        qcc_requantize_t r = random_requantize(1, 17);
        for (int32_t j = 0; j < o.n; j++) {
            int64_t product = ((int64_t)o.x1[j] - g.z1) * ((int64_t)o.x2[j % o.period] - g.z2);
            o.expected[j] = reference_requantize(product + g.bias, 0, &r);
        }
        qcc_mul(o.x1, o.x2, o.y, &g, &r);
        check_equal(o.y, o.expected, o.n);
        if (i % 4 == 0) {
            copy(o.y, o.x2, o.n);
            qcc_mul(o.x1, o.y, o.y, &g, &r);
            check_equal(o.y, o.expected, o.n);
        }
        qcc_mul(o.x1, o.x2, o.x1, &g, &r);
        check_equal(o.x1, o.expected, o.n);
    }
}

static void test_lookup(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t n = i == 0 ? 256 : random_in(1, 70);
        int8_t *x = random_bytes(n, -128, 127), *table = random_bytes(256, -128, 127);
        int8_t *y = bytes(n), *expected = bytes(n);
        for (int32_t j = 0; j < n; j++) {
            x[j] = i == 0 ? (int8_t)(j - 128) : x[j];
            expected[j] = table[(uint8_t)x[j] ^ 128];
        }
        qcc_lookup(x, y, table, n);
        check_equal(y, expected, n);
        const qcc_tile_t tile = {random_tile((n + 3) / 4), 4, 1};
        qcc_lookup_pulp(x, y, bytes(QCC_LOOKUP_PULP_LOCAL(n, tile.rows)), &tile, table, n);
        check_equal(y, expected, n);
        qcc_lookup(x, x, table, n);
        check_equal(x, expected, n);
    }
}

/* From the largest entry on: flat, falling by halves, steep, and falling at random. */
static int32_t random_exp_table(int32_t *table, int32_t kind) {
    int32_t steps = kind == 0 ? 256 : random_in(1, 256);
    table[0] = INT32_MAX;
    for (int32_t d = 1; d < steps; d++) {
        int32_t values[] = {INT32_MAX, table[d - 1] / 2, 0, random_in(0, table[d - 1])};
        table[d] = values[kind];
    }
    return steps;
}

/* Without any shift: powers of two are divisors. */
static void reference_softmax(const int8_t *x, int8_t *y, const int32_t *table, const qcc_softmax_t *g) {
    int32_t max = -128;
    for (int32_t i = 0; i < g->n; i++) {
        max = x[i] > max ? x[i] : max;
    }
    int64_t sum = 0, unit = power_of_two(g->bits + 1);
    for (int32_t i = 0; i < g->n; i++) {
        sum += max - x[i] < g->steps ? table[max - x[i]] : 0;
    }
    for (; sum >= power_of_two(32); unit *= 2) {
        sum /= 2;
    }
    int64_t total = nearest_division(sum * g->ratio / power_of_two(30), power_of_two(g->bits + 1));
    total = total < 1 ? 1 : total;
    for (int32_t i = 0; i < g->n; i++) {
        int64_t e = nearest_division(max - x[i] < g->steps ? table[max - x[i]] : 0, unit);
        y[i] = clamped(g->zero + (e * power_of_two(g->bits) + total / 2) / total, -128, 127);
    }
}

static void test_softmax(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t rows = random_in(1, 4), n = i == 0 ? 32768 / rows : random_in(1, 40), table[256];
        int32_t bits = i % 2 == 0 ? 8 : random_in(0, 15), largest = 1 << 30;
        qcc_softmax_t g = {.rows = rows, .n = n, .steps = random_exp_table(table, i % 4), .bits = bits,
                           .ratio = i % 3 == 0 ? largest : random_in(bits == 15 ? 1 : largest / 2, largest),
                           .zero = random_in(-128, 127)};
        int8_t *x = random_bytes(rows * n, i % 3 == 0 ? 100 : -128, 127), *y = bytes(rows * n);
        int8_t *expected = bytes(rows * n);
        for (int32_t row = 0; row < rows; row++) {
            reference_softmax(x + row * n, expected + row * n, table, &g);
        }
        qcc_softmax(x, y, table, &g);
        check_equal(y, expected, rows * n);
        qcc_softmax(x, x, table, &g);
        check_equal(x, expected, rows * n);
    }
}

void test_elementwise(void) {
    suite("add");
    test_add();
    suite("add_dsp");
    test_add_dsp();
    suite("mul");
    test_mul();
    suite("lookup");
    test_lookup();
    suite("softmax");
    test_softmax();
}
