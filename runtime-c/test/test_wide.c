/* Kernels that read or write int16, in every combination with int8. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_rescale.h"
#include "../qcc_wide_add.h"
#include "../qcc_wide_avg_pool.h"
#include "../qcc_wide_conv2d.h"
#include "../qcc_wide_max_pool.h"
#include "../qcc_wide_mul.h"

enum { CASES = 120 * CASE_FACTOR };

static int32_t random_bits(void) {
    return 8 * random_in(1, 2);
}

static int64_t element(const int8_t *tensor, int32_t i, int32_t bits) {
    return bits == 8 ? tensor[i] : tensor[2 * i + 1] * 256 + (uint8_t)tensor[2 * i];
}

static void put(int8_t *tensor, int32_t i, int64_t v, int32_t bits) {
    uint32_t pattern = (uint32_t)(v + 65536);
    if (bits == 8) {
        tensor[i] = (int8_t)(uint8_t)pattern;
        return;
    }
    tensor[2 * i] = (int8_t)(uint8_t)pattern;
    tensor[2 * i + 1] = (int8_t)(uint8_t)(pattern / 256);
}

static int8_t *random_tensor(int32_t n, int32_t bits) {
    return random_bytes(n * bits / 8, -128, 127);
}

static int64_t limited(int64_t v, int32_t lo, int32_t hi) {
    return v < lo ? lo : v > hi ? hi : v;
}

/* A rule for accumulators of up to 2^magnitude and results of so many bits, and its definition. */
static qcc_requantize_t random_rule(int32_t bits, int32_t magnitude, int32_t channels) {
    int32_t most = (int32_t)power_of_two(bits - 1) - 1;
    qcc_requantize_t r = {.lo = random_in(0, 2) == 0 ? random_in(-most, 0) : -most - 1, .hi = most};
    int32_t least = magnitude > bits ? magnitude - bits : 0;
    if (random_in(0, 1) == 0) {
        r.rule = QCC_SHIFT;
        r.shift = random_in(0, 1) == 0 ? 0 : (const uint8_t *)random_bytes(channels, least, magnitude);
        r.shift_all = random_in(least, magnitude);
        return r;
    }
    r.rule = QCC_MULTIPLY;
    r.left = random_in(0, 31 - magnitude);
    r.zero = bits == 8 ? random_in(-128, 127) : 0;
    r.multiplier = random_in(0, 1) == 0 ? 0 : random_words(channels, 1, INT32_MAX);
    r.multiplier_all = random_in(1, INT32_MAX);
    return r;
}

static int64_t by_rule(int64_t acc, int32_t channel, const qcc_requantize_t *r) {
    in_int32(acc);
    if (r->rule == QCC_SHIFT) {
        return limited(floor_division(acc, power_of_two(r->shift ? r->shift[channel] : r->shift_all)), r->lo, r->hi);
    }
    int64_t m = r->multiplier ? r->multiplier[channel] : r->multiplier_all;
    int64_t scaled = in_int32(acc * power_of_two(r->left));
    return limited(r->zero + floor_division(scaled * m + power_of_two(31), power_of_two(32)), r->lo, r->hi);
}

/* Weight i of the packed ones, from the definition in qcc_packed.h. */
static int64_t weight(const int8_t *weights, int32_t i, int32_t bits) {
    if (bits == 0) {
        return weights[i];
    }
    int64_t field = (uint8_t)weights[i * bits / 8] / power_of_two(i * bits % 8) % power_of_two(bits);
    return field < power_of_two(bits - 1) ? field : field - power_of_two(bits);
}

static int64_t convolution_at(const int8_t *x, const int8_t *weights, int32_t place, int32_t o,
                              const qcc_wide_conv2d_t *g) {
    int32_t depth = g->in_c / g->groups, oy = place / g->out_w, ox = place % g->out_w;
    int64_t sum = 0;
    for (int32_t i = 0; i < g->kernel_h * g->kernel_w * depth; i++) {
        int32_t h = oy * g->stride_h - g->pad_top + i / depth / g->kernel_w * g->dilation_h;
        int32_t w = ox * g->stride_w - g->pad_left + i / depth % g->kernel_w * g->dilation_w;
        int32_t c = o / (g->out_c / g->groups) * depth + i % depth;
        int inside = h >= 0 && h < g->in_h && w >= 0 && w < g->in_w;
        sum += weight(weights, o * g->kernel_h * g->kernel_w * depth + i, g->packed_bits)
               * (inside ? element(x, (h * g->in_w + w) * g->in_c + c, g->in_bits) : g->in_zero);
    }
    return sum;
}

