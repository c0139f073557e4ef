/* Convolutions and fully connected layers, portable and DSP, over random geometries. */
#include "check.h"
#include "layer.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_conv2d_dsp.h"
#include "../qcc_conv2d_f2x2_dsp.h"
#include "../qcc_conv2d_f4x4_dsp.h"
#include "../qcc_conv2d_rows_dsp.h"
#include "../qcc_conv2d_stacked_rows_dsp.h"
#include "../qcc_conv2d_stacked_dsp.h"
#include "../qcc_dense_dsp.h"
#include "../qcc_dense_stacked_dsp.h"

#include <stdlib.h>

enum { CASES = 300 * CASE_FACTOR };

/* A layer within the conditions of qcc_dsp_stacked.h: 22 bits for products, 20 for the bias. */
static layer_t random_stackable(const qcc_conv2d_t *g) {
    int32_t k = g->kernel_h * g->kernel_w * g->in_c, most = qcc_min(127, (1 << 22) / (128 * k));
    layer_t layer = random_layer(g);
    for (int32_t i = 0; i < k * g->out_c; i++) {
        layer.weights[i] = (int8_t)(layer.weights[i] * most / 128);
    }
    if (random_in(0, 2) == 0) {
        layer.r = random_affine(g->out_c, random_in(15, 23));
    }
    reference_conv2d(layer.x, layer.expected, layer.weights, layer.bias, g, &layer.r);
    return layer;
}

static void test_conv2d(int32_t most_groups) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 65 : 12) + most_groups, most_groups);
        layer_t layer = random_layer(&g);
        qcc_conv2d(layer.x, layer.y, layer.weights, layer.bias, &g, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

static void run_conv2d_dsp(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g) {
    int8_t *packed = pack_rows(layer->weights, g->out_c, g->kernel_h * g->kernel_w * g->in_c);
    int8_t *scratch = bytes(QCC_GATHER_SCRATCH(g->kernel_h, g->kernel_w, g->in_c));
    qcc_conv2d_dsp(x, y, packed, pad_bias(layer->bias, g->out_c, 4), scratch, g, &layer->r);
}

static void test_conv2d_dsp(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 65 : 12), 1);
        if (i % 3 == 0) {
            g.in_c = qcc_round_up4(g.in_c);
        }
        layer_t layer = random_layer(&g);
        run_conv2d_dsp(layer.x, layer.y, &layer, &g);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

static void run_conv2d_stacked_dsp(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g) {
    int32_t k = g->kernel_h * g->kernel_w * g->in_c;
    int8_t *packed = stack(pack_rows(layer->weights, g->out_c, k), qcc_round_up4(g->out_c) * qcc_round_up4(k));
    int8_t *scratch = bytes(QCC_GATHER_SCRATCH(g->kernel_h, g->kernel_w, g->in_c));
    qcc_conv2d_stacked_dsp(x, y, packed, stack_bias(layer->bias, g->out_c), scratch, g, &layer->r);
}

static void test_conv2d_stacked_dsp(void) {
    for (int32_t i = 0; i < 2 * CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 67 : 12), 1);
        if (i % 3 == 0) {
            g.in_c = qcc_round_up4(g.in_c);
        }
        layer_t layer = random_stackable(&g);
        run_conv2d_stacked_dsp(layer.x, layer.y, &layer, &g);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

typedef void run_t(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g);

/* Pointwise, of all small numbers of channels and pixels: no byte behind x is read, which sanitizers would see. */
static void test_pointwise_ends(run_t *run) {
    for (int32_t in_c = 1; in_c <= 9; in_c++) {
        for (int32_t pixels = 1; pixels <= 5; pixels++, next_case()) {
            qcc_conv2d_t g = {1, pixels, in_c, 1, pixels, 5, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0};
            layer_t layer = random_stackable(&g);
            int8_t *x = malloc((size_t)(pixels * in_c)); /* no room behind it, unlike other buffers here */
            qcc_copy(x, layer.x, pixels * in_c);
            run(x, layer.y, &layer, &g);
            free(x);
            check_equal(layer.y, layer.expected, layer.n);
        }
    }
}

static void run_rows_dsp(const int8_t *x, int8_t *y, const layer_t *layer, const qcc_conv2d_t *g) {
    int32_t run = (g->kernel_w * g->in_c + 1) / 2 * 2;
    int8_t *packed = stack(pack_runs(layer->weights, g->out_c, g->kernel_h, g->kernel_w * g->in_c),
                           qcc_round_up4(g->out_c) * g->kernel_h * run);
    int8_t *scratch = bytes(QCC_CONV2D_ROWS_DSP_SCRATCH(g->in_c, g->out_w, g->kernel_h, g->kernel_w, g->stride_w));
    qcc_conv2d_stacked_rows_dsp(x, y, packed, stack_bias(layer->bias, g->out_c), scratch, g, &layer->r);
}

