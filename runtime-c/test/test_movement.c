/* Operators that only move values. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_concat.h"
#include "../qcc_pad.h"
#include "../qcc_slice.h"
#include "../qcc_transpose.h"
#include "../qcc_upsample.h"

enum { CASES = 200 * CASE_FACTOR, ANY = 0 };

static void test_concat(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t outer = random_in(1, 6), a = random_in(1, 21), b = random_in(1, 21);
        int8_t *xa = random_bytes(outer * a, -128, 127), *xb = random_bytes(outer * b, -128, 127);
        int8_t *y = bytes(outer * (a + b)), *expected = bytes(outer * (a + b));
        for (int32_t j = 0; j < outer * (a + b); j++) {
            int32_t block = j / (a + b), inner = j % (a + b);
            expected[j] = inner < a ? xa[block * a + inner] : xb[block * b + inner - a];
        }
        qcc_concat(xb, y + a, outer, b, a + b);
        qcc_concat(xa, y, outer, a, a + b);
        check_equal(y, expected, outer * (a + b));
    }
}

static void test_slice(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t begin[4], stride[4], extent[4], n[4];
        for (int32_t a = 0; a < 4; a++) {
            begin[a] = random_in(0, 3), stride[a] = random_in(1, 3), n[a] = random_in(1, 4);
            extent[a] = begin[a] + (n[a] - 1) * stride[a] + 1 + random_in(0, 2);
        }
        int32_t count = n[0] * n[1] * n[2] * n[3];
        int8_t *x = random_bytes(extent[0] * extent[1] * extent[2] * extent[3], -128, 127);
        int8_t *y = bytes(count), *expected = bytes(count);
        for (int32_t e = 0; e < count; e++) {
            int32_t index[4] = {e / n[3] / n[2] / n[1], e / n[3] / n[2] % n[1], e / n[3] % n[2], e % n[3]}, from = 0;
            for (int32_t a = 0; a < 4; a++) {
                from = from * extent[a] + begin[a] + index[a] * stride[a];
            }
            expected[e] = x[from];
        }
        int32_t s2 = extent[3], s1 = extent[2] * s2, s0 = extent[1] * s1;
        qcc_transpose_t g = {n[0], n[1], n[2], n[3], stride[0] * s0, stride[1] * s1, stride[2] * s2, stride[3]};
        qcc_slice(x, y, begin[0] * s0 + begin[1] * s1 + begin[2] * s2 + begin[3], &g);
        check_equal(y, expected, count);
    }
}

static void test_pad(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_pad_t g = {random_in(1, 5), random_in(1, 5), random_in(1, 9), random_in(0, 3), random_in(0, 3),
                       random_in(0, 3), random_in(0, 3), random_in(-128, 127)};
        int32_t height = g.top + g.in_h + g.bottom, width = g.left + g.in_w + g.right, n = height * width * g.channels;
        int8_t *x = random_bytes(g.in_h * g.in_w * g.channels, -128, 127), *y = bytes(n), *expected = bytes(n);
        for (int32_t j = 0; j < n; j++) {
            int32_t pixel = j / g.channels;
            expected[j] = (int8_t)at(x, g.in_h, g.in_w, g.channels, pixel / width - g.top, pixel % width - g.left,
                                     j % g.channels, g.value);
        }
        qcc_pad(x, y, &g);
        check_equal(y, expected, n);
    }
}

/* Scatters from the side of the input, where the kernel gathers. */
static void test_transpose(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t extent[4], axis[4] = {0, 1, 2, 3}, step[4], out_step[4], n = 1;
        for (int32_t a = 3; a >= 0; a--) {
            extent[a] = random_in(1, 6);
            step[a] = n;
            n *= extent[a];
        }
        for (int32_t a = 3; a > 0; a--) {
            int32_t b = random_in(0, a), swapped = axis[a];
            axis[a] = axis[b], axis[b] = swapped;
        }
        for (int32_t a = 3, stride = 1; a >= 0; a--) {
            out_step[axis[a]] = stride;
            stride *= extent[axis[a]];
        }
        int8_t *x = random_bytes(n, -128, 127), *y = bytes(n), *expected = bytes(n);
        for (int32_t e = 0; e < n; e++) {
            int32_t to = 0;
            for (int32_t a = 0; a < 4; a++) {
                to += e / step[a] % extent[a] * out_step[a];
            }
            expected[to] = x[e];
        }
        qcc_transpose_t g = {extent[axis[0]], extent[axis[1]], extent[axis[2]], extent[axis[3]],
                             step[axis[0]],   step[axis[1]],   step[axis[2]],   step[axis[3]]};
        qcc_transpose(x, y, &g);
        check_equal(y, expected, n);
    }
}

static void test_upsample(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_upsample_t g = {random_in(1, 5), random_in(1, 5), random_in(1, 9), random_in(1, 3), random_in(1, 3)};
        int32_t width = g.in_w * g.factor_w, n = g.in_h * g.factor_h * width * g.channels;
        int8_t *x = random_bytes(g.in_h * g.in_w * g.channels, -128, 127), *y = bytes(n), *expected = bytes(n);
        for (int32_t j = 0; j < n; j++) {
            int32_t pixel = j / g.channels;
            expected[j] = (int8_t)at(x, g.in_h, g.in_w, g.channels, pixel / width / g.factor_h,
                                     pixel % width / g.factor_w, j % g.channels, ANY);
        }
        qcc_upsample(x, y, &g);
        check_equal(y, expected, n);
    }
}

void test_movement(void) {
    suite("concat");
    test_concat();
    suite("pad");
    test_pad();
    suite("slice");
    test_slice();
    suite("transpose");
    test_transpose();
    suite("upsample");
    test_upsample();
}
