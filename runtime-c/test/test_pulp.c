/*
 * The kernels for clusters with XpulpV2, in their portable bodies: random geometries, cut into tiles of every shape.
 * What several cores do to each other is tested in the simulator of GAP-8.
 */
#include "check.h"
#include "layer.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_conv2d_pulp.h"
#include "../qcc_dense_pulp.h"
#include "../qcc_depthwise_conv2d_pulp.h"

enum { CASES = 400 * CASE_FACTOR };

/* From [channels][runs][run] with runs padded to words, in tiles of four channels by four bytes. */
static int8_t *pack_words(const int8_t *weights, int32_t channels, int32_t runs, int32_t run) {
    int32_t padded = qcc_round_up4(run);
    int8_t *wide = random_bytes(channels * runs * padded, 0, 0);
    for (int32_t i = 0; i < channels * runs * run; i++) {
        wide[i / run * padded + i % run] = weights[i];
    }
    return pack_tiles(wide, channels, runs * padded, 4, 4);
}

/* A layer, often one that requantises by the rule AFFINE, whose accumulators have 23 bits. */
static layer_t random_pulp_layer(const qcc_conv2d_t *g) {
    layer_t layer = random_layer(g);
    int32_t products = g->kernel_h * g->kernel_w * g->in_c / g->groups << 14, room = (1 << 23) - 1 - products;
    if (room > 0 && random_in(0, 2) == 0) {
        layer.bias = random_words(g->out_c, -room, room);
        layer.r = random_affine(g->out_c, random_in(15, 23));
        reference_conv2d(layer.x, layer.expected, layer.weights, layer.bias, g, &layer.r);
    }
    return layer;
}

static void test_conv2d(void) {
    suite("conv2d_pulp");
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 67 : 12), 1);
        g.dilation_w = 1;
        if (i % 3 == 0) {
            g.in_c = qcc_round_up4(g.in_c);
        }
        const qcc_tile_t tile = {random_tile(g.out_h), qcc_round_up4(random_tile(g.out_c)), 1 << random_in(0, 3)};
        layer_t layer = random_pulp_layer(&g);
        qcc_conv2d_pulp(layer.x, layer.y, pack_words(layer.weights, g.out_c, g.kernel_h, g.kernel_w * g.in_c),
                        pad_bias(layer.bias, g.out_c, 4), bytes(qcc_conv2d_pulp_local(&g, &tile)), &g, &tile, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

static void test_dense(void) {
    suite("dense_pulp");
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        const qcc_dense_t g = {.in = random_in(1, i % 2 == 0 ? 130 : 9), .out = random_in(1, 33)};
        const qcc_conv2d_t as_conv = qcc_dense_as_conv2d(&g);
        const qcc_tile_t tile = {1, qcc_round_up4(random_tile(g.out)), 1 << random_in(0, 3)};
        layer_t layer = random_pulp_layer(&as_conv);
        qcc_dense_pulp(layer.x, layer.y, pack_words(layer.weights, g.out, 1, g.in), pad_bias(layer.bias, g.out, 4),
                       bytes(qcc_conv2d_pulp_local(&as_conv, &tile)), &g, &tile, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

static void test_depthwise_conv2d(void) {
    suite("depthwise_conv2d_pulp");
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_depthwise_conv2d_t g = random_depthwise(9, i % 8 == 0 ? 67 : 9, 1);
        if (i % 2 == 0) { /* the window that has a loop of its own, and its neighbours */
            g.kernel_h = g.kernel_w = 3;
            g.dilation_w = 1;
        }
        const qcc_tile_t tile = {random_tile(g.out_h), qcc_round_up4(g.in_c), 1 << random_in(0, 3)};
        const qcc_conv2d_t as_conv = depthwise_as_conv2d(&g);
        layer_t layer = random_pulp_layer(&as_conv);
        int8_t *weights = channels_first(layer.weights, g.in_c, g.kernel_h * g.kernel_w);
        qcc_depthwise_conv2d_pulp(layer.x, layer.y, weights, layer.bias,
                                  bytes(qcc_depthwise_conv2d_pulp_local(&g, &tile)), &g, &tile, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

void test_pulp(void) {
    test_conv2d();
    test_dense();
    test_depthwise_conv2d();
}
