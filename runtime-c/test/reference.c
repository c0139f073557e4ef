#include "reference.h"

#include "check.h"

#include <stddef.h>

int64_t floor_division(int64_t a, int64_t b) {
    int64_t quotient = a / b;
    return quotient * b > a ? quotient - 1 : quotient;
}

int64_t power_of_two(int32_t n) {
    int64_t power = 1;
    for (int32_t i = 0; i < n; i++) {
        power *= 2;
    }
    return power;
}

int8_t clamped(int64_t v, int32_t lo, int32_t hi) {
    return (int8_t)(v < lo ? lo : v > hi ? hi : v);
}

int64_t in_int32(int64_t v) {
    check(v >= INT32_MIN && v <= INT32_MAX, "the case keeps int32");
    return v;
}

int64_t nearest_division(int64_t a, int64_t b) {
    int64_t magnitude = ((a < 0 ? -a : a) + b / 2) / b;
    return a < 0 ? -magnitude : magnitude;
}

int64_t reference_tflite(int64_t acc, int64_t m, int32_t n, qcc_rule rule) {
    int64_t shifted = n < 0 ? in_int32(acc * power_of_two(-n)) : acc;
    n = n < 0 ? 0 : n;
    if (rule == QCC_TFLITE_SINGLE) {
        return floor_division(shifted * m + power_of_two(30 + n), power_of_two(31 + n));
    }
    return nearest_division(floor_division(shifted * m + power_of_two(30), power_of_two(31)), power_of_two(n));
}

int8_t reference_requantize(int64_t acc, int32_t channel, const qcc_requantize_t *r) {
    in_int32(acc);
    if (r->rule == QCC_SHIFT) {
        int32_t n = r->shift != NULL ? r->shift[channel] : r->shift_all;
        return clamped(floor_division(acc, power_of_two(n)), r->lo, r->hi);
    }
    int64_t m = r->multiplier != NULL ? r->multiplier[channel] : r->multiplier_all;
    if (r->rule == QCC_AFFINE) {
        int64_t wide = in_int32(acc * power_of_two(8)), addend = r->addend != NULL ? r->addend[channel] : r->addend_all;
        return clamped(floor_division(floor_division(wide * m, power_of_two(32)) + addend, power_of_two(12)), r->lo, r->hi);
    }
    if (r->rule != QCC_MULTIPLY) {
        int32_t n = r->right != NULL ? r->right[channel] : r->right_all;
        return clamped(r->zero + reference_tflite(acc, m, n, r->rule), r->lo, r->hi);
    }
    int64_t scaled = in_int32(acc * power_of_two(r->left));
    return clamped(r->zero + floor_division(scaled * m + power_of_two(31), power_of_two(32)), r->lo, r->hi);
}

/* Multipliers from far below one output step to beyond saturation, of both signs. */
static int32_t random_multiplier(int32_t magnitude) {
    int64_t largest = power_of_two(32 + 9 - magnitude);
    int32_t m = (int32_t)(largest > INT32_MAX ? INT32_MAX : largest);
    return random_in(0, 15) == 0 ? -m : random_in(m / 64, m);
}

/* TFLite's rules: shifts so that results are near the bounds; now and then one to the left. */
static void random_tflite(qcc_requantize_t *r, int32_t channels, int32_t magnitude) {
    static const qcc_rule rules[] = {QCC_TFLITE_DOUBLE, QCC_TFLITE_SINGLE};
    r->rule = rules[random_in(0, 1)];
    r->left = random_in(0, 7) == 0 ? random_in(0, 30 - magnitude) : 0;
    r->zero = random_in(0, 1) == 0 ? r->lo : random_in(-128, 127);
    int32_t most = magnitude < 28 ? magnitude : 28, least = most > 8 ? most - 8 : -r->left;
    if (magnitude <= 29 && random_in(0, 1) == 0) {
        r->rule = QCC_TFLITE_DOUBLE;
        r->left = 0;
        r->early_zero = 1;
        most = most < 22 ? most : 22;
        least = random_in(0, 3) == 0 ? 1 : qcc_max(1, most - 8);
    }
    r->right_all = random_in(r->early_zero ? least : -r->left, most);
    r->multiplier_all = random_in(1 << 30, INT32_MAX);
    if (random_in(0, 1) == 0) {
        r->multiplier = random_words(channels, 1 << 30, INT32_MAX);
        r->right = random_bytes(channels, least, most);
    }
}

