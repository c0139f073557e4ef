/* The layers with literal parameters, as generated code calls them, against the reference. */
#include "check.h"
#include "layers.h"
#include "reference.h"
#include "suites.h"

enum { SCRATCH = 8192, BIAS = 1 << 14 };

typedef enum { PLAIN, PACKED, STACKED, STACKED_RUNS, STACKED_EIGHTS } packing_t;

static const qcc_requantize_t by_shift = BY_SHIFT(11);
static const qcc_requantize_t by_multiply = BY_MULTIPLY(123456);
static const qcc_requantize_t by_tflite = BY_TFLITE(1234567890, 10);

static void check_layer(convolution_t *layer, packing_t packing, qcc_conv2d_t g, const qcc_requantize_t *r) {
    int32_t k = g.kernel_h * g.kernel_w * g.in_c / g.groups, n = g.out_h * g.out_w * g.out_c;
    int8_t *x = random_bytes(g.in_h * g.in_w * g.in_c, -128, 127), *weights = random_bytes(g.out_c * k, -80, 80);
    int32_t *bias = random_words(g.out_c, -BIAS, BIAS);
    int8_t *y = bytes(n), *expected = bytes(n);
    reference_conv2d(x, expected, weights, bias, &g, r);
    if (packing == PACKED) {
        layer(x, y, pack_rows(weights, g.out_c, k), pad_bias(bias, g.out_c, 4), bytes(SCRATCH));
    } else if (packing == STACKED) {
        int8_t *packed = stack(pack_rows(weights, g.out_c, k), qcc_round_up4(g.out_c) * qcc_round_up4(k));
        layer(x, y, packed, stack_bias(bias, g.out_c), bytes(SCRATCH));
    } else if (packing == STACKED_EIGHTS) {
        int8_t *packed = stack(pack_eights(weights, g.out_c, k), qcc_round_up4(g.out_c) * qcc_round_up4(k));
        layer(x, y, packed, stack_bias(bias, g.out_c), bytes(SCRATCH));
    } else if (packing == STACKED_RUNS) {
        int32_t run = g.kernel_w * g.in_c, n_packed = qcc_round_up4(g.out_c) * g.kernel_h * ((run + 1) / 2 * 2);
        int8_t *packed = stack(pack_runs(weights, g.out_c, g.kernel_h, run), n_packed);
        layer(x, y, packed, stack_bias(bias, g.out_c), bytes(SCRATCH));
    } else {
        layer(x, y, weights, bias, bytes(SCRATCH));
    }
    check_equal(y, expected, n);
    next_case();
}

/* The layer with weights of 4 or 2 bits, in the order of the DSP kernels or of the portable one. */
static void check_packed(convolution_t *layer, int dsp, qcc_conv2d_t g, int32_t bits) {
    const qcc_requantize_t r = BY_SHIFT(8);
    int32_t k = g.kernel_h * g.kernel_w * g.in_c, n = g.out_h * g.out_w * g.out_c, most = bits == 4 ? 7 : 1;
    int8_t *x = random_bytes(g.in_h * g.in_w * g.in_c, -128, 127);
    int8_t *weights = random_bytes(g.out_c * k, -most - 1, most);
    int32_t *bias = random_words(g.out_c, -BIAS, BIAS);
    int8_t *y = bytes(n), *expected = bytes(n);
    reference_conv2d(x, expected, weights, bias, &g, &r);
    layer(x, y, dsp ? pack_lanes(weights, g.out_c, k, bits) : pack_bits(weights, g.out_c * k, bits),
          pad_bias(bias, g.out_c, 4), bytes(SCRATCH));
    check_equal(y, expected, n);
    next_case();
}

static void check_depthwise(convolution_t *layer, packing_t packing, qcc_depthwise_conv2d_t d,
                            const qcc_requantize_t *r) {
    qcc_conv2d_t g = depthwise_as_conv2d(&d);
    int32_t taps = d.kernel_h * d.kernel_w, n = g.out_h * g.out_w * g.out_c;
    int8_t *x = random_bytes(g.in_h * g.in_w * g.in_c, -128, 127), *weights = random_bytes(g.out_c * taps, -128, 127);
    int32_t *bias = random_words(g.out_c, -BIAS, BIAS);
    int8_t *y = bytes(n), *expected = bytes(n);
    reference_conv2d(x, expected, channels_first(weights, taps, g.out_c), bias, &g, r);
    layer(x, y, packing == PACKED ? pack_taps(weights, g.out_c) : weights, bias, bytes(SCRATCH));
    check_equal(y, expected, n);
    next_case();
}

