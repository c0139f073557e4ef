/* The operators with the roundings of TFLite: sums, means, pools and softmax. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_tflite_add.h"
#include "../qcc_tflite_add_pulp.h"
#include "../qcc_tflite_avg_pool.h"
#include "../qcc_tflite_avg_pool_pulp.h"
#include "../qcc_tflite_mean.h"
#include "../qcc_tflite_softmax.h"

enum { CASES = 200 * CASE_FACTOR };

static void test_add(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t period = random_in(1, 33), n = period * (i % 2 == 0 ? 1 : random_in(1, 9));
        int8_t *x1 = random_bytes(n, -128, 127), *x2 = random_bytes(period, -128, 127);
        int8_t *y = bytes(n), *expected = bytes(n);
        qcc_requantize_t r = {.rule = i % 3 == 0 ? QCC_TFLITE_SINGLE : QCC_TFLITE_DOUBLE,
                              .multiplier_all = random_in(1 << 30, INT32_MAX), .right_all = random_in(16, 21),
                              .zero = random_in(-128, 127), .lo = -128, .hi = 127};
        r.lo = random_in(0, 1) == 0 ? r.zero : -128;
        qcc_tflite_add_t g = {n, period, random_in(-128, 127), random_in(1 << 30, INT32_MAX), random_in(0, 4),
                              random_in(-128, 127), random_in(1 << 30, INT32_MAX), i % 10 == 0 ? 31 : random_in(0, 4),
                              i % 5 == 0 ? -1 : 1};
        for (int32_t j = 0; j < n; j++) {
            int64_t a = reference_tflite(((int64_t)x1[j] - g.z1) * power_of_two(20), g.m1, g.right1, r.rule);
            int64_t b = reference_tflite(((int64_t)x2[j % period] - g.z2) * power_of_two(20), g.m2, g.right2, r.rule);
            expected[j] = reference_requantize(a + g.sign * b, 0, &r);
        }
        qcc_tflite_add(x1, x2, y, &g, &r);
        check_equal(y, expected, n);
        if (period == n) {
            const qcc_tile_t tile = {random_tile((n + 3) / 4), 4, 1};
            qcc_tflite_add_pulp(x1, x2, y, bytes(QCC_TFLITE_ADD_PULP_LOCAL(n, tile.rows)), &tile, &g, &r);
            check_equal(y, expected, n);
        }
        qcc_tflite_add(x1, x2, x1, &g, &r);
        check_equal(x1, expected, n);
    }
}

static void test_avg_pool(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t c = random_conv2d(9, 5, 1);
        c.in_c = i % 3 == 0 ? qcc_round_up4(c.in_c) : c.in_c;
        c.pad_top = qcc_min(c.pad_top, c.kernel_h - 1), c.pad_left = qcc_min(c.pad_left, c.kernel_w - 1);
        /* As many outputs as have windows that begin inside the image. */
        c.out_h = (c.in_h + c.pad_top - 1) / c.stride_h + 1, c.out_w = (c.in_w + c.pad_left - 1) / c.stride_w + 1;
        qcc_pool_t g = {c.in_h,     c.in_w,     c.in_c,     c.out_h,   c.out_w,   c.kernel_h,
                        c.kernel_w, c.stride_h, c.stride_w, c.pad_top, c.pad_left};
        int32_t n = g.out_h * g.out_w * g.channels, lo = random_in(-128, 0), hi = random_in(0, 127);
        int8_t *x = random_bytes(g.in_h * g.in_w * g.channels, -128, 127), *y = bytes(n), *expected = bytes(n);
        for (int32_t j = 0; j < n; j++) {
            int32_t oy = j / g.channels / g.out_w, ox = j / g.channels % g.out_w, sum = 0, count = 0;
            for (int32_t k = 0; k < g.kernel_h * g.kernel_w; k++) {
                int32_t h = oy * g.stride_h - g.pad_top + k / g.kernel_w;
                int32_t w = ox * g.stride_w - g.pad_left + k % g.kernel_w;
                int inside = h >= 0 && h < g.in_h && w >= 0 && w < g.in_w;
                sum += inside ? at(x, g.in_h, g.in_w, g.channels, h, w, j % g.channels, 0) : 0;
                count += inside;
            }
            expected[j] = clamped(nearest_division(sum, count), lo, hi);
        }
        qcc_tflite_avg_pool(x, y, lo, hi, &g);
        check_equal(y, expected, n);
        if (g.channels % 4 == 0) {
            const qcc_tile_t tile = {random_tile(g.out_h), g.channels, 1 << random_in(0, 3)};
            qcc_tflite_avg_pool_pulp(x, y, bytes(qcc_pool_local(&tile, &g)), &tile, lo, hi, &g);
            check_equal(y, expected, n);
        }
    }
}