qcc_parts parts_of(const qcc_requantize_t *r, int32_t channels, int32_t magnitude) {
    int saturates = 1;
    for (int32_t c = 0; c < (r->right != NULL ? channels : 1); c++) {
        int32_t n = r->right != NULL ? r->right[c] : r->right_all;
        if (r->rule != QCC_TFLITE_DOUBLE || n < 1 || n > 13) {
            return QCC_PARTS_NONE;
        }
        saturates &= reference_requantize(power_of_two(20) - 1, c, r) == r->hi;
        saturates &= reference_requantize(-power_of_two(20), c, r) == r->lo;
    }
    return magnitude < 20 ? QCC_PARTS_WHOLE : saturates ? QCC_PARTS_LIMITED : QCC_PARTS_NONE;
}

qcc_requantize_t random_affine(int32_t channels, int32_t magnitude) {
    int32_t n = qcc_round_up4(channels), *multipliers = random_words(n, 0, 0);
    int32_t most = (int32_t)power_of_two(qcc_min(45 - magnitude, 30)); /* beyond saturation */
    for (int32_t c = 0; c < n; c++) {
        multipliers[c] = random_in(0, 15) == 0 ? random_in(0, 1) * INT32_MAX : random_in(most / 64, most);
    }
    qcc_requantize_t r = {.rule = QCC_AFFINE, .multiplier = multipliers, .lo = -128, .hi = 127};
    r.addend = (const int16_t *)(const void *)random_words((n + 1) / 2, INT32_MIN, INT32_MAX);
    if (random_in(0, 7) == 0) {
        r.lo = random_in(-128, 0), r.hi = random_in(1, 127);
    }
    return r;
}

qcc_requantize_t random_requantize(int32_t channels, int32_t magnitude) {
    qcc_requantize_t r = {.lo = random_in(-128, 0), .hi = random_in(1, 127)};
    if (random_in(0, 1) == 0) {
        r.lo = -128;
        r.hi = 127;
    } else if (random_in(0, 1) == 0) {
        r.lo = 0;
        r.hi = 127;
    }
    if (random_in(0, 2) == 0) {
        random_tflite(&r, channels, magnitude);
        r.parts = parts_of(&r, channels, magnitude);
        return r;
    }
    int32_t least = magnitude > 8 ? magnitude - 8 : 0;
    if (random_in(0, 1) == 0) {
        r.rule = QCC_SHIFT;
        r.shift = random_in(0, 1) == 0 ? NULL : (const uint8_t *)random_bytes(channels, least, magnitude);
        r.shift_all = random_in(least, magnitude);
        return r;
    }
    r.rule = QCC_MULTIPLY;
    r.left = random_in(0, 31 - magnitude);
    r.zero = random_in(-128, 127);
    r.multiplier_all = random_multiplier(magnitude + r.left);
    if (random_in(0, 1) == 0) {
        int32_t *per_channel = random_words(channels, 0, 0);
        for (int32_t c = 0; c < channels; c++) {
            per_channel[c] = random_multiplier(magnitude + r.left);
        }
        r.multiplier = per_channel;
    }
    return r;
}

int32_t at(const int8_t *x, int32_t height, int32_t width, int32_t channels, int32_t h, int32_t w, int32_t c,
           int32_t outside) {
    int inside = h >= 0 && h < height && w >= 0 && w < width;
    return inside ? x[(h * width + w) * channels + c] : outside;
}

int32_t output_size(int32_t in, int32_t pad_before, int32_t pad_after, int32_t extent, int32_t stride) {
    return (in + pad_before + pad_after - extent) / stride + 1;
}