void test_literal(void) {
    suite("literal layers");
    check_layer(conv_16_16, PLAIN, (qcc_conv2d_t)CONV_16_16, &by_shift);
    check_layer(conv_16_16_dsp, PACKED, (qcc_conv2d_t)CONV_16_16, &by_shift);
    check_layer(conv_16_16_multiply_dsp, PACKED, (qcc_conv2d_t)CONV_16_16, &by_multiply);
    check_layer(conv_16_16_tflite_dsp, PACKED, (qcc_conv2d_t)CONV_16_16, &by_tflite);
    check_layer(conv_16_16_stacked_dsp, STACKED, (qcc_conv2d_t)CONV_16_16, &by_shift);
    check_layer(conv_16_16_tflite_stacked_dsp, STACKED, (qcc_conv2d_t)CONV_16_16, &by_tflite);
    check_layer(pointwise_64_64_stacked_dsp, STACKED, (qcc_conv2d_t)POINTWISE_64_64, &by_shift);
    check_layer(pointwise_8_16_stacked_dsp, STACKED, (qcc_conv2d_t)POINTWISE_8_16, &by_tflite);
    check_layer(dense_640_128_stacked_dsp, STACKED_EIGHTS, (qcc_conv2d_t)POINTWISE(1, 1, 640, 128), &by_shift);
    check_layer(conv_16_32_dsp, PACKED, (qcc_conv2d_t)CONV_16_32, &by_shift);
    check_layer(conv_3_8, PLAIN, (qcc_conv2d_t)CONV_3_8, &by_shift);
    check_layer(conv_3_8_dsp, PACKED, (qcc_conv2d_t)CONV_3_8, &by_shift);
    check_layer(conv_3_8_rows_dsp, STACKED_RUNS, (qcc_conv2d_t)CONV_3_8, &by_shift);
    check_layer(conv_1_16_rows_dsp, STACKED_RUNS, (qcc_conv2d_t)CONV_1_16, &by_shift);
    check_layer(conv_3_8_half_rows_dsp, STACKED_RUNS, (qcc_conv2d_t)CONV_3_8_HALF, &by_shift);
    check_layer(conv_keywords_dsp, PACKED, (qcc_conv2d_t)CONV_KEYWORDS, &by_shift);
    check_layer(pointwise_64_64, PLAIN, (qcc_conv2d_t)POINTWISE_64_64, &by_shift);
    check_layer(pointwise_64_64_dsp, PACKED, (qcc_conv2d_t)POINTWISE_64_64, &by_shift);
    check_layer(pointwise_8_16_dsp, PACKED, (qcc_conv2d_t)POINTWISE_8_16, &by_shift);
    check_layer(dense_640_128, PLAIN, (qcc_conv2d_t)POINTWISE(1, 1, 640, 128), &by_shift);
    check_layer(dense_640_128_dsp, PACKED, (qcc_conv2d_t)POINTWISE(1, 1, 640, 128), &by_shift);
    check_packed(conv_16_16_halves_dsp, 1, (qcc_conv2d_t)CONV_16_16, 4);
    check_packed(pointwise_64_64_halves_dsp, 1, (qcc_conv2d_t)POINTWISE_64_64, 4);
    check_packed(pointwise_64_64_quarters_dsp, 1, (qcc_conv2d_t)POINTWISE_64_64, 2);
    check_packed(pointwise_64_64_halves, 0, (qcc_conv2d_t)POINTWISE_64_64, 4);
    check_packed(dense_640_128_halves_dsp, 1, (qcc_conv2d_t)POINTWISE(1, 1, 640, 128), 4);
    check_packed(dense_640_128_quarters_dsp, 1, (qcc_conv2d_t)POINTWISE(1, 1, 640, 128), 2);
    check_packed(dense_640_128_halves, 0, (qcc_conv2d_t)POINTWISE(1, 1, 640, 128), 4);
    check_depthwise(depthwise_64, PLAIN, (qcc_depthwise_conv2d_t)DEPTHWISE_64, &by_shift);
    check_depthwise(depthwise_64_dsp, PLAIN, (qcc_depthwise_conv2d_t)DEPTHWISE_64, &by_shift);
    check_depthwise(depthwise_64_3x3_dsp, PACKED, (qcc_depthwise_conv2d_t)DEPTHWISE_64, &by_shift);
    check_depthwise(depthwise_8, PLAIN, (qcc_depthwise_conv2d_t)DEPTHWISE_8, &by_shift);
    check_depthwise(depthwise_8_dsp, PLAIN, (qcc_depthwise_conv2d_t)DEPTHWISE_8, &by_shift);
    check_depthwise(depthwise_8_3x3_dsp, PACKED, (qcc_depthwise_conv2d_t)DEPTHWISE_8, &by_shift);
    check_depthwise(depthwise_64_3x3_tflite_dsp, PACKED, (qcc_depthwise_conv2d_t)DEPTHWISE_64, &by_tflite);
    check_depthwise(depthwise_half_16_3x3_tflite_dsp, PACKED, (qcc_depthwise_conv2d_t)DEPTHWISE_HALF_16, &by_tflite);
    check_depthwise(depthwise_half_16_3x3_dsp, PACKED, (qcc_depthwise_conv2d_t)DEPTHWISE_HALF_16, &by_multiply);
}
