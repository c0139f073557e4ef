/*
 * Every kernel called the way generated code calls it, with literal parameters: for the tests of what the compiler
 * folds, for the check of undefined symbols, and for the benchmark. Include nothing of libc here.
 *
 * The geometries are macros so that the tests can hand the same numbers to a reference at run time.
 */
#ifndef QCC_TEST_LAYERS_H
#define QCC_TEST_LAYERS_H

#include "../qcc_conv2d.h"
#include "../qcc_depthwise_conv2d.h"

#define SAME_3X3(h, w, c, filters)                                                                            \
    {.in_h = h, .in_w = w, .in_c = c, .out_h = h, .out_w = w, .out_c = filters, .kernel_h = 3, .kernel_w = 3, \
     .stride_h = 1, .stride_w = 1, .pad_top = 1, .pad_left = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,  \
     .in_zero = -7}
#define POINTWISE(h, w, c, filters)                                                                           \
    {.in_h = h, .in_w = w, .in_c = c, .out_h = h, .out_w = w, .out_c = filters, .kernel_h = 1, .kernel_w = 1, \
     .stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1, .in_zero = -7}
#define HALF_3X3(h, w, c, filters)                                                                            \
    {.in_h = h, .in_w = w, .in_c = c, .out_h = h / 2, .out_w = w / 2, .out_c = filters, .kernel_h = 3,        \
     .kernel_w = 3, .stride_h = 2, .stride_w = 2, .dilation_h = 1, .dilation_w = 1, .groups = 1, .in_zero = -7}
#define DEPTHWISE_HALF(h, w, c)                                                                                \
    {.in_h = h, .in_w = w, .in_c = c, .out_h = h / 2, .out_w = w / 2, .kernel_h = 3, .kernel_w = 3, .stride_h = 2, \
     .stride_w = 2, .dilation_h = 1, .dilation_w = 1, .multiplier = 1, .in_zero = -7}
#define DEPTHWISE_3X3(h, w, c)                                                                                \
    {.in_h = h, .in_w = w, .in_c = c, .out_h = h, .out_w = w, .kernel_h = 3, .kernel_w = 3, .stride_h = 1,      \
     .stride_w = 1, .pad_top = 1, .pad_left = 1, .dilation_h = 1, .dilation_w = 1, .multiplier = 1, .in_zero = -7}

#define BY_SHIFT(n) {.rule = QCC_SHIFT, .shift_all = n, .lo = -128, .hi = 127}
#define BY_MULTIPLY(m) {.rule = QCC_MULTIPLY, .multiplier_all = m, .left = 4, .zero = 5, .lo = -128, .hi = 127}

#define BY_TFLITE(m, n) \
    {.rule = QCC_TFLITE_DOUBLE, .multiplier_all = m, .right_all = n, .zero = -128, .early_zero = 1, \
     .lo = -128, .hi = 127}

#define CONV_16_16 SAME_3X3(32, 32, 16, 16)
#define CONV_16_32 HALF_3X3(32, 32, 16, 32)
#define CONV_3_8 SAME_3X3(32, 32, 3, 8)
#define POINTWISE_64_64 POINTWISE(25, 5, 64, 64)
#define POINTWISE_8_16 POINTWISE(48, 48, 8, 16)
#define DEPTHWISE_64 DEPTHWISE_3X3(25, 5, 64)
#define DEPTHWISE_8 DEPTHWISE_3X3(48, 48, 8)
#define DEPTHWISE_HALF_16 DEPTHWISE_HALF(48, 48, 16)
#define CONV_1_16 SAME_3X3(8, 8, 1, 16)
#define CONV_3_8_HALF HALF_3X3(96, 96, 3, 8)
#define CONV_KEYWORDS                                                                                         \
    {.in_h = 49, .in_w = 10, .in_c = 1, .out_h = 25, .out_w = 5, .out_c = 64, .kernel_h = 10, .kernel_w = 4,    \
     .stride_h = 2, .stride_w = 2, .pad_top = 4, .pad_left = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,  \
     .in_zero = -7}
#define DENSE_640_128 {.in = 640, .out = 128}

typedef void convolution_t(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch);

convolution_t conv_16_16_dsp, conv_16_16_multiply_dsp, conv_16_16_tflite_dsp, conv_16_16_stacked_dsp,
    conv_16_16_tflite_stacked_dsp, conv_16_16_f2x2_dsp, conv_16_16_f4x4_dsp, pointwise_64_64_stacked_dsp, pointwise_8_16_stacked_dsp, conv_16_32_dsp, conv_3_8_dsp,
    conv_3_8_rows_dsp, conv_1_16_rows_dsp, conv_3_8_half_rows_dsp, conv_keywords_dsp, pointwise_64_64_dsp,
    pointwise_8_16_dsp, depthwise_64_dsp, depthwise_8_dsp, depthwise_64_3x3_dsp, depthwise_8_3x3_dsp,
    depthwise_half_16_3x3_dsp, depthwise_64_3x3_tflite_dsp, depthwise_half_16_3x3_tflite_dsp, dense_640_128_dsp, dense_640_128_stacked_dsp;
convolution_t conv_16_16_halves_dsp, pointwise_64_64_halves_dsp, pointwise_64_64_quarters_dsp,
    dense_640_128_halves_dsp, dense_640_128_quarters_dsp, pointwise_64_64_halves, dense_640_128_halves;
convolution_t conv_16_16, conv_3_8, pointwise_64_64, depthwise_64, depthwise_8, dense_640_128;

/* The elementwise, pooling and moving kernels over 32x32x16; each reads x and writes y. */
typedef void operator_t(const int8_t *x, int8_t *y, const void *table);

operator_t add_16, add_16_dsp, mul_16, lookup_16, max_pool_16, max_pool_16_dsp, avg_pool_16, avg_pool_16_dsp,
    global_pool_16, softmax_16, concat_16, pad_16, upsample_16, transpose_16, tflite_add_16, tflite_avg_pool_16,
    tflite_mean_16, tflite_softmax_16, wide_add_16, wide_mul_16, wide_max_pool_16, wide_avg_pool_16, rescale_16;

convolution_t wide_conv_16_16, wide_conv_16_16_deep;

#endif
