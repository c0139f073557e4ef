/*
 * What the kernels must compute, written to be obviously right: 64-bit arithmetic, one output value at a time,
 * divisions instead of shifts, coordinates instead of pointers. Shares no code with the kernels but their structs.
 */
#ifndef QCC_TEST_REFERENCE_H
#define QCC_TEST_REFERENCE_H

#include "../qcc_conv2d.h"
#include "../qcc_depthwise_conv2d.h"

/* The largest integer not above a / b, for b > 0. */
int64_t floor_division(int64_t a, int64_t b);

int64_t power_of_two(int32_t n);

/* a / b to nearest, halves away from zero, for b > 0. */
int64_t nearest_division(int64_t a, int64_t b);

int8_t clamped(int64_t v, int32_t lo, int32_t hi);

/* Fails unless v is an int32. */
int64_t in_int32(int64_t v);

/* acc * m / 2^31 / 2^n with the roundings of a TFLITE rule, for any m. */
int64_t reference_tflite(int64_t acc, int64_t m, int32_t n, qcc_rule rule);

int8_t reference_requantize(int64_t acc, int32_t channel, const qcc_requantize_t *r);

/* A random rule, per channel or uniform, that suits accumulators of up to 2^magnitude; `channels` parameters. */
qcc_requantize_t random_requantize(int32_t channels, int32_t magnitude);

/* The same by the rule AFFINE, for accumulators below 2^magnitude, which is at most 23. */
qcc_requantize_t random_affine(int32_t channels, int32_t magnitude);

/* What the rule's `parts` may say for accumulators below 2^magnitude. */
qcc_parts parts_of(const qcc_requantize_t *r, int32_t channels, int32_t magnitude);

/* x(h, w, c), or `outside` where (h, w) is not in the image. */
int32_t at(const int8_t *x, int32_t height, int32_t width, int32_t channels, int32_t h, int32_t w, int32_t c,
           int32_t outside);

/* How many output positions a window of the given extent makes. */
int32_t output_size(int32_t in, int32_t pad_before, int32_t pad_after, int32_t extent, int32_t stride);

/* Random geometries whose windows fit; sizes up to `most_size`, channels up to `most_channels`. */
qcc_conv2d_t random_conv2d(int32_t most_size, int32_t most_channels, int32_t most_groups);
qcc_depthwise_conv2d_t random_depthwise(int32_t most_size, int32_t most_channels, int32_t most_multiplier);

void reference_conv2d(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, const qcc_conv2d_t *g,
                      const qcc_requantize_t *r);

/* A depthwise convolution as one with a group per channel; its weights want the order [channels][taps]. */
qcc_conv2d_t depthwise_as_conv2d(const qcc_depthwise_conv2d_t *g);
int8_t *channels_first(const int8_t *weights, int32_t taps, int32_t channels);

/* Packs [rows][k] weights as qcc_dsp_block.h says; the buffer is the case's. */
int8_t *pack_rows(const int8_t *weights, int32_t rows, int32_t k);

/* Packs n weights in their order as qcc_packed.h says, and [rows][k] weights as qcc_dsp_packed.h says. */
int8_t *pack_bits(const int8_t *weights, int32_t n, int32_t bits);
int8_t *pack_lanes(const int8_t *weights, int32_t rows, int32_t k, int32_t bits);
/* In the order of 4-bit lanes, of 2 or 3 bits in two's complement, as qcc_widen expects them. */
int8_t *pack_narrow_lanes(const int8_t *weights, int32_t rows, int32_t k, int32_t bits);

/* Packs [rows][kernel_h][run] weights as qcc_conv2d_rows_dsp.h says; the buffer is the case's. */
int8_t *pack_runs(const int8_t *weights, int32_t rows, int32_t kernel_h, int32_t run);

/* Packs [rows][k] weights as qcc_dense_stacked_dsp.h says, but does not stack them; the buffer is the case's. */
int8_t *pack_eights(const int8_t *weights, int32_t rows, int32_t k);

/* Packs [9][channels] weights as qcc_depthwise_conv2d_3x3_dsp.h says; the buffer is the case's. */
int8_t *pack_taps(const int8_t *weights, int32_t channels);

/* Packs [rows][k] weights in tiles of `height` rows and `width` products; the buffer is the case's. */
int8_t *pack_tiles(const int8_t *weights, int32_t rows, int32_t k, int32_t height, int32_t width);

/* Packs [rows][k] weights for two rows as qcc_swar.h, for eight as qcc_dense_unsigned.h says; the case's. */
int8_t *pack_unsigned(const int8_t *weights, int32_t rows, int32_t k, int32_t height);

/* U of [rows][3][3][in_c] weights for outputs of m x m, 2 or 4, as qcc_dsp_winograd.h says; the case's. */
int8_t *pack_winograd(const int8_t *weights, int32_t rows, int32_t in_c, int32_t m);

/* Stacks `n` packed weights as qcc_dsp_stacked.h says, in place; and the bias, into a buffer of the case's. */
int8_t *stack(int8_t *packed, int32_t n);
int32_t *stack_bias(const int32_t *bias, int32_t rows);

/* The bias with zeros up to a multiple of four rows. */
int32_t *pad_bias(const int32_t *bias, int32_t rows, int32_t multiple);

#endif
