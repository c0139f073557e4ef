/* Depthwise convolutions over random geometries, against the reference convolution with one group per channel. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_depthwise_conv2d_3x3_dsp.h"
#include "../qcc_depthwise_conv2d_dsp.h"

#include <stddef.h>

enum { CASES = 400 * CASE_FACTOR, BIAS = 1 << 14, MAGNITUDE = 20 /* 5 * 5 * 128 * 128 + BIAS < 2^20 */ };

typedef void depthwise_t(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                         const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r);

static void portable(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                     const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    qcc_depthwise_conv2d(x, y, weights, bias, g, r);
}

static void dsp(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    int8_t *scratch = bytes(QCC_DEPTHWISE_DSP_SCRATCH(g->in_c, g->out_w, g->kernel_h, g->kernel_w, g->stride_w,
                                                      g->dilation_h, g->dilation_w));
    qcc_depthwise_conv2d_dsp(x, y, weights, bias, scratch, g, r);
}

static void dsp_3x3(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias,
                    const qcc_depthwise_conv2d_t *g, const qcc_requantize_t *r) {
    int8_t *scratch = bytes(QCC_DEPTHWISE_3X3_DSP_SCRATCH(g->out_h, g->out_w, g->stride_h, g->stride_w));
    qcc_depthwise_conv2d_3x3_dsp(x, y, pack_taps(weights, g->in_c), bias, scratch, g, r);
}

/* One random layer, and what it must compute. */
typedef struct {
    int8_t *x, *weights, *expected;
    int32_t *bias;
    int32_t n;
    qcc_requantize_t r;
} layer_t;

static layer_t random_layer(const qcc_depthwise_conv2d_t *g) {
    qcc_conv2d_t c = depthwise_as_conv2d(g);
    int32_t taps = g->kernel_h * g->kernel_w, n = c.out_h * c.out_w * c.out_c;
    layer_t layer = {
        .x = random_bytes(g->in_h * g->in_w * g->in_c, -128, 127),
        .weights = random_bytes(taps * c.out_c, -128, 127),
        .expected = bytes(n),
        .bias = random_words(c.out_c, -BIAS, BIAS),
        .n = n,
        .r = random_requantize(c.out_c, MAGNITUDE),
    };
    if (random_in(0, 2) == 0) {
        layer.r = random_affine(c.out_c, MAGNITUDE);
    }
    reference_conv2d(layer.x, layer.expected, channels_first(layer.weights, taps, c.out_c), layer.bias, &c, &layer.r);
    return layer;
}

static void check_depthwise(depthwise_t *kernel, const qcc_depthwise_conv2d_t *g) {
    layer_t layer = random_layer(g);
    int8_t *y = bytes(layer.n);
    kernel(layer.x, y, layer.weights, layer.bias, g, &layer.r);
    check_equal(y, layer.expected, layer.n);
}

/* Any size, padding and stride_h, but what the kernel is for. */
static qcc_depthwise_conv2d_t random_3x3(int32_t most, int32_t most_channels) {
    qcc_depthwise_conv2d_t g = {.in_h = random_in(1, most), .in_w = random_in(1, most), .in_c = random_in(2, most_channels),
                                .kernel_h = 3, .kernel_w = 3, .stride_h = random_in(1, 4), .stride_w = random_in(1, 2),
                                .pad_top = random_in(0, 4), .pad_left = random_in(0, 4), .dilation_h = 1,
                                .dilation_w = 1, .multiplier = 1, .in_zero = random_in(-128, 127)};
    int32_t below = random_in(0, 4), right = random_in(0, 4);
    below = qcc_max(below, 3 - g.in_h - g.pad_top), right = qcc_max(right, 3 - g.in_w - g.pad_left);
    g.out_h = output_size(g.in_h, g.pad_top, below, 3, g.stride_h);
    g.out_w = output_size(g.in_w, g.pad_left, right, 3, g.stride_w);
    return g;
}

/* y in the place of x: what the ring of the DSP kernel allows where no row of y is longer than the rows of x read. */
static void test_in_place(depthwise_t *kernel, int32_t least_half, int32_t most_half) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t half_h = random_in(least_half, most_half), half_w = random_in(least_half, most_half);
        qcc_depthwise_conv2d_t g = {
            .in_h = random_in(1, 9), .in_w = random_in(1, 9), .in_c = 4 * random_in(1, 4), .stride_h = 1, .stride_w = 1,
            .kernel_h = 2 * half_h + 1, .kernel_w = 2 * half_w + 1, .pad_top = half_h, .pad_left = half_w,
            .dilation_h = 1, .dilation_w = 1, .multiplier = 1, .in_zero = random_in(-128, 127)};
        g.out_h = g.in_h, g.out_w = g.in_w;
        layer_t layer = random_layer(&g);
        kernel(layer.x, layer.x, layer.weights, layer.bias, &g, &layer.r);
        check_equal(layer.x, layer.expected, layer.n);
    }
}

/*
 * y before x by whole pixels, and so far that the rows of y lie over rows of x that were read, as the 3x3 kernel's
 * contract allows; over bands of rows where images are large.
 */
static void test_overlap_3x3(int32_t most) {
    for (int32_t i = 0; i < CASES / 4; i++, next_case()) {
        qcc_depthwise_conv2d_t g = random_3x3(most, 7);
        layer_t layer = random_layer(&g);
        int32_t back = 0; /* pixels */
        for (int32_t oy = 0; oy < g.out_h; oy++) {
            int32_t read = qcc_max(0, qcc_min(g.in_h, oy * g.stride_h - g.pad_top + 3)) * g.in_w;
            back = qcc_max(back, (oy + 1) * g.out_w - read);
        }
        int8_t *arena = bytes((back + qcc_max(g.in_h * g.in_w, g.out_h * g.out_w - back)) * g.in_c);
        int8_t *x = arena + back * g.in_c;
        qcc_copy(x, layer.x, g.in_h * g.in_w * g.in_c);
        dsp_3x3(x, arena, layer.weights, layer.bias, &g, &layer.r);
        check_equal(arena, layer.expected, layer.n);
    }
}

void test_depthwise(void) {
    suite("depthwise_conv2d");
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_depthwise_conv2d_t g = random_depthwise(11, i % 8 == 0 ? 65 : 9, i % 2 == 0 ? 1 : 4);
        check_depthwise(portable, &g);
    }
    suite("depthwise_conv2d_dsp");
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_depthwise_conv2d_t g = random_depthwise(11, i % 8 == 0 ? 65 : 9, 1);
        g.in_c = qcc_round_up4(g.in_c);
        check_depthwise(dsp, &g);
    }
    suite("depthwise_conv2d_dsp in place");
    test_in_place(dsp, 0, 2);
    suite("depthwise_conv2d_3x3_dsp");
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_depthwise_conv2d_t g = random_3x3(11, i % 8 == 0 ? 67 : 9);
        check_depthwise(dsp_3x3, &g);
    }
    suite("depthwise_conv2d_3x3_dsp in place");
    test_in_place(dsp_3x3, 1, 1);
    suite("depthwise_conv2d_3x3_dsp over x");
    test_overlap_3x3(9);
    test_overlap_3x3(41);
}