qcc_conv2d_t random_conv2d(int32_t most_size, int32_t most_channels, int32_t most_groups) {
    static const int32_t zeros[] = {0, 0, -128, 127, -3, 17};
    qcc_conv2d_t g = {.kernel_h = random_in(1, 5), .kernel_w = random_in(1, 5)};
    g.stride_h = random_in(1, 3), g.stride_w = random_in(1, 3);
    g.dilation_h = random_in(1, 2), g.dilation_w = random_in(1, 2);
    int32_t extent_h = (g.kernel_h - 1) * g.dilation_h + 1, extent_w = (g.kernel_w - 1) * g.dilation_w + 1;
    g.pad_top = random_in(0, extent_h), g.pad_left = random_in(0, extent_w);
    int32_t pad_bottom = random_in(0, extent_h), pad_right = random_in(0, extent_w);
    g.in_h = random_in(1, most_size), g.in_w = random_in(1, most_size);
    g.in_h += extent_h > g.in_h + g.pad_top + pad_bottom ? extent_h : 0;
    g.in_w += extent_w > g.in_w + g.pad_left + pad_right ? extent_w : 0;
    g.out_h = output_size(g.in_h, g.pad_top, pad_bottom, extent_h, g.stride_h);
    g.out_w = output_size(g.in_w, g.pad_left, pad_right, extent_w, g.stride_w);
    g.groups = random_in(1, most_groups);
    g.in_c = g.groups * random_in(1, most_channels / g.groups);
    g.out_c = g.groups * random_in(1, most_channels / g.groups);
    g.in_zero = random_of(zeros, 6);
    return g;
}

qcc_depthwise_conv2d_t random_depthwise(int32_t most_size, int32_t most_channels, int32_t most_multiplier) {
    qcc_conv2d_t c = random_conv2d(most_size, most_channels, 1);
    qcc_depthwise_conv2d_t g = {
        .in_h = c.in_h, .in_w = c.in_w, .in_c = c.in_c, .out_h = c.out_h, .out_w = c.out_w,
        .kernel_h = c.kernel_h, .kernel_w = c.kernel_w, .stride_h = c.stride_h, .stride_w = c.stride_w,
        .pad_top = c.pad_top, .pad_left = c.pad_left, .dilation_h = c.dilation_h, .dilation_w = c.dilation_w,
        .multiplier = random_in(1, most_multiplier), .in_zero = c.in_zero,
    };
    return g;
}

static int64_t conv2d_value(const int8_t *x, const int8_t *weights, int32_t oy, int32_t ox, int32_t o,
                            const qcc_conv2d_t *g) {
    int32_t depth = g->in_c / g->groups, filters = g->out_c / g->groups;
    int64_t sum = 0;
    for (int32_t kh = 0; kh < g->kernel_h; kh++) {
        for (int32_t kw = 0; kw < g->kernel_w; kw++) {
            for (int32_t i = 0; i < depth; i++) {
                int32_t h = oy * g->stride_h - g->pad_top + kh * g->dilation_h;
                int32_t w = ox * g->stride_w - g->pad_left + kw * g->dilation_w;
                int32_t value = at(x, g->in_h, g->in_w, g->in_c, h, w, o / filters * depth + i, g->in_zero);
                sum += (int64_t)value * weights[((o * g->kernel_h + kh) * g->kernel_w + kw) * depth + i];
            }
        }
    }
    return sum;
}

void reference_conv2d(const int8_t *x, int8_t *y, const int8_t *weights, const int32_t *bias, const qcc_conv2d_t *g,
                      const qcc_requantize_t *r) {
    for (int32_t oy = 0; oy < g->out_h; oy++) {
        for (int32_t ox = 0; ox < g->out_w; ox++) {
            for (int32_t o = 0; o < g->out_c; o++) {
                int64_t acc = bias[o] + conv2d_value(x, weights, oy, ox, o, g);
                y[(oy * g->out_w + ox) * g->out_c + o] = reference_requantize(acc, o, r);
            }
        }
    }
}

int8_t *pack_rows(const int8_t *weights, int32_t rows, int32_t k) {
    int32_t k4 = (k + 3) / 4 * 4, rows4 = (rows + 3) / 4 * 4;
    int8_t *packed = random_bytes(rows4 * k4, 0, 0);
    for (int32_t row = 0; row < rows; row++) {
        for (int32_t i = 0; i < k; i++) {
            packed[row / 4 * 4 * k4 + i / 4 * 16 + i % 2 * 8 + row % 4 / 2 * 4 + i % 4 / 2 * 2 + row % 2] =
                weights[row * k + i];
        }
    }
    return packed;
}

/* Adds a value to the field of the given number, bit by bit: fields may lie in two bytes. */
static void put_field(int8_t *packed, int32_t field, int32_t bits, int32_t value) {
    for (int32_t i = 0, place = field * bits; i < bits; i++, place++) {
        int32_t byte = packed[place / 8] & 0xFF;
        byte |= (int32_t)(value & power_of_two(i)) / (int32_t)power_of_two(i) * (int32_t)power_of_two(place % 8);
        packed[place / 8] = (int8_t)(byte < 128 ? byte : byte - 256);
    }
}

