#include "layers.h"

#include "../qcc_add.h"
#include "../qcc_add_dsp.h"
#include "../qcc_avg_pool_dsp.h"
#include "../qcc_concat.h"
#include "../qcc_conv2d_dsp.h"
#include "../qcc_conv2d_f2x2_dsp.h"
#include "../qcc_conv2d_f4x4_dsp.h"
#include "../qcc_conv2d_stacked_rows_dsp.h"
#include "../qcc_conv2d_stacked_dsp.h"
#include "../qcc_dense_dsp.h"
#include "../qcc_dense_stacked_dsp.h"
#include "../qcc_depthwise_conv2d_3x3_dsp.h"
#include "../qcc_depthwise_conv2d_dsp.h"
#include "../qcc_lookup.h"
#include "../qcc_max_pool.h"
#include "../qcc_max_pool_dsp.h"
#include "../qcc_mul.h"
#include "../qcc_pad.h"
#include "../qcc_rescale.h"
#include "../qcc_softmax.h"
#include "../qcc_tflite_add.h"
#include "../qcc_tflite_avg_pool.h"
#include "../qcc_tflite_mean.h"
#include "../qcc_tflite_softmax.h"
#include "../qcc_transpose.h"
#include "../qcc_upsample.h"
#include "../qcc_wide_add.h"
#include "../qcc_wide_avg_pool.h"
#include "../qcc_wide_conv2d.h"
#include "../qcc_wide_max_pool.h"
#include "../qcc_wide_mul.h"

enum { ELEMENTS = 32 * 32 * 16 };

#define CONVOLUTION(name) \
    void name(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, void *scratch)

CONVOLUTION(conv_16_16_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16, &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_16_16_multiply_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16,
                   &(const qcc_requantize_t)BY_MULTIPLY(123456));
}

