/* Maximum and average pooling over random geometries, with windows that reach over the border. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_avg_pool_dsp.h"
#include "../qcc_avg_pool_pulp.h"
#include "../qcc_max_pool.h"
#include "../qcc_max_pool_dsp.h"
#include "../qcc_max_pool_pulp.h"

#include <stddef.h>

enum { CASES = 300 * CASE_FACTOR, OUTSIDE = 1000 };

static qcc_pool_t random_pool(int32_t index) {
    qcc_pool_t g = {.kernel_h = random_in(1, 4), .kernel_w = random_in(1, 4)};
    g.in_h = random_in(1, 9), g.in_w = random_in(1, 9), g.channels = random_in(1, index % 8 == 0 ? 65 : 9);
    g.stride_h = random_in(1, 3), g.stride_w = random_in(1, 3);
    g.channels = index % 2 == 0 ? qcc_round_up4(g.channels) : g.channels;
    if (index % 4 == 0) { /* global */
        g.kernel_h = g.in_h, g.kernel_w = g.in_w, g.out_h = 1, g.out_w = 1;
        return g;
    }
    g.kernel_h = qcc_min(g.kernel_h, g.in_h), g.kernel_w = qcc_min(g.kernel_w, g.in_w);
    g.pad_top = random_in(0, g.kernel_h - 1), g.pad_left = random_in(0, g.kernel_w - 1);
    g.out_h = output_size(g.in_h, g.pad_top, random_in(0, g.kernel_h - 1), g.kernel_h, g.stride_h);
    g.out_w = output_size(g.in_w, g.pad_left, random_in(0, g.kernel_w - 1), g.kernel_w, g.stride_w);
    return g;
}

/* What one window holds. */
typedef struct {
    int64_t sum;
    int32_t count, max;
} window_t;

static window_t reference_window(const int8_t *x, int32_t oy, int32_t ox, int32_t c, const qcc_pool_t *g) {
    window_t window = {0, 0, -128};
    for (int32_t tap = 0; tap < g->kernel_h * g->kernel_w; tap++) {
        int32_t h = oy * g->stride_h - g->pad_top + tap / g->kernel_w;
        int32_t w = ox * g->stride_w - g->pad_left + tap % g->kernel_w;
        int32_t value = at(x, g->in_h, g->in_w, g->channels, h, w, c, OUTSIDE);
        if (value != OUTSIDE) {
            window.sum += value;
            window.count++;
            window.max = value > window.max ? value : window.max;
        }
    }
    return window;
}

/* m[count - 1] for scale 2^(32 - left) / count, with a factor that sometimes saturates. */
static int32_t *random_means(int32_t most, int32_t left) {
    int32_t *m = random_words(most, 0, 0);
    for (int32_t count = 1; count <= most; count++) {
        m[count - 1] = (int32_t)(power_of_two(32 - left) / 100 * random_in(20, 160) / count);
    }
    return m;
}

static void test_pools(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_pool_t g = random_pool(i);
        int32_t n = g.out_h * g.out_w * g.channels;
        int8_t *x = random_bytes(g.in_h * g.in_w * g.channels, -128, 127);
        int8_t *max = bytes(n), *avg = bytes(n), *y = bytes(n);
        qcc_mean_t mean = {.left = random_in(2, 16), .z_in = random_in(-128, 127), .z_out = random_in(-128, 127),
                           .lo = random_in(-128, 0), .hi = random_in(0, 127)};
        int32_t *m = random_means(g.kernel_h * g.kernel_w, mean.left);
        mean.multiplier = g.pad_top + g.pad_left == 0 && i % 4 == 0 ? NULL : m;
        mean.multiplier_all = m[g.kernel_h * g.kernel_w - 1];
        for (int32_t j = 0; j < n; j++) {
            int32_t pixel = j / g.channels;
            window_t window = reference_window(x, pixel / g.out_w, pixel % g.out_w, j % g.channels, &g);
            check(window.count > 0, "every window sees the image");
            qcc_requantize_t r = {.rule = QCC_MULTIPLY, .multiplier_all = m[window.count - 1], .left = mean.left,
                                  .zero = mean.z_out, .lo = mean.lo, .hi = mean.hi};
            max[j] = clamped(window.max, mean.lo, mean.hi);
            avg[j] = reference_requantize(window.sum - (int64_t)window.count * mean.z_in, 0, &r);
        }
        qcc_max_pool(x, y, mean.lo, mean.hi, &g);
        check_equal(y, max, n);
        qcc_avg_pool(x, y, &g, &mean);
        check_equal(y, avg, n);
        if (g.channels % 4 == 0) {
            qcc_max_pool_dsp(x, y, mean.lo, mean.hi, &g);
            check_equal(y, max, n);
            qcc_avg_pool_dsp(x, y, &g, &mean);
            check_equal(y, avg, n);
            const qcc_tile_t tile = {random_tile(g.out_h), g.channels, 1 << random_in(0, 3)};
            int8_t *local = bytes(qcc_pool_local(&tile, &g));
            qcc_max_pool_pulp(x, y, local, &tile, mean.lo, mean.hi, &g);
            check_equal(y, max, n);
            qcc_avg_pool_pulp(x, y, local, &tile, &g, &mean);
            check_equal(y, avg, n);
        }
    }
}

/* All sums at the ends of int16: 255 times the least and the largest value. */
static void test_largest_sums(void) {
    qcc_pool_t g = {.in_h = 15, .in_w = 17, .channels = 4, .out_h = 1, .out_w = 1, .kernel_h = 15, .kernel_w = 17,
                    .stride_h = 1, .stride_w = 1};
    qcc_mean_t mean = {.multiplier_all = (int32_t)(power_of_two(32) / 255 / 128), .left = 7, .lo = -128, .hi = 127};
    for (int32_t value = -128; value <= 127; value += 255, next_case()) {
        int8_t *x = random_bytes(255 * 4, value, value), *y = bytes(4), *expected = random_bytes(4, value, value);
        qcc_avg_pool_dsp(x, y, &g, &mean);
        check_equal(y, expected, 4);
    }
}

void test_pool(void) {
    suite("pool");
    test_pools();
    suite("avg_pool_dsp, largest sums");
    test_largest_sums();
}
