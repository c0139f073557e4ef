/* Depthwise convolutions over random geometries, against the reference convolution with one group per channel. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_depthwise_conv2d_dsp.h"

#include <stddef.h>

enum { CASES = 400, BIAS = 1 << 14, MAGNITUDE = 20 /* 5 * 5 * 128 * 128 + BIAS < 2^20 */ };

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

static qcc_conv2d_t as_conv2d(const qcc_depthwise_conv2d_t *g) {
    qcc_conv2d_t c = {
        .in_h = g->in_h, .in_w = g->in_w, .in_c = g->in_c,
        .out_h = g->out_h, .out_w = g->out_w, .out_c = g->in_c * g->multiplier,
        .kernel_h = g->kernel_h, .kernel_w = g->kernel_w, .stride_h = g->stride_h, .stride_w = g->stride_w,
        .pad_top = g->pad_top, .pad_left = g->pad_left, .dilation_h = g->dilation_h, .dilation_w = g->dilation_w,
        .groups = g->in_c, .in_zero = g->in_zero,
    };
    return c;
}

/* [taps][channels] to [channels][taps]. */
static int8_t *transposed(const int8_t *weights, int32_t taps, int32_t channels) {
    int8_t *result = bytes(taps * channels);
    for (int32_t tap = 0; tap < taps; tap++) {
        for (int32_t c = 0; c < channels; c++) {
            result[c * taps + tap] = weights[tap * channels + c];
        }
    }
    return result;
}

static void check_depthwise(depthwise_t *kernel, const qcc_depthwise_conv2d_t *g) {
    qcc_conv2d_t c = as_conv2d(g);
    int32_t taps = g->kernel_h * g->kernel_w, n = c.out_h * c.out_w * c.out_c;
    int8_t *x = random_bytes(g->in_h * g->in_w * g->in_c, -128, 127);
    int8_t *weights = random_bytes(taps * c.out_c, -128, 127);
    int32_t *bias = random_words(c.out_c, -BIAS, BIAS);
    qcc_requantize_t r = random_requantize(c.out_c, MAGNITUDE);
    int8_t *expected = bytes(n), *y = bytes(n);
    reference_conv2d(x, expected, transposed(weights, taps, c.out_c), bias, &c, &r);
    kernel(x, y, weights, bias, g, &r);
    check_equal(y, expected, n);
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
}