static void test_mean(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_tflite_mean_t g = {random_in(1, 5), random_in(1, 40), random_in(1, 9), random_in(-128, 127),
                               random_in(-128, 127), random_in(1 << 28, INT32_MAX), random_in(-2, 7), i % 2};
        int32_t n = g.outer * g.inner;
        int8_t *x = random_bytes(n * g.count, -128, 127), *y = bytes(n), *expected = bytes(n);
        for (int32_t j = 0; j < n; j++) {
            int64_t sum = 0;
            for (int32_t k = 0; k < g.count; k++) {
                sum += x[(j / g.inner * g.count + k) * g.inner + j % g.inner] - g.in_zero;
            }
            qcc_rule rule = g.single ? QCC_TFLITE_SINGLE : QCC_TFLITE_DOUBLE;
            expected[j] = clamped(g.zero + reference_tflite(sum, g.m, g.right, rule), -128, 127);
        }
        qcc_tflite_mean(x, y, &g);
        check_equal(y, expected, n);
    }
}

/* 2 * a * b / 2^32 to nearest, halves upwards. */
static int64_t product(int64_t a, int64_t b) {
    return floor_division(a * b + power_of_two(30), power_of_two(31));
}

static void reference_softmax(const int8_t *x, int8_t *y, const int32_t *table, int32_t n, int32_t steps) {
    int32_t max = -128;
    for (int32_t i = 0; i < n; i++) {
        max = qcc_max(max, x[i]);
    }
    int64_t sum = 0, e[64];
    for (int32_t i = 0; i < n; i++) {
        e[i] = max - x[i] < steps ? table[max - x[i]] : 0;
        sum += nearest_division(e[i], 4096);
    }
    int32_t headroom = 0;
    while (sum * power_of_two(headroom) < power_of_two(31)) {
        headroom++;
    }
    int64_t fraction = sum * power_of_two(headroom) - power_of_two(31);
    int64_t half = nearest_division(fraction + INT32_MAX, 2), reciprocal = 1515870810 + product(half, -1010580540);
    for (int32_t step = 0; step < 3; step++) {
        reciprocal += 4 * product(reciprocal, power_of_two(29) - product(half, reciprocal));
    }
    reciprocal = 2 * reciprocal > INT32_MAX ? INT32_MAX : 2 * reciprocal;
    for (int32_t i = 0; i < n; i++) {
        y[i] = clamped(nearest_division(product(reciprocal, e[i]), power_of_two(35 - headroom)) - 128, -128, 127);
    }
}

static void test_softmax(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t rows = random_in(1, 4), n = random_in(1, 64), steps = i % 4 == 0 ? 256 : random_in(1, 256);
        int32_t table[256] = {INT32_MAX};
        for (int32_t d = 1; d < steps; d++) { /* falling, at random speed */
            table[d] = random_in(0, 2) == 0 ? table[d - 1] / 2 : table[d - 1] - table[d - 1] / random_in(4, 99);
        }
        int32_t spread = random_in(0, 127);
        int8_t *x = random_bytes(rows * n, -spread - 1, spread), *y = bytes(rows * n), *expected = bytes(rows * n);
        for (int32_t row = 0; row < rows; row++) {
            reference_softmax(x + row * n, expected + row * n, table, n, steps);
        }
        qcc_tflite_softmax(x, y, table, rows, n, steps);
        check_equal(y, expected, rows * n);
        qcc_tflite_softmax(x, x, table, rows, n, steps);
        check_equal(x, expected, rows * n);
    }
}

/* Shares of so many equal logits round to nothing. */
static void test_flat_softmax(void) {
    enum { N = 1024 };
    static const int32_t table[] = {INT32_MAX};
    int8_t *x = random_bytes(N, 5, 5), *expected = random_bytes(N, -128, -128);
    qcc_tflite_softmax(x, x, table, 1, N, 1);
    check_equal(x, expected, N);
    next_case();
}

void test_tflite(void) {
    suite("TFLite's sum");
    test_add();
    suite("TFLite's average pool");
    test_avg_pool();
    suite("TFLite's mean");
    test_mean();
    suite("TFLite's softmax");
    test_softmax();
    test_flat_softmax();
}
