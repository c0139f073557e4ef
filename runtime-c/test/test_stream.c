/* Layers that are computed a band of rows at a time, from rings: the same values as at once. */
#include "check.h"
#include "suites.h"

#include "../qcc_conv2d.h"
#include "../qcc_stream.h"

enum { CASES = 300 * CASE_FACTOR };

static void test_conv2d_by_bands(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t dilation = random_in(1, 2), stride = random_in(1, 3), kernel = random_in(1, 4), rows = random_in(1, 3);
        int32_t span = (kernel - 1) * dilation + 1, pad = random_in(0, span - 1);
        int32_t in_h = span + random_in(0, 9), in_c = random_in(1, 4), out_c = random_in(1, 4);
        int32_t out_h = (in_h + pad + random_in(0, span - 1) - span) / stride + 1;
        qcc_conv2d_t g = {in_h, 5, in_c, out_h, 5, out_c, kernel, 3, stride, 1, pad, 1, dilation, 1, 1,
                          random_in(-128, 127), 0};
        qcc_requantize_t r = {.rule = QCC_SHIFT, .shift_all = 8, .lo = -128, .hi = 127};
        int32_t pitch = 5 * in_c, out_pitch = 5 * out_c, kept = (rows - 1) * stride + span + random_in(0, 1), made = 0;
        int8_t *x = random_bytes(in_h * pitch, -128, 127), *w = random_bytes(out_c * kernel * 3 * in_c, -128, 127);
        int32_t *bias = random_words(out_c, -3000, 3000);
        int8_t *whole = bytes(out_h * out_pitch), *y = bytes(out_h * out_pitch), *ring = bytes(kept * pitch);
        qcc_conv2d(x, whole, w, bias, &g, &r);
        for (int32_t row = 0; row < out_h; row += rows) {
            qcc_band_t band = qcc_band(row, rows, out_h, in_h, stride, pad, span);
            check(band.in_h >= 1 && band.pad_top >= 0 && band.first + band.in_h <= in_h, "a band lies in the image");
            for (; made < band.first + band.in_h; made++) {
                qcc_copy(qcc_ring_next(ring, 1, made, kept, pitch), x + made * pitch, pitch);
            }
            qcc_conv2d_t part = g;
            part.in_h = band.in_h, part.pad_top = band.pad_top, part.out_h = band.out_h;
            qcc_conv2d(qcc_ring_row(ring, band.first, made, kept, pitch), y + row * out_pitch, w, bias, &part, &r);
        }
        check_equal(y, whole, out_h * out_pitch);
    }
}

/* Several rows at a time: the last `kept` ones are there, in their order. */
static void test_rings(void) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t rows = random_in(1, 3), kept = rows + random_in(0, 4), pitch = random_in(1, 9), height = random_in(1, 12);
        int8_t *x = random_bytes(height * pitch, -128, 127), *ring = bytes(kept * pitch);
        for (int32_t made = 0; made < height;) {
            int32_t n = qcc_min(rows, height - made);
            qcc_copy(qcc_ring_next(ring, n, made, kept, pitch), x + made * pitch, n * pitch);
            made += n;
            for (int32_t row = qcc_max(0, made - kept); row < made; row++) {
                check_equal(qcc_ring_row(ring, row, made, kept, pitch), x + row * pitch, pitch);
            }
        }
    }
}

void test_stream(void) {
    suite("stream: bands");
    test_conv2d_by_bands();
    suite("stream: rings");
    test_rings();
}
