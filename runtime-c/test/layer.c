#include "layer.h"

#include "check.h"
#include "reference.h"

enum { BIAS = 1 << 20, MAGNITUDE = 26 /* 5 * 5 * 65 * 128 * 128 + BIAS < 2^26 */ };

/* n random values, or each one of the two extremes. */
static int8_t *values(int32_t n, int extreme) {
    int8_t *v = random_bytes(n, extreme ? 0 : -128, extreme ? 1 : 127);
    for (int32_t i = 0; extreme && i < n; i++) {
        v[i] = v[i] ? 127 : -128;
    }
    return v;
}

layer_t random_layer(const qcc_conv2d_t *g) {
    int32_t k = g->kernel_h * g->kernel_w * g->in_c / g->groups;
    int32_t n = g->out_h * g->out_w * g->out_c;
    int32_t most = random_in(0, 1) == 0 ? BIAS : BIAS >> 10, magnitude = 0;
    while ((k << 14) + most >= 1 << magnitude) {
        magnitude++;
    }
    layer_t layer = {
        .x = values(g->in_h * g->in_w * g->in_c, random_in(0, 5) == 0),
        .weights = values(g->out_c * k, random_in(0, 5) == 0),
        .y = bytes(n),
        .expected = bytes(n),
        .bias = random_words(g->out_c, -most, most),
        .n = n,
        .r = random_requantize(g->out_c, MAGNITUDE - random_in(0, 10)),
    };
    layer.r.left = qcc_min(layer.r.left, 31 - magnitude); /* what the sums have room for; TFLite's shift is -right */
    layer.r.right_all = qcc_max(layer.r.right_all, -layer.r.left);
    layer.r.parts = parts_of(&layer.r, g->out_c, magnitude);
    if (layer.r.rule == QCC_MULTIPLY) {
        layer.r.left = random_in(0, 31 - MAGNITUDE);
    }
    reference_conv2d(layer.x, layer.expected, layer.weights, layer.bias, g, &layer.r);
    return layer;
}

int32_t gap_before(const qcc_conv2d_t *g) {
    int32_t in_row = g->in_w * g->in_c, out_row = g->out_w * g->out_c, gap = 0;
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        int32_t oldest = qcc_clamp(oy * g->stride_h - g->pad_top, 0, g->in_h) * in_row;
        gap = qcc_max(gap, (oy + 1) * out_row - oldest);
    }
    return qcc_round_up4(gap);
}