static qcc_conv2d_t random_undilated(int32_t most_channels) {
    qcc_conv2d_t g = random_conv2d(9, most_channels, 1);
    g.pad_top %= g.kernel_h, g.pad_left %= g.kernel_w;
    g.dilation_h = 1, g.dilation_w = 1;
    g.out_h = output_size(g.in_h, g.pad_top, random_in(0, 4) + qcc_max(0, g.kernel_h - g.in_h), g.kernel_h, g.stride_h);
    g.out_w = output_size(g.in_w, g.pad_left, random_in(0, 4) + qcc_max(0, g.kernel_w - g.in_w), g.kernel_w, g.stride_w);
    return g;
}

/* Beside the image and, as long as no row of y reaches rows of x that are still to be read, over it. */
static void test_conv2d_rows_dsp(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_undilated(random_in(1, i % 8 == 0 ? 67 : 5));
        layer_t layer = random_stackable(&g);
        run_rows_dsp(layer.x, layer.y, &layer, &g);
        check_equal(layer.y, layer.expected, layer.n);

        int32_t in_row = g.in_w * g.in_c, gap = 0; /* y starts this many bytes before x */
        for (int32_t oy = 0; oy < g.out_h; oy++) {
            int32_t read = qcc_clamp(oy * g.stride_h - g.pad_top + g.kernel_h, 0, g.in_h) * in_row;
            gap = qcc_max(gap, read == g.in_h * in_row ? 0 : (oy + 1) * g.out_w * g.out_c - read);
        }
        gap = qcc_round_up4(gap);
        int8_t *arena = bytes(qcc_max(gap + g.in_h * in_row, layer.n));
        for (int32_t j = 0; j < g.in_h * in_row; j++) {
            arena[gap + j] = layer.x[j];
        }
        run_rows_dsp(arena + gap, arena, &layer, &g);
        check_equal(arena, layer.expected, layer.n);
    }
}

static void test_conv2d_unstacked_rows_dsp(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_undilated(random_in(1, i % 8 == 0 ? 67 : 5));
        layer_t layer = random_layer(&g);
        int8_t *scratch = bytes(QCC_CONV2D_ROWS_DSP_SCRATCH(g.in_c, g.out_w, g.kernel_h, g.kernel_w, g.stride_w));
        qcc_conv2d_rows_dsp(layer.x, layer.y, pack_runs(layer.weights, g.out_c, g.kernel_h, g.kernel_w * g.in_c),
                            pad_bias(layer.bias, g.out_c, 4), scratch, &g, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

/* y over the rows of x that are no longer read, as the header's contract allows. */
static void test_conv2d_overlap(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, 12), 1);
        layer_t layer = random_layer(&g);
        int32_t in = g.in_h * g.in_w * g.in_c, gap = gap_before(&g);
        int8_t *arena = bytes(qcc_max(gap + in, layer.n));
        for (int32_t dsp = 0; dsp < 2; dsp++) {
            int8_t *x = arena + gap;
            for (int32_t j = 0; j < in; j++) {
                x[j] = layer.x[j];
            }
            if (dsp) {
                run_conv2d_dsp(x, arena, &layer, &g);
            } else {
                qcc_conv2d(x, arena, layer.weights, layer.bias, &g, &layer.r);
            }
            check_equal(arena, layer.expected, layer.n);
        }
    }
}

