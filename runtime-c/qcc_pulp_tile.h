/*
 * Tiles of windowed layers in L1: rows of an image with its padding around them, so that no window leaves them, and what
 * a block of channels needs beside its weights.
 */
#ifndef QCC_PULP_TILE_H
#define QCC_PULP_TILE_H

#include "qcc_cluster.h"
#include "qcc_pulp.h"

/* What the compiler has chosen for a layer. */
typedef struct {
    int32_t rows;     /* of the output in a tile */
    int32_t channels; /* of the output in a tile; a multiple of four */
    int32_t lanes;    /* the cores share the channels of a tile in so many parts, its pixels in the others: 1, 2, 4, 8 */
} qcc_tile_t;

/* An image in L2 and how its rows stand in L1: columns * in_c bytes, rounded up to whole words, for each. */
typedef struct {
    int32_t in_h, in_w, in_c;
    int32_t pad_top, pad_left;
    int32_t columns; /* with padding, at least pad_left + in_w */
    int32_t zero;    /* what padding holds */
} qcc_image_t;

/* Columns that outputs read, or that there are. */
#define QCC_TILE_COLUMNS(in_w, out_w, kernel_w, stride_w, pad_left) \
    ((pad_left) + (in_w) > ((out_w) - 1) * (stride_w) + (kernel_w)  \
         ? (pad_left) + (in_w)                                      \
         : ((out_w) - 1) * (stride_w) + (kernel_w))

QCC_INLINE int32_t qcc_tile_pitch(const qcc_image_t *image) {
    return qcc_round_up4(image->columns * image->in_c);
}

/* Fills the columns of padding of n rows, which no transfer overwrites; every core has its share. */
QCC_INLINE void qcc_tile_margins(int8_t *tile, int32_t n, const qcc_image_t *image) {
    int32_t pitch = qcc_tile_pitch(image);
    int32_t left = image->pad_left * image->in_c, right = left + image->in_w * image->in_c;
    if (left == 0 && right == pitch) {
        return;
    }
    int32_t cores = qcc_cores();
    for (int32_t row = qcc_core(); row < n; row += cores) {
        qcc_fill(tile + row * pitch, image->zero, left);
        qcc_fill(tile + row * pitch + right, image->zero, pitch - right);
    }
}

/* Fills rows of padding, which are aligned; every core has its share. */
QCC_INLINE void qcc_tile_blank(int8_t *row, int32_t n, const qcc_image_t *image) {
    if (n > 0) {
        const int8_t *end = row + n * qcc_tile_pitch(image);
        uint32_t word = qcc_pulp_splat(image->zero);
        int32_t step = 4 * qcc_cores();
        for (int8_t *to = row + 4 * qcc_core(); to < end; to += step) {
            *(qcc_word_t *)(void *)to = word;
        }
    }
}

/* Of n rows of an image from row `first` on, which may lie outside of it, those that are in it: top <= row < bottom. */
typedef struct {
    int32_t top, bottom;
} qcc_tile_inside_t;

QCC_INLINE qcc_tile_inside_t qcc_tile_inside(int32_t first, int32_t n, const qcc_image_t *image) {
    int32_t top = qcc_clamp(-first, 0, n);
    qcc_tile_inside_t inside = {top, qcc_clamp(image->in_h - first, top, n)};
    return inside;
}

/* Starts to fetch those of the rows that are in the image; for the first core. */
QCC_INLINE void qcc_tile_fetch(qcc_dma_t *dma, int8_t *tile, const int8_t *x, int32_t first, int32_t n,
                               const qcc_image_t *image) {
    int32_t pitch = qcc_tile_pitch(image), line = image->in_w * image->in_c;
    const qcc_tile_inside_t rows = qcc_tile_inside(first, n, image);
    const int8_t *from = x + (first + rows.top) * line;
    int8_t *to = tile + rows.top * pitch + image->pad_left * image->in_c;
    if (pitch != line) {
        qcc_dma_fetch_rows(dma, to, from, line, rows.bottom - rows.top, pitch);
    } else if (rows.top < rows.bottom) {
        qcc_dma_fetch(dma, to, from, (rows.bottom - rows.top) * line);
    }
}

