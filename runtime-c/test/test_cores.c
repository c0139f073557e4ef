/*
 * The kernels for cores without the DSP extension, and for those with MVE, over random geometries and extreme values:
 * in memory of their own, and with y over x as their contracts allow.
 */
#include "check.h"
#include "layer.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_conv2d_mla.h"
#include "../qcc_conv2d_mve.h"
#include "../qcc_conv2d_swar.h"
#include "../qcc_dense_mla.h"
#include "../qcc_dense_mve.h"
#include "../qcc_dense_unsigned.h"
#include "../qcc_depthwise_conv2d_mla.h"
#include "../qcc_depthwise_conv2d_mve.h"
#include "../qcc_depthwise_conv2d_short.h"

enum { CASES = 250 * CASE_FACTOR };

typedef void conv2d_t(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g);

static int32_t products(const qcc_conv2d_t *g) {
    return g->kernel_h * g->kernel_w * g->in_c;
}

static void conv2d_mve(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g) {
    qcc_conv2d_mve(x, y, pack_tiles(layer->weights, g->out_c, products(g), 4, 16), pad_bias(layer->bias, g->out_c, 4),
                   bytes(QCC_CONV2D_MVE_SCRATCH(g->kernel_h, g->kernel_w, g->in_c)), g, &layer->r);
}

static void conv2d_mla(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g) {
    qcc_conv2d_mla(x, y, pack_tiles(layer->weights, g->out_c, products(g), 4, 1), pad_bias(layer->bias, g->out_c, 4),
                   bytes(QCC_CONV2D_MLA_SCRATCH(g->kernel_h, g->kernel_w, g->in_c)), g, &layer->r);
}

static void conv2d_swar(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g) {
    qcc_conv2d_swar(x, y, pack_unsigned(layer->weights, g->out_c, products(g), 2), pad_bias(layer->bias, g->out_c, 4),
                    bytes(QCC_CONV2D_SWAR_SCRATCH(g->kernel_h, g->kernel_w, g->in_c)), g, &layer->r);
}

static void test_conv2d(const char *name, conv2d_t *kernel) {
    suite(name);
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 67 : 12), 1);
        if (i % 4 == 0) {
            g.in_c = (g.in_c + 15) / 16 * 16; /* whole vectors */
        }
        layer_t layer = random_layer(&g);
        kernel(layer.x, layer.y, &layer, &g);
        check_equal(layer.y, layer.expected, layer.n);

        int32_t in = g.in_h * g.in_w * g.in_c, gap = gap_before(&g);
        int8_t *arena = bytes(qcc_max(gap + in, layer.n));
        for (int32_t j = 0; j < in; j++) {
            arena[gap + j] = layer.x[j];
        }
        kernel(arena + gap, arena, &layer, &g);
        check_equal(arena, layer.expected, layer.n);
    }
}