/* Every third case is so deep that sums leave 32 bits. */
static void test_wide_conv2d(void) {
    static const int32_t packings[] = {0, 0, 4, 2};
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t deep = i % 3 == 0;
        qcc_conv2d_t small = deep ? random_conv2d(3, 700, 1) : random_conv2d(7, 9, 3);
        qcc_wide_conv2d_t g = {
            .in_h = small.in_h, .in_w = small.in_w, .in_c = small.in_c, .out_h = small.out_h, .out_w = small.out_w,
            .out_c = small.out_c, .kernel_h = small.kernel_h, .kernel_w = small.kernel_w, .stride_h = small.stride_h,
            .stride_w = small.stride_w, .pad_top = small.pad_top, .pad_left = small.pad_left,
            .dilation_h = small.dilation_h, .dilation_w = small.dilation_w, .groups = small.groups,
            .in_bits = random_bits(), .out_bits = random_bits(), .packed_bits = random_of(packings, 4)};
        if (deep) { /* few results, for time */
            g.out_c = 1 + g.out_c % 3;
        }
        g.in_zero = g.in_bits == 8 ? random_in(-128, 127) : 0;
        int32_t taps = g.kernel_h * g.kernel_w * g.in_c / g.groups, bits = g.packed_bits == 0 ? 8 : g.packed_bits;
        int8_t *x = random_tensor(g.in_h * g.in_w * g.in_c, g.in_bits);
        int8_t *weights = random_bytes(g.out_c * taps * bits / 8 + 1, -128, 127);
        int32_t *bias = random_words(g.out_c, -(1 << 24), 1 << 24);
        int64_t most = power_of_two(bits - 1) * power_of_two(g.in_bits - 1) * taps + power_of_two(24);
        int32_t magnitude = 0;
        while (power_of_two(magnitude) <= most) {
            magnitude++;
        }
        g.drop = magnitude > 31 ? magnitude - 31 : 0;
        qcc_requantize_t r = random_rule(g.out_bits, magnitude - g.drop, g.out_c);
        int32_t n = g.out_h * g.out_w * g.out_c;
        int8_t *y = bytes(n * g.out_bits / 8), *expected = bytes(n * g.out_bits / 8);
        for (int32_t j = 0; j < n; j++) {
            int64_t acc = bias[j % g.out_c] + convolution_at(x, weights, j / g.out_c, j % g.out_c, &g);
            put(expected, j, by_rule(floor_division(acc, power_of_two(g.drop)), j % g.out_c, &r), g.out_bits);
        }
        qcc_wide_conv2d(x, y, weights, bias, &g, &r);
        check_equal(y, expected, n * g.out_bits / 8);
    }
}

static void test_wide_elementwise(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t period = random_in(1, 40), n = period * random_in(1, 4);
        int32_t a_bits = random_bits(), b_bits = random_bits(), bits = random_bits();
        int8_t *a = random_tensor(n, a_bits), *b = random_tensor(period, b_bits);
        int8_t *y = bytes(n * bits / 8), *expected = bytes(n * bits / 8);
        int32_t most = (int32_t)power_of_two(bits - 1) - 1, lo = random_in(-most - 1, 0), hi = random_in(0, most);
        qcc_wide_add_t sum = {n, period, random_in(-(1 << 22), 1 << 22), random_in(-(1 << 22), 1 << 22),
                              random_in(-(1 << 30), 1 << 30), random_in(0, 22), lo, hi, a_bits, b_bits, bits};
        qcc_rescale_t scale = {n, sum.m1, sum.bias, sum.shift, lo, hi, a_bits, bits};
        qcc_wide_mul_t product = {n, period, a_bits == 8 ? random_in(-128, 127) : 0,
                                  b_bits == 8 ? random_in(-128, 127) : 0, random_in(-5000, 5000), a_bits, b_bits, bits};
        qcc_requantize_t r = random_rule(bits, 31, 1);
        r.shift = 0, r.multiplier = 0;
        for (int32_t j = 0; j < n; j++) {
            int64_t v = sum.m1 * element(a, j, a_bits) + sum.m2 * element(b, j % period, b_bits) + sum.bias;
            put(expected, j, limited(floor_division(v, power_of_two(sum.shift)), lo, hi), bits);
        }
        qcc_wide_add(a, b, y, &sum);
        check_equal(y, expected, n * bits / 8);
        for (int32_t j = 0; j < n; j++) {
            int64_t v = scale.m * element(a, j, a_bits) + scale.bias;
            put(expected, j, limited(floor_division(v, power_of_two(scale.shift)), lo, hi), bits);
        }
        qcc_rescale(a, y, &scale);
        check_equal(y, expected, n * bits / 8);
        for (int32_t j = 0; j < n; j++) {
            int64_t v = (element(a, j, a_bits) - product.z1) * (element(b, j % period, b_bits) - product.z2);
            put(expected, j, by_rule(v + product.bias, 0, &r), bits);
        }
        qcc_wide_mul(a, b, y, &product, &r);
        check_equal(y, expected, n * bits / 8);
    }
}

