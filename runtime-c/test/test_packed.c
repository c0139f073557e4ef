/* Layers with weights of 4 and 2 bits, over random geometries. */
#include "check.h"
#include "reference.h"
#include "suites.h"

#include "../qcc_conv2d_dsp.h"
#include "../qcc_dense_dsp.h"
#include "../qcc_packed.h"

enum { CASES = 200 * CASE_FACTOR, BIAS = 1 << 20, MAGNITUDE = 23 /* 5 * 5 * 65 * 128 * 8 + BIAS < 2^23 */ };

/* One random layer, and what it must compute. */
typedef struct {
    int8_t *x, *weights, *y, *expected;
    int32_t *bias;
    int32_t k, n;
    qcc_requantize_t r;
} layer_t;

/* extreme: all weights and activations are at the ends of their ranges. */
static layer_t random_layer(const qcc_conv2d_t *g, int extreme) {
    int32_t k = g->kernel_h * g->kernel_w * g->in_c / g->groups;
    int32_t n = g->out_h * g->out_w * g->out_c, inputs = g->in_h * g->in_w * g->in_c;
    int32_t lo = g->packed_bits == 4 ? -8 : -2;
    layer_t layer = {
        .x = extreme ? random_bytes(inputs, -128, -128) : random_bytes(inputs, -128, 127),
        .weights = extreme ? random_bytes(g->out_c * k, lo, lo) : random_bytes(g->out_c * k, lo, -lo - 1),
        .y = bytes(n),
        .expected = bytes(n),
        .bias = random_words(g->out_c, -BIAS, BIAS),
        .k = k,
        .n = n,
        .r = random_requantize(g->out_c, MAGNITUDE - random_in(0, 10)),
    };
    if (layer.r.rule == QCC_MULTIPLY) {
        layer.r.left = random_in(0, 31 - MAGNITUDE);
    }
    reference_conv2d(layer.x, layer.expected, layer.weights, layer.bias, g, &layer.r);
    return layer;
}

static int32_t random_bits(void) {
    return random_in(0, 1) == 0 ? 4 : 2;
}

static void test_conv2d(int32_t most_groups) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 65 : 12) + most_groups, most_groups);
        g.packed_bits = random_bits();
        layer_t layer = random_layer(&g, 0);
        qcc_conv2d(layer.x, layer.y, pack_bits(layer.weights, g.out_c * layer.k, g.packed_bits), layer.bias, &g,
                   &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

static void test_conv2d_dsp(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_conv2d_t g = random_conv2d(9, random_in(1, i % 8 == 0 ? 65 : 12), 1);
        g.packed_bits = random_bits();
        layer_t layer = random_layer(&g, i % 16 == 0);
        qcc_conv2d_dsp(layer.x, layer.y, pack_lanes(layer.weights, g.out_c, layer.k, g.packed_bits),
                       pad_bias(layer.bias, g.out_c, 4), bytes(QCC_GATHER_SCRATCH(g.kernel_h, g.kernel_w, g.in_c)), &g,
                       &layer.r);
        check_equal(layer.y, layer.expected, layer.n);
    }
}

/* Also rows that are longer than the sums of the DSP kernels reach at once. */
static void test_dense(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        qcc_dense_t g = {.in = random_in(1, i % 4 == 0 ? 1500 : 40), .out = random_in(1, 33),
                         .packed_bits = random_bits()};
        qcc_conv2d_t as_conv = {g.in > 0, 1, g.in, 1, 1, g.out, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, g.packed_bits};
        layer_t layer = random_layer(&as_conv, i % 16 == 0);
        qcc_dense(layer.x, layer.y, pack_bits(layer.weights, g.out * g.in, g.packed_bits), layer.bias, &g, &layer.r);
        check_equal(layer.y, layer.expected, layer.n);

        int8_t *y = bytes(g.out);
        qcc_dense_dsp(layer.x, y, pack_lanes(layer.weights, g.out, g.in, g.packed_bits), pad_bias(layer.bias, g.out, 4),
                      bytes(QCC_DENSE_DSP_SCRATCH(g.in)), &g, &layer.r);
        check_equal(y, layer.expected, layer.n);
    }
}

static void test_unpack(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t n = random_in(1, 40), bits = random_in(2, 7), lo = -(1 << (bits - 1));
        int8_t *weights = random_bytes(n, lo, -lo - 1);
        check_equal(qcc_unpack(bytes(n), pack_bits(weights, n, bits), n, bits), weights, n);
    }
}

/* Weights of 2 and 3 bits become what those that were packed with 4 are. */
static void test_widen(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t rows = random_in(1, 9), k = random_in(1, 9), bits = random_in(2, 3), lo = -(1 << (bits - 1));
        int32_t n = (rows * k + 7) / 8 * 8, lanes = (rows + 3) / 4 * 4 * ((k + 3) / 4 * 4);
        int8_t *weights = random_bytes(n, lo, -lo - 1);
        check_equal(qcc_widen(bytes(n / 2), pack_bits(weights, n, bits), n, bits, QCC_FLIP_NONE),
                    pack_bits(weights, n, 4), n / 2);
        check_equal(qcc_widen(bytes(lanes / 2), pack_narrow_lanes(weights, rows, k, bits), lanes, bits, QCC_FLIP_LANES),
                    pack_lanes(weights, rows, k, 4), lanes / 2);
    }
}

void test_packed(void) {
    suite("packed conv2d");
    test_conv2d(1);
    suite("packed conv2d with groups");
    test_conv2d(4);
    suite("packed conv2d_dsp");
    test_conv2d_dsp();
    suite("packed dense");
    test_dense();
    suite("unpack");
    test_unpack();
    suite("widen");
    test_widen();
}
