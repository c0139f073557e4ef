/* All rules over boundary and random accumulators, every shift, and multipliers at their limits. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_mve_requantize.h"
#include "../qcc_short_parts.h"

#include <stddef.h>

/* Powers of two and their neighbours, of both signs: where rounding, saturation and carries change. */
static int32_t boundary(int32_t index) {
    int64_t power = power_of_two(index / 6);
    int64_t near = power + index % 3 - 1;
    int64_t value = index / 3 % 2 == 0 ? near : -near;
    return (int32_t)(value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : value);
}

enum { BOUNDARIES = 32 * 6, RANDOMS = 400 };

static int32_t accumulator(int32_t index) {
    return index < BOUNDARIES ? boundary(index) : random_in(INT32_MIN, INT32_MAX);
}

static void check_all(const qcc_requantize_t *r, int32_t channel) {
    for (int32_t i = 0; i < BOUNDARIES + RANDOMS; i++) {
        int32_t acc = accumulator(i);
        /* The contract: acc * 2^left fits int32_t. */
        if (r->rule == QCC_MULTIPLY) {
            acc = (int32_t)floor_division(acc, power_of_two(r->left));
        }
        if (r->rule == QCC_TFLITE_DOUBLE || r->rule == QCC_TFLITE_SINGLE) { /* room for rounding and zero point */
            acc = (int32_t)floor_division(acc / 2 - acc / (1 << 20), power_of_two(r->left));
        }
        int8_t expected = reference_requantize(acc, channel, r);
        int8_t actual = qcc_requantize(acc, channel, r);
        check_equal(&actual, &expected, 1);
        qcc_quad quad = qcc_quad_requantize(qcc_quad_all(acc), qcc_scale_of_channels(channel, 1, r), r);
        qcc_quad_store_first(&actual, quad, 1);
        check_equal(&actual, &expected, 1);
    }
}

static void test_shift(void) {
    uint8_t shifts[32];
    for (int32_t n = 0; n < 32; n++) {
        shifts[n] = (uint8_t)(31 - n);
    }
    for (int32_t n = 0; n < 32; n++) {
        qcc_requantize_t uniform = {.rule = QCC_SHIFT, .shift_all = n, .lo = -128, .hi = 127};
        check_all(&uniform, 0);
        qcc_requantize_t narrow = {.rule = QCC_SHIFT, .shift = shifts, .lo = random_in(-128, 0), .hi = random_in(0, 127)};
        check_all(&narrow, n);
    }
}

static void test_multiply(void) {
    int32_t multipliers[BOUNDARIES];
    for (int32_t i = 0; i < BOUNDARIES; i++) {
        multipliers[i] = boundary(i);
    }
    for (int32_t i = 0; i < BOUNDARIES; i++) {
        qcc_requantize_t uniform = {
            .rule = QCC_MULTIPLY, .multiplier_all = multipliers[i], .zero = random_in(-128, 127), .lo = -128, .hi = 127};
        check_all(&uniform, 0);
        qcc_requantize_t left = {
            .rule = QCC_MULTIPLY, .multiplier = multipliers, .left = i % 32, .zero = -128, .lo = random_in(-128, 0),
            .hi = random_in(0, 127)};
        check_all(&left, i);
    }
}

/* Significands with many trailing zeros, so that ties occur, and the ends of their range. */
static int32_t significand(int32_t index) {
    return index == 0 ? 1 << 30 : index == 1 ? INT32_MAX : random_in(1 << (index % 30), INT32_MAX >> (30 - index % 30))
                                                                   << (30 - index % 30);
}

static void test_tflite_rule(qcc_rule rule) {
    int8_t rights[62];
    int32_t significands[62];
    for (int32_t i = 0; i < 62; i++) {
        rights[i] = (int8_t)(i - 30);
        significands[i] = significand(i);
    }
    for (int32_t i = 0; i < 62; i++) {
        qcc_requantize_t uniform = {.rule = rule, .multiplier_all = significand(i), .right_all = i - 30,
                                    .left = i < 30 ? 30 - i : 0, .zero = random_in(-128, 127), .lo = -128, .hi = 127};
        check_all(&uniform, 0);
        qcc_requantize_t relu = {.rule = rule, .multiplier = significands, .right = rights, .left = 30,
                                 .zero = random_in(-128, 0), .hi = 127};
        relu.lo = relu.zero;
        check_all(&relu, i);
        qcc_requantize_t narrow = {.rule = rule, .multiplier = significands, .right = rights + 30, .zero = 7, .lo = -100,
                                   .hi = 99};
        check_all(&narrow, i / 2);
    }
}

