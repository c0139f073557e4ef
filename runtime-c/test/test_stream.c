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

/* The image that rows come from, and the row that may be asked for next. */
static const int8_t *image;
static int32_t image_pitch, asked;

static void copy_row(int32_t row, int8_t *values) {
    check(row == asked, "rows are asked for once and in order");
    asked++;
    qcc_copy(values, image + row * image_pitch, image_pitch);
}

/* A window that follows its only reader, and one that a second reader shares, which is up to `behind` rows behind. */
static void test_supply(int32_t shared) {
    for (int32_t i = 0; i < CASES; i++, next_case()) {
        int32_t stride = random_in(1, 4), span = random_in(1, 4), rows = random_in(1, 3), pad = random_in(0, span - 1);
        int32_t height = span + random_in(0, 12), pitch = random_in(1, 9), out_h = (height + pad - span) / stride + 1;
        int32_t behind = shared ? random_in(0, 3) : 0, kept = (rows - 1) * stride + span + behind;
        int8_t *window = bytes(kept * pitch);
        qcc_supply_t supply = {0, 0};
        image = random_bytes(height * pitch, -128, 127), image_pitch = pitch, asked = 0;
        for (int32_t row = 0; row < out_h; row += rows) {
            qcc_band_t band = qcc_band(row, rows, out_h, height, stride, pad, span);
            int32_t end = band.first + band.in_h, begin = shared ? end - kept : band.first;
            const int8_t *x = qcc_supply(&supply, copy_row, window, begin, band.first, end, pitch);
            check(shared || x == window, "the window begins with the rows of its only reader");
            check_equal(x, image + band.first * pitch, band.in_h * pitch);
            int32_t late = qcc_max(qcc_max(0, supply.next - kept), end - kept);
            if (shared) {
                x = qcc_supply(&supply, copy_row, window, late + 1 - kept, late, late + 1, pitch);
                check_equal(x, image + late * pitch, pitch);
            }
        }
    }
}

void test_stream(void) {
    suite("stream: bands");
    test_conv2d_by_bands();
    suite("stream: rings");
    test_rings();
    suite("stream: supplied rows");
    test_supply(0);
    test_supply(1);
}