/* Fills the others; every core has its share. */
QCC_INLINE void qcc_tile_pad(int8_t *tile, int32_t first, int32_t n, const qcc_image_t *image) {
    int32_t pitch = qcc_tile_pitch(image);
    const qcc_tile_inside_t rows = qcc_tile_inside(first, n, image);
    qcc_tile_blank(tile, rows.top, image);
    qcc_tile_blank(tile + rows.bottom * pitch, n - rows.bottom, image);
}

/* Bytes for the bias and the requantisation of so many channels, a multiple of four. */
#define QCC_TILE_CHANNELS_LOCAL(channels) (13 * (channels))

/* The channels' biases and what requantises them, in L1. */
typedef struct {
    const int32_t *bias;
    int32_t *early; /* qcc_early_addend of each, where they are prepared; then r.right is qcc_early_shift of each */
    int8_t *shifts;
    qcc_requantize_t r;
} qcc_tile_channels_t;

/* Where those of n channels stand in L1 once they are fetched. */
QCC_INLINE qcc_tile_channels_t qcc_tile_channels(int8_t *local, int32_t room, const qcc_requantize_t *r) {
    int32_t *words = (int32_t *)(void *)local;
    qcc_tile_channels_t there = {words, words + 2 * room, local + 12 * room, *r};
    there.r.multiplier = r->multiplier ? words + room : (const int32_t *)0;
    there.r.shift = r->shift ? (const uint8_t *)there.shifts : (const uint8_t *)0;
    there.r.right = r->right ? there.shifts : (const int8_t *)0;
    there.r.addend = r->addend ? (const int16_t *)(const void *)there.early : (const int16_t *)0;
    return there;
}

/* Whether it pays to prepare the channels for so many pixels. */
QCC_INLINE int qcc_tile_prepares(int32_t pixels, const qcc_requantize_t *r) {
    return r->early_zero && r->right && pixels > 16;
}

/* Prepares n channels, once for all pixels; every core has its share, and waits for the others. */
QCC_INLINE void qcc_tile_prepare_channels(const qcc_tile_channels_t *channels, int32_t n) {
    qcc_share_t mine = qcc_share(n, qcc_core(), qcc_cores());
    for (int32_t c = mine.begin; c < mine.end; c++) {
        int32_t right = channels->shifts[c];
        channels->early[c] = qcc_early_addend(channels->r.zero, right);
        channels->shifts[c] = (int8_t)qcc_early_shift(right);
    }
    qcc_barrier();
}

/* qcc_requantize for channel c, which was prepared or not. */
QCC_INLINE int8_t qcc_tile_requantize(int32_t acc, int32_t c, const qcc_tile_channels_t *channels, int prepared) {
    const qcc_requantize_t *r = &channels->r;
    if (!prepared) {
        return qcc_requantize(acc, c, r);
    }
    int32_t m = r->multiplier ? r->multiplier[c] : r->multiplier_all;
    int32_t scaled = qcc_scale_early(acc, m, channels->shifts[c], channels->early[c], r->lo >= r->zero);
    return (int8_t)qcc_saturate(scaled, r->lo, r->hi);
}

/* Starts to fetch them for n channels from `first` on, and so many biases. */
QCC_INLINE void qcc_tile_fetch_channels(qcc_dma_t *dma, int8_t *local, int32_t room, const int32_t *bias, int32_t first,
                                        int32_t n, int32_t biases, const qcc_requantize_t *r) {
    qcc_dma_fetch(dma, local, bias + first, 4 * biases);
    if (r->multiplier) {
        qcc_dma_fetch(dma, local + 4 * room, r->multiplier + first, 4 * n);
    }
    if (r->shift) {
        qcc_dma_fetch(dma, local + 12 * room, r->shift + first, n);
    }
    if (r->right) {
        qcc_dma_fetch(dma, local + 12 * room, r->right + first, n);
    }
    if (r->addend) { /* by a rule that is not prepared */
        qcc_dma_fetch(dma, local + 8 * room, r->addend + first, 2 * n);
    }
}

#endif