CONVOLUTION(conv_16_16_tflite_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16,
                   &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(conv_16_16_stacked_dsp) {
    qcc_conv2d_stacked_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16,
                           &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_16_16_tflite_stacked_dsp) {
    qcc_conv2d_stacked_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16,
                           &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(pointwise_64_64_stacked_dsp) {
    qcc_conv2d_stacked_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)POINTWISE_64_64,
                           &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(pointwise_8_16_stacked_dsp) {
    qcc_conv2d_stacked_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)POINTWISE_8_16,
                           &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(conv_16_16_f4x4_dsp) {
    qcc_conv2d_f4x4_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16,
                        &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(conv_16_16_f2x2_dsp) {
    qcc_conv2d_f2x2_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_16,
                        &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(conv_16_32_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_16_32, &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_3_8_rows_dsp) {
    qcc_conv2d_stacked_rows_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_3_8,
                        &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_3_8_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_3_8, &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_1_16_rows_dsp) {
    qcc_conv2d_stacked_rows_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_1_16,
                        &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_3_8_half_rows_dsp) {
    qcc_conv2d_stacked_rows_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_3_8_HALF,
                        &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_keywords_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)CONV_KEYWORDS,
                   &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(pointwise_64_64_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)POINTWISE_64_64,
                   &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(pointwise_8_16_dsp) {
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_conv2d_t)POINTWISE_8_16,
                   &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_64_dsp) {
    qcc_depthwise_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_64,
                             &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_8_dsp) {
    qcc_depthwise_conv2d_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_8,
                             &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_64_3x3_dsp) {
    qcc_depthwise_conv2d_3x3_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_64,
                                 &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_8_3x3_dsp) {
    qcc_depthwise_conv2d_3x3_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_8,
                                 &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_64_3x3_tflite_dsp) {
    qcc_depthwise_conv2d_3x3_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_64,
                                 &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(depthwise_half_16_3x3_tflite_dsp) {
    qcc_depthwise_conv2d_3x3_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_HALF_16,
                                 &(const qcc_requantize_t)BY_TFLITE(1234567890, 10));
}

CONVOLUTION(depthwise_half_16_3x3_dsp) {
    qcc_depthwise_conv2d_3x3_dsp(x, y, weights, bias, scratch, &(const qcc_depthwise_conv2d_t)DEPTHWISE_HALF_16,
                                 &(const qcc_requantize_t)BY_MULTIPLY(123456));
}

CONVOLUTION(dense_640_128_dsp) {
    qcc_dense_dsp(x, y, weights, bias, scratch, &(const qcc_dense_t)DENSE_640_128,
                  &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_16_16_halves_dsp) {
    qcc_conv2d_t g = CONV_16_16;
    g.packed_bits = 4;
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(pointwise_64_64_halves_dsp) {
    qcc_conv2d_t g = POINTWISE_64_64;
    g.packed_bits = 4;
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(pointwise_64_64_quarters_dsp) {
    qcc_conv2d_t g = POINTWISE_64_64;
    g.packed_bits = 2;
    qcc_conv2d_dsp(x, y, weights, bias, scratch, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(dense_640_128_halves_dsp) {
    qcc_dense_t g = DENSE_640_128;
    g.packed_bits = 4;
    qcc_dense_dsp(x, y, weights, bias, scratch, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(dense_640_128_quarters_dsp) {
    qcc_dense_t g = DENSE_640_128;
    g.packed_bits = 2;
    qcc_dense_dsp(x, y, weights, bias, scratch, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(pointwise_64_64_halves) {
    (void)scratch;
    qcc_conv2d_t g = POINTWISE_64_64;
    g.packed_bits = 4;
    qcc_conv2d(x, y, weights, bias, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(dense_640_128_halves) {
    (void)scratch;
    qcc_dense_t g = DENSE_640_128;
    g.packed_bits = 4;
    qcc_dense(x, y, weights, bias, &g, &(const qcc_requantize_t)BY_SHIFT(8));
}

CONVOLUTION(dense_640_128_stacked_dsp) {
    (void)scratch;
    qcc_dense_stacked_dsp(x, y, weights, bias, &(const qcc_dense_t)DENSE_640_128,
                          &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_16_16) {
    (void)scratch;
    qcc_conv2d(x, y, weights, bias, &(const qcc_conv2d_t)CONV_16_16, &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(conv_3_8) {
    (void)scratch;
    qcc_conv2d(x, y, weights, bias, &(const qcc_conv2d_t)CONV_3_8, &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(pointwise_64_64) {
    (void)scratch;
    qcc_conv2d(x, y, weights, bias, &(const qcc_conv2d_t)POINTWISE_64_64, &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_64) {
    (void)scratch;
    qcc_depthwise_conv2d(x, y, weights, bias, &(const qcc_depthwise_conv2d_t)DEPTHWISE_64,
                         &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(depthwise_8) {
    (void)scratch;
    qcc_depthwise_conv2d(x, y, weights, bias, &(const qcc_depthwise_conv2d_t)DEPTHWISE_8,
                         &(const qcc_requantize_t)BY_SHIFT(11));
}

CONVOLUTION(dense_640_128) {
    (void)scratch;
    qcc_dense(x, y, weights, bias, &(const qcc_dense_t)DENSE_640_128, &(const qcc_requantize_t)BY_SHIFT(11));
}

#define OPERATOR(name) void name(const int8_t *x, int8_t *y, const void *table)

OPERATOR(add_16) {
    qcc_add(x, table, y, &(const qcc_add_t){.n = ELEMENTS, .period = ELEMENTS, .m1 = 3, .m2 = -5, .bias = 4,
                                            .shift = 3, .lo = -128, .hi = 127});
}

OPERATOR(add_16_dsp) {
    qcc_add_dsp(x, table, y, &(const qcc_add_t){.n = ELEMENTS, .period = ELEMENTS, .m1 = 3, .m2 = -5, .bias = 4,
                                                .shift = 3, .lo = -128, .hi = 127});
}

OPERATOR(mul_16) {
    qcc_mul(x, table, y, &(const qcc_mul_t){.n = ELEMENTS, .period = 16, .z1 = 3, .z2 = -5, .bias = 64},
            &(const qcc_requantize_t)BY_SHIFT(7));
}

OPERATOR(lookup_16) {
    qcc_lookup(x, y, table, ELEMENTS);
}

#define POOL(size, step) \
    {.in_h = 32, .in_w = 32, .channels = 16, .out_h = 32 / (step), .out_w = 32 / (step), .kernel_h = size, \
     .kernel_w = size, .stride_h = step, .stride_w = step}

OPERATOR(max_pool_16) {
    (void)table;
    qcc_max_pool(x, y, -128, 127, &(const qcc_pool_t)POOL(2, 2));
}

OPERATOR(max_pool_16_dsp) {
    (void)table;
    qcc_max_pool_dsp(x, y, -128, 127, &(const qcc_pool_t)POOL(2, 2));
}

OPERATOR(avg_pool_16_dsp) {
    (void)table;
    qcc_avg_pool_dsp(x, y, &(const qcc_pool_t)POOL(2, 2),
                     &(const qcc_mean_t){.multiplier_all = 1 << 14, .left = 16, .z_in = 3, .z_out = -3, .lo = -128,
                                         .hi = 127});
}

OPERATOR(avg_pool_16) {
    (void)table;
    qcc_avg_pool(x, y, &(const qcc_pool_t)POOL(2, 2),
                 &(const qcc_mean_t){.multiplier_all = 1 << 14, .left = 16, .z_in = 3, .z_out = -3, .lo = -128, .hi = 127});
}

OPERATOR(global_pool_16) {
    (void)table;
    qcc_avg_pool(x, y, &(const qcc_pool_t)POOL(32, 32),
                 &(const qcc_mean_t){.multiplier_all = 1 << 15, .left = 7, .z_in = 3, .z_out = -3, .lo = -128, .hi = 127});
}

OPERATOR(softmax_16) {
    qcc_softmax(x, y, table,
                &(const qcc_softmax_t){.rows = 32 * 32, .n = 16, .steps = 200, .ratio = 1 << 30, .bits = 8, .zero = -128});
}

OPERATOR(concat_16) {
    (void)table;
    qcc_concat(x, y, 32 * 32, 16, 24);
}

OPERATOR(pad_16) {
    (void)table;
    qcc_pad(x, y, &(const qcc_pad_t){.in_h = 32, .in_w = 32, .channels = 16, .top = 1, .bottom = 1, .left = 1,
                                     .right = 1, .value = -7});
}

OPERATOR(upsample_16) {
    (void)table;
    qcc_upsample(x, y, &(const qcc_upsample_t){.in_h = 32, .in_w = 32, .channels = 16, .factor_h = 2, .factor_w = 2});
}

OPERATOR(transpose_16) {
    (void)table;
    qcc_transpose(x, y, &(const qcc_transpose_t){.n0 = 1, .n1 = 16, .n2 = 32, .n3 = 32, .step1 = 1, .step2 = 32 * 16,
                                                 .step3 = 16});
}

OPERATOR(tflite_add_16) {
    (void)table;
    qcc_tflite_add(x, x, y,
                   &(const qcc_tflite_add_t){.n = ELEMENTS, .period = ELEMENTS, .z1 = -128, .m1 = 1 << 30, .z2 = 4,
                                             .m2 = 1234567890, .right2 = 1, .sign = 1},
                   &(const qcc_requantize_t)BY_TFLITE(1122334455, 18));
}

OPERATOR(tflite_avg_pool_16) {
    (void)table;
    qcc_tflite_avg_pool(x, y, -128, 127,
                        &(const qcc_pool_t){.in_h = 32, .in_w = 32, .channels = 16, .out_h = 16, .out_w = 16,
                                            .kernel_h = 2, .kernel_w = 2, .stride_h = 2, .stride_w = 2});
}

OPERATOR(tflite_mean_16) {
    (void)table;
    qcc_tflite_mean(x, y, &(const qcc_tflite_mean_t){.outer = 1, .count = 1024, .inner = 16, .in_zero = -128,
                                                     .zero = -128, .m = 1122334455, .right = 9});
}

OPERATOR(tflite_softmax_16) {
    qcc_tflite_softmax(x, y, table, 1024, 16, 200);
}

#define WIDE(in, out, cut)                                                                                          \
    {.in_h = 32, .in_w = 32, .in_c = 16, .out_h = 32, .out_w = 32, .out_c = 16, .kernel_h = 3, .kernel_w = 3,        \
     .stride_h = 1, .stride_w = 1, .pad_top = 1, .pad_left = 1, .dilation_h = 1, .dilation_w = 1, .groups = 1,        \
     .in_bits = in, .out_bits = out, .drop = cut}

CONVOLUTION(wide_conv_16_16) {
    (void)scratch;
    qcc_wide_conv2d(x, y, weights, bias, &(const qcc_wide_conv2d_t)WIDE(16, 16, 0),
                    &(const qcc_requantize_t){.rule = QCC_SHIFT, .shift_all = 11, .lo = -32768, .hi = 32767});
}

CONVOLUTION(wide_conv_16_16_deep) {
    (void)scratch;
    qcc_wide_conv2d(x, y, weights, bias, &(const qcc_wide_conv2d_t)WIDE(16, 8, 3), &(const qcc_requantize_t)BY_MULTIPLY(9));
}

OPERATOR(wide_add_16) {
    (void)table;
    qcc_wide_add(x, x, y, &(const qcc_wide_add_t){.n = ELEMENTS, .period = ELEMENTS, .m1 = 1 << 20, .m2 = 777777,
                                                  .shift = 21, .lo = 0, .hi = 32767, .a_bits = 16, .b_bits = 16,
                                                  .out_bits = 16});
}

OPERATOR(wide_mul_16) {
    (void)table;
    qcc_wide_mul(x, x, y, &(const qcc_wide_mul_t){.n = ELEMENTS, .period = ELEMENTS, .bias = 1 << 14, .a_bits = 16,
                                                  .b_bits = 16, .out_bits = 16},
                 &(const qcc_requantize_t){.rule = QCC_SHIFT, .shift_all = 15, .lo = -32768, .hi = 32767});
}

OPERATOR(wide_max_pool_16) {
    (void)table;
    qcc_wide_max_pool(x, y, -32768, 32767, &(const qcc_pool_t)POOL(2, 2));
}

OPERATOR(wide_avg_pool_16) {
    (void)table;
    qcc_wide_avg_pool(x, y, &(const qcc_pool_t)POOL(2, 2),
                      &(const qcc_mean_t){.multiplier_all = 1 << 30, .lo = -32768, .hi = 32767}, 16, 16);
}

OPERATOR(rescale_16) {
    (void)table;
    qcc_rescale(x, y, &(const qcc_rescale_t){.n = ELEMENTS, .m = 12345, .bias = 1 << 20, .shift = 21, .lo = -128,
                                             .hi = 127, .in_bits = 16, .out_bits = 8});
}