/* Beside the image and over the rows of it that have been read: y starts `gap` bytes before x. */
static void test_winograd(int32_t m) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = {.in_h = random_in(1, 19), .in_w = random_in(1, 19), .in_c = 4 * random_in(1, i % 8 ? 3 : 17),
                          .out_c = 4 * random_in(1, 4), .kernel_h = 3, .kernel_w = 3, .stride_h = 1, .stride_w = 1,
                          .pad_top = random_in(0, 2), .pad_left = random_in(0, 2), .dilation_h = 1, .dilation_w = 1,
                          .groups = 1, .in_zero = random_in(-128, 127)};
        g.out_h = output_size(g.in_h, g.pad_top, random_in(0, 2) + qcc_max(0, 3 - g.in_h), 3, 1);
        g.out_w = output_size(g.in_w, g.pad_left, random_in(0, 2) + qcc_max(0, 3 - g.in_w), 3, 1);
        layer_t layer = random_layer(&g);
        int8_t *u = pack_winograd(layer.weights, g.out_c, g.in_c, m);
        int32_t in_row = g.in_w * g.in_c, gap = 0;
        for (int32_t oy = 0; oy < g.out_h; oy += m) {
            int32_t read = qcc_clamp(oy - g.pad_top + m + 2, 0, g.in_h) * in_row;
            int32_t written = qcc_min(oy + m, g.out_h) * g.out_w * g.out_c;
            gap = qcc_max(gap, read == g.in_h * in_row ? 0 : written - read);
        }
        gap = qcc_round_up4(gap);
        int8_t *arena = bytes(qcc_max(gap + g.in_h * in_row, layer.n));
        for (int32_t j = 0; j < g.in_h * in_row; j++) {
            arena[gap + j] = layer.x[j];
        }
        if (m == 2) {
            qcc_conv2d_f2x2_dsp(layer.x, layer.y, u, layer.bias, bytes(QCC_WINOGRAD_SCRATCH(g.in_c, g.out_w, 2)), &g,
                                &layer.r);
            qcc_conv2d_f2x2_dsp(arena + gap, arena, u, layer.bias, bytes(QCC_WINOGRAD_SCRATCH(g.in_c, g.out_w, 2)),
                                &g, &layer.r);
        } else {
            qcc_conv2d_f4x4_dsp(layer.x, layer.y, u, layer.bias, bytes(QCC_WINOGRAD_SCRATCH(g.in_c, g.out_w, 4)), &g,
                                &layer.r);
            qcc_conv2d_f4x4_dsp(arena + gap, arena, u, layer.bias, bytes(QCC_WINOGRAD_SCRATCH(g.in_c, g.out_w, 4)),
                                &g, &layer.r);
        }
        check_equal(layer.y, layer.expected, layer.n);
        check_equal(arena, layer.expected, layer.n);
    }
}

static void test_dense(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_dense_t g = {.in = random_in(1, i % 2 == 0 ? 130 : 9), .out = random_in(1, 33)};
        qcc_conv2d_t as_conv = {g.in > 0, 1, g.in, 1, 1, g.out, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0};
        layer_t layer = random_layer(&as_conv);
        qcc_dense(layer.x, layer.y, layer.weights, layer.bias, &g, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);

        int8_t *y = bytes(g.out);
        int8_t *packed = pack_rows(layer.weights, g.out, g.in);
        int32_t *bias = pad_bias(layer.bias, g.out, 4);
        qcc_dense_dsp(layer.x, y, packed, bias, bytes(QCC_DENSE_DSP_SCRATCH(g.in)), &g, &layer.r);
        check_equal(y, layer.expected, layer.n);
    }
}

static void test_dense_stacked(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_dense_t g = {.in = random_in(1, i % 2 == 0 ? 130 : 9), .out = random_in(1, 33)};
        qcc_conv2d_t as_conv = {1, 1, g.in, 1, 1, g.out, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0};
        layer_t layer = random_stackable(&as_conv);
        int8_t *packed = stack(pack_eights(layer.weights, g.out, g.in), qcc_round_up4(g.out) * qcc_round_up4(g.in));
        int8_t *x = random_bytes(qcc_round_up4(g.in), -128, 127);
        qcc_copy(x, layer.x, g.in);
        qcc_dense_stacked_dsp(x, layer.y, packed, stack_bias(layer.bias, g.out), &g, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

void test_convolution(void) {
    suite("conv2d");
    test_conv2d(1);
    suite("conv2d with groups");
    test_conv2d(4);
    suite("conv2d_dsp");
    test_conv2d_dsp();
    suite("pointwise convolutions");
    test_pointwise_ends(run_conv2d_dsp);
    test_pointwise_ends(run_conv2d_stacked_dsp);
    suite("conv2d_stacked_dsp");
    test_conv2d_stacked_dsp();
    suite("conv2d_f2x2_dsp");
    test_winograd(2);
    suite("conv2d_f4x4_dsp");
    test_winograd(4);
    suite("conv2d_rows_dsp");
    test_conv2d_unstacked_rows_dsp();
    suite("conv2d_stacked_rows_dsp");
    test_conv2d_rows_dsp();
    suite("conv2d, output over input");
    test_conv2d_overlap();
    suite("dense");
    test_dense();
    suite("dense_stacked_dsp");
    test_dense_stacked();
}