int8_t *pack_bits(const int8_t *weights, int32_t n, int32_t bits) {
    int8_t *packed = random_bytes((n * bits + 7) / 8, 0, 0);
    for (int32_t i = 0; i < n; i++) {
        put_field(packed, i, bits, weights[i]);
    }
    return packed;
}

int8_t *pack_lanes(const int8_t *weights, int32_t rows, int32_t k, int32_t bits) {
    int32_t k4 = (k + 3) / 4 * 4, rows4 = (rows + 3) / 4 * 4;
    int8_t *packed = random_bytes(rows4 * k4 * bits / 8, 0, 0);
    for (int32_t row = 0; row < rows4; row++) {
        for (int32_t i = 0; i < k4; i++) {
            int32_t weight = row < rows && i < k ? weights[row * k + i] : 0;
            int32_t quad = row / 4 * 4 * k4 + i / 4 * 16;
            if (bits == 4) {
                put_field(packed, quad + i % 2 * 8 + i % 4 / 2 * 4 + row % 4, 4, row % 4 == 3 ? weight : weight + 8);
            } else {
                put_field(packed, quad + i % 4 / 2 * 8 + i % 2 * 4 + row % 4, 2, weight + 2);
            }
        }
    }
    return packed;
}

int8_t *pack_narrow_lanes(const int8_t *weights, int32_t rows, int32_t k, int32_t bits) {
    int32_t k4 = (k + 3) / 4 * 4, rows4 = (rows + 3) / 4 * 4;
    int8_t *packed = random_bytes(rows4 * k4 * bits / 8, 0, 0);
    for (int32_t row = 0; row < rows; row++) {
        for (int32_t i = 0; i < k; i++) {
            put_field(packed, row / 4 * 4 * k4 + i / 4 * 16 + i % 2 * 8 + i % 4 / 2 * 4 + row % 4, bits,
                      weights[row * k + i]);
        }
    }
    return packed;
}

int8_t *pack_tiles(const int8_t *weights, int32_t rows, int32_t k, int32_t height, int32_t width) {
    int32_t padded = (k + width - 1) / width * width;
    int8_t *packed = random_bytes((rows + height - 1) / height * height * padded, 0, 0);
    for (int32_t i = 0; i < rows * k; i++) {
        int32_t row = i / k, product = i % k;
        packed[row / height * height * padded + product / width * height * width + row % height * width
               + product % width] = weights[i];
    }
    return packed;
}

int8_t *pack_unsigned(const int8_t *weights, int32_t rows, int32_t k, int32_t height) {
    int32_t padded = (k + height - 1) / height * height;
    int8_t *packed = random_bytes((rows + height - 1) / height * height * padded, -128, -128);
    for (int32_t i = 0; i < rows * k; i++) {
        int32_t row = i / k;
        packed[row / height * height * padded + height * (i % k) + row % height] = (int8_t)(uint8_t)(weights[i] + 128);
    }
    return packed;
}

int8_t *pack_runs(const int8_t *weights, int32_t rows, int32_t kernel_h, int32_t run) {
    int32_t even = (run + 1) / 2 * 2;
    int8_t *packed = random_bytes((rows + 3) / 4 * 4 * kernel_h * even, 0, 0);
    for (int32_t i = 0; i < rows * kernel_h * run; i++) {
        int32_t row = i / (kernel_h * run), kh = i / run % kernel_h, k = i % run;
        packed[(row / 4 * kernel_h + kh) * 4 * even + k / 2 * 8 + row % 4 / 2 * 4 + k % 2 * 2 + row % 2] = weights[i];
    }
    return packed;
}

int8_t *pack_eights(const int8_t *weights, int32_t rows, int32_t k) {
    int32_t quads = (k + 3) / 4, padded = qcc_round_up4(rows), next = 0;
    int8_t *packed = random_bytes(padded * quads * 4, 0, 0);
    for (int32_t first = 0; first < padded; first += 8) {
        int32_t height = padded - first >= 8 ? 8 : 4;
        for (int32_t q = 0; q < quads; q++) {
            for (int32_t i = 0; i < 4 * height; i++, next++) { /* [odd][pairs of rows][2 products][2 rows] */
                int32_t row = first + i % (2 * height) / 4 * 2 + i % 2;
                int32_t product = 4 * q + i / (2 * height) + i % 4 / 2 * 2;
                packed[next] = row < rows && product < k ? weights[row * k + product] : 0;
            }
        }
    }
    return packed;
}