static void test_affine(void) {
    for (int32_t i = 0; i < 62; i++) {
        qcc_requantize_t r = random_affine(4, random_in(8, 23));
        if (i % 2 == 0) {
            r.multiplier_all = boundary(i) & INT32_MAX, r.multiplier = NULL;
            r.addend_all = i % 4 == 0 ? 32767 : -32768, r.addend = NULL;
        }
        for (int32_t j = 0; j < BOUNDARIES + RANDOMS; j++) {
            int32_t acc = (int32_t)floor_division(accumulator(j), power_of_two(8));
            int8_t expected = reference_requantize(acc, j % 4, &r), actual = qcc_requantize(acc, j % 4, &r);
            check_equal(&actual, &expected, 1);
            qcc_requantize_t one = qcc_requantize_of(j % 4, &r);
            actual = qcc_requantize(acc, 0, &one);
            check_equal(&actual, &expected, 1);
        }
        next_case();
    }
}

/* For cores that multiply into 32 bits only. */
static void test_products(void) {
    for (int32_t i = 0; i < BOUNDARIES + RANDOMS; i++) {
        for (int32_t j = 0; j < BOUNDARIES + RANDOMS; j++) {
            int32_t a = accumulator(i), m = accumulator(j);
            check(qcc_long_product(a, m) == (int64_t)a * m, "a long product is wrong");
            int32_t small = a >> 1;
            qcc_product_t parts = qcc_split_product(small, m);
            check(parts.high * power_of_two(32) + parts.middle * power_of_two(16)
                      == floor_division((int64_t)small * m, power_of_two(16)) * power_of_two(16),
                  "a product's parts are wrong");
        }
    }
}

/* Many accumulators, whose factor is applied in parts: at the limits of what these hold, and beyond where that may be. */
static void test_parts(void) {
    enum { CHANNELS = 20, PIXELS = 4 };
    for (int32_t i = 0; i < 400 * CASE_FACTOR; i++, next_case()) {
        int32_t channels = random_in(1, CHANNELS), pixels = random_in(1, PIXELS), magnitude = random_in(0, 1) * 30;
        qcc_requantize_t r = {.rule = QCC_TFLITE_DOUBLE, .lo = -128, .hi = 127, .zero = random_in(-128, 127)};
        if (i % 3 == 0) {
            r.lo = random_in(-128, 126), r.hi = random_in(r.lo + 1, 127), r.zero = random_in(r.lo, r.hi);
        }
        r.multiplier_all = random_in(1 << 30, INT32_MAX);
        r.right_all = random_in(1, magnitude == 0 ? 13 : 10);
        if (i % 4 != 0) {
            r.multiplier = random_words(channels, 1 << 30, INT32_MAX);
            r.right = random_bytes(channels, 1, r.right_all);
        }
        r.parts = parts_of(&r, channels, magnitude);
        check(r.parts != QCC_PARTS_NONE, "the rule goes in parts");
        int32_t n = channels * pixels, *acc = random_words(n, INT32_MIN, INT32_MAX);
        int8_t *expected = bytes(n), *y = bytes(n);
        int by_pixel = random_in(0, 1);
        qcc_parts_t p = {acc, y, channels, pixels, by_pixel ? 1 : pixels, by_pixel ? channels : 1};
        for (int32_t j = 0; j < n; j++) {
            int32_t limit = QCC_PARTS_ACC, near = acc[j] >> random_in(11, 24);
            acc[j] = r.parts == QCC_PARTS_LIMITED ? acc[j] >> random_in(1, 20)
                     : random_in(0, 7) == 0       ? random_in(0, 1) * (2 * limit - 1) - limit
                                                  : near;
            expected[j / pixels * p.channel_step + j % pixels * p.pixel_step]
                = reference_requantize(acc[j], j / pixels, &r);
        }
        qcc_requantize_all(acc, &p, 0, &r);
        check_equal(y, expected, n);
    }
}

void test_requantize(void) {
    suite("products of 32 bits");
    test_products();
    suite("requantize as TFLite, in parts");
    test_parts();
    suite("requantize by shift");
    test_shift();
    suite("requantize by multiply");
    test_multiply();
    suite("requantize by affine");
    test_affine();
    suite("requantize as TFLite, in two steps");
    test_tflite_rule(QCC_TFLITE_DOUBLE);
    suite("requantize as TFLite, in one step");
    test_tflite_rule(QCC_TFLITE_SINGLE);
}