static void test_wide_pools(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_pool_t g = {.in_h = random_in(1, 8), .in_w = random_in(1, 8), .channels = random_in(1, 6),
                        .stride_h = random_in(1, 3), .stride_w = random_in(1, 3)};
        g.kernel_h = random_in(1, g.in_h), g.kernel_w = random_in(1, g.in_w);
        g.pad_top = random_in(0, g.kernel_h - 1), g.pad_left = random_in(0, g.kernel_w - 1);
        g.out_h = output_size(g.in_h, g.pad_top, 0, g.kernel_h, g.stride_h);
        g.out_w = output_size(g.in_w, g.pad_left, 0, g.kernel_w, g.stride_w);
        int32_t in_bits = random_bits(), out_bits = random_bits(), n = g.out_h * g.out_w * g.channels;
        int8_t *x = random_tensor(g.in_h * g.in_w * g.channels, in_bits);
        int8_t *wide = random_tensor(g.in_h * g.in_w * g.channels, 16);
        int8_t *y = bytes(n * out_bits / 8), *expected = bytes(n * out_bits / 8);
        int8_t *largest = bytes(2 * n), *expected_largest = bytes(2 * n);
        int32_t most = (int32_t)power_of_two(out_bits - 1) - 1, lo = random_in(-30000, 0), hi = random_in(1, 30000);
        qcc_mean_t mean = {.multiplier = random_words(g.kernel_h * g.kernel_w, 1, INT32_MAX), .left = random_in(0, 8),
                           .z_in = in_bits == 8 ? random_in(-128, 127) : 0,
                           .z_out = out_bits == 8 ? random_in(-128, 127) : 0, .lo = -most - 1, .hi = most};
        for (int32_t j = 0; j < n; j++) {
            int64_t sum = 0, max = INT16_MIN;
            int32_t count = 0;
            for (int32_t k = 0; k < g.kernel_h * g.kernel_w; k++) {
                int32_t h = j / g.channels / g.out_w * g.stride_h - g.pad_top + k / g.kernel_w;
                int32_t w = j / g.channels % g.out_w * g.stride_w - g.pad_left + k % g.kernel_w;
                if (h >= 0 && h < g.in_h && w >= 0 && w < g.in_w) {
                    int32_t at = (h * g.in_w + w) * g.channels + j % g.channels;
                    sum += element(x, at, in_bits) - mean.z_in;
                    max = element(wide, at, 16) > max ? element(wide, at, 16) : max;
                    count++;
                }
            }
            qcc_requantize_t r = {.rule = QCC_MULTIPLY, .multiplier_all = mean.multiplier[count - 1], .left = mean.left,
                                  .zero = mean.z_out, .lo = mean.lo, .hi = mean.hi};
            put(expected, j, by_rule(sum, 0, &r), out_bits);
            put(expected_largest, j, limited(max, lo, hi), 16);
        }
        qcc_wide_avg_pool(x, y, &g, &mean, in_bits, out_bits);
        check_equal(y, expected, n * out_bits / 8);
        qcc_wide_max_pool(wide, largest, lo, hi, &g);
        check_equal(largest, expected_largest, 2 * n);
    }
}

void test_wide(void) {
    suite("wide_conv2d");
    test_wide_conv2d();
    suite("wide_elementwise");
    test_wide_elementwise();
    suite("wide_pools");
    test_wide_pools();
}