int8_t *pack_taps(const int8_t *weights, int32_t channels) {
    static const int32_t taps[] = {0, 1, 1, 2};
    int8_t *packed = bytes(12 * channels);
    for (int32_t i = 0; i < 12 * channels; i++) {
        int32_t c = i / 12, row = i % 12 / 4;
        packed[i] = weights[(3 * row + taps[i % 4]) * channels + c];
    }
    return packed;
}

int32_t *pad_bias(const int32_t *bias, int32_t rows, int32_t multiple) {
    int32_t *padded = random_words((rows + multiple - 1) / multiple * multiple, 0, 0);
    for (int32_t row = 0; row < rows; row++) {
        padded[row] = bias[row];
    }
    return padded;
}

qcc_conv2d_t depthwise_as_conv2d(const qcc_depthwise_conv2d_t *g) {
    qcc_conv2d_t c = {
        .in_h = g->in_h, .in_w = g->in_w, .in_c = g->in_c,
        .out_h = g->out_h, .out_w = g->out_w, .out_c = g->in_c * g->multiplier,
        .kernel_h = g->kernel_h, .kernel_w = g->kernel_w, .stride_h = g->stride_h, .stride_w = g->stride_w,
        .pad_top = g->pad_top, .pad_left = g->pad_left, .dilation_h = g->dilation_h, .dilation_w = g->dilation_w,
        .groups = g->in_c, .in_zero = g->in_zero,
    };
    return c;
}

int8_t *channels_first(const int8_t *weights, int32_t taps, int32_t channels) {
    int8_t *result = bytes(taps * channels);
    for (int32_t tap = 0; tap < taps; tap++) {
        for (int32_t c = 0; c < channels; c++) {
            result[c * taps + tap] = weights[tap * channels + c];
        }
    }
    return result;
}

int8_t *stack(int8_t *packed, int32_t n) {
    for (int32_t i = 0; i < n; i += 2) {
        packed[i + 1] = (int8_t)(packed[i + 1] - (packed[i] < 0));
    }
    return packed;
}

int32_t *stack_bias(const int32_t *bias, int32_t rows) {
    int32_t *stacked = pad_bias(bias, rows, 4);
    for (int32_t i = 0; i < rows; i += 2) {
        stacked[i + 1] = (int32_t)((uint32_t)stacked[i + 1] * 256 + (uint32_t)stacked[i]);
    }
    return stacked;
}

/* G, row by row: the weight of each of the three taps at each position. */
static const int32_t winograd_2[4][3] = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, -2}};
static const int32_t winograd_4[6][3] = {{6, 0, 0}, {-1, -1, -1}, {-1, 1, -1}, {1, 2, 4}, {1, -2, 4}, {0, 0, 6}};

int8_t *pack_winograd(const int8_t *weights, int32_t rows, int32_t in_c, int32_t m) {
    int32_t side = m + 2, place = 0;
    const int32_t(*g)[3] = m == 2 ? winograd_2 : winograd_4;
    int8_t *packed = bytes(2 * rows * side * side * in_c);
    for (int32_t i = 0; i < rows * side * side * in_c; i++) {
        /* [rows / 4][position][in_c / 4][half][4 rows][2 lanes] */
        int32_t lane = i % 2, row = i / 2 % 4, half = i / 8 % 2, quad = i / 16 % (in_c / 4);
        int32_t position = i / (4 * in_c) % (side * side), block = i / (4 * in_c) / (side * side);
        const int8_t *w = weights + (block * 4 + row) * 9 * in_c + quad * 4 + half + 2 * lane;
        int32_t u = 0;
        for (int32_t tap = 0; tap < 9; tap++) {
            u += g[position / side][tap / 3] * g[position % side][tap % 3] * w[tap * in_c];
        }
        packed[place++] = (int8_t)(uint8_t)u;
        packed[place++] = (int8_t)(u >> 8);
    }
    return packed;
}