/* 1x1 windows: pixels that follow one another. */
static void test_pointwise(const char *name, conv2d_t *kernel) {
    suite(name);
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t h = random_in(1, 5), w = random_in(1, 9);
        qcc_conv2d_t g = {.in_h = h, .in_w = w, .in_c = random_in(1, 67), .out_h = h, .out_w = w,
                          .out_c = random_in(1, 35), .kernel_h = 1, .kernel_w = 1, .stride_h = 1, .stride_w = 1,
                          .dilation_h = 1, .dilation_w = 1, .groups = 1, .in_zero = random_in(-128, 127)};
        layer_t layer = random_layer(&g);
        kernel(layer.x, layer.y, &layer, &g);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

typedef void dense_t(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_dense_t *g);

static void dense_mve(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_dense_t *g) {
    qcc_dense_mve(x, y, pack_tiles(layer->weights, g->out, g->in, 4, 16), pad_bias(layer->bias, g->out, 4), g, &layer->r);
}

static void dense_mla(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_dense_t *g) {
    qcc_dense_mla(x, y, pack_tiles(layer->weights, g->out, g->in, 8, 1), layer->bias, g, &layer->r);
}

static void dense_unsigned(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_dense_t *g) {
    qcc_dense_unsigned(x, y, pack_unsigned(layer->weights, g->out, g->in, 8), pad_bias(layer->bias, g->out, 8),
                       bytes(QCC_DENSE_UNSIGNED_SCRATCH(g->in)), g, &layer->r);
}

static void test_dense(const char *name, dense_t *kernel) {
    suite(name);
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_dense_t g = {.in = random_in(1, i % 2 == 0 ? 130 : 9), .out = random_in(1, 33)};
        qcc_conv2d_t as_conv = {1, 1, g.in, 1, 1, g.out, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0};
        layer_t layer = random_layer(&as_conv);
        kernel(layer.x, layer.y, &layer, &g);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

typedef void depthwise_t(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_depthwise_conv2d_t *g);

static int8_t *ring(const qcc_depthwise_conv2d_t *g) {
    return bytes(QCC_DEPTHWISE_RING_SCRATCH(g->in_c, g->out_w, g->kernel_h, g->kernel_w, g->stride_w, g->dilation_h,
                                            g->dilation_w));
}

/* From [channels][taps] to [taps][channels]. */
static int8_t *channels_last(const layer_t *layer, const qcc_depthwise_conv2d_t *g) {
    return channels_first(layer->weights, g->in_c, g->kernel_h * g->kernel_w);
}

static void depthwise_mve(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_depthwise_conv2d_t *g) {
    qcc_depthwise_conv2d_mve(x, y, channels_last(layer, g), layer->bias, ring(g), g, &layer->r);
}

static void depthwise_mla(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_depthwise_conv2d_t *g) {
    qcc_depthwise_conv2d_mla(x, y, channels_last(layer, g), layer->bias, ring(g), g, &layer->r);
}

static void depthwise_short(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_depthwise_conv2d_t *g) {
    qcc_depthwise_conv2d_short(x, y, channels_last(layer, g), layer->bias, ring(g), g, &layer->r);
}

static void test_depthwise_conv2d(const char *name, depthwise_t *kernel) {
    suite(name);
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_depthwise_conv2d_t g = random_depthwise(11, i % 8 == 0 ? 67 : 9, 1);
        int in_place = i % 3 == 0;
        if (in_place) { /* same size: y is x */
            g.stride_h = g.stride_w = g.dilation_h = g.dilation_w = 1;
            g.kernel_h = 2 * random_in(0, 2) + 1, g.kernel_w = 2 * random_in(0, 2) + 1;
            g.pad_top = g.kernel_h / 2, g.pad_left = g.kernel_w / 2;
            g.out_h = g.in_h, g.out_w = g.in_w;
        }
        qcc_conv2d_t as_conv = depthwise_as_conv2d(&g);
        layer_t layer = random_layer(&as_conv);
        int8_t *y = in_place ? layer.x : layer.y;
        kernel(layer.x, y, &layer, &g);
        check_equal(y, layer.expected, layer.n);
    }
}

void test_cores(void) {
    test_conv2d("conv2d_mve", conv2d_mve);
    test_pointwise("conv2d_mve, pointwise", conv2d_mve);
    test_dense("dense_mve", dense_mve);
    test_depthwise_conv2d("depthwise_conv2d_mve", depthwise_mve);
    test_conv2d("conv2d_mla", conv2d_mla);
    test_pointwise("conv2d_mla, pointwise", conv2d_mla);
    test_dense("dense_mla", dense_mla);
    test_depthwise_conv2d("depthwise_conv2d_mla", depthwise_mla);
    test_conv2d("conv2d_swar", conv2d_swar);
    test_pointwise("conv2d_swar, pointwise", conv2d_swar);
    test_dense("dense_unsigned", dense_unsigned);
    test_depthwise_conv2d("depthwise_conv2d_short", depthwise_short);
}
