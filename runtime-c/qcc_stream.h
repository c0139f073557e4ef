/*
 * Streams: layers that compute their rows in turn. Of a tensor between two such layers only the last rows exist, in a
 * ring of `kept` rows of `pitch` bytes, the oldest first; row r is number r - max(0, made - kept) in it, when `made`
 * rows have been computed. Of an input that an application supplies row by row, too, only some rows exist, in a window.
 *
 * A kernel computes a band of rows when it is told that the image is as high as what the band depends on.
 */
#ifndef QCC_STREAM_H
#define QCC_STREAM_H

#include "qcc_base.h"

/* A band of rows as a kernel sees it. */
typedef struct {
    int32_t first;   /* row of the input that is its first one */
    int32_t in_h;    /* rows of the input that it depends on; at least 1 */
    int32_t pad_top; /* rows of padding above them */
    int32_t out_h;   /* rows of the output */
} qcc_band_t;

/*
 * The band that begins with a row of the output, which has `height` rows; the others are the layer's literals.
 * rows: of a whole band. span: rows of the input that one row depends on, padding included.
 */
QCC_INLINE qcc_band_t qcc_band(int32_t row, int32_t rows, int32_t height, int32_t in_h, int32_t stride, int32_t pad,
                               int32_t span) {
    int32_t out_h = rows == 1 ? 1 : qcc_min(rows, height - row);
    int32_t top = row * stride - pad;
    int32_t first = pad == 0 ? top : qcc_max(0, top); /* so that pad_top is a literal where pad is 0 */
    int32_t end = qcc_min(in_h, top + (out_h - 1) * stride + span);
    qcc_band_t band = {first, end - first, first - top, out_h};
    return band;
}

/* A row in a ring. */
QCC_INLINE const int8_t *qcc_ring_row(const int8_t *ring, int32_t row, int32_t made, int32_t kept, int32_t pitch) {
    return ring + (row - qcc_max(0, made - kept)) * pitch;
}

/* Where the next rows go; the oldest ones give way to them. */
QCC_INLINE int8_t *qcc_ring_next(int8_t *ring, int32_t rows, int32_t made, int32_t kept, int32_t pitch) {
    int32_t stay = qcc_min(made, kept - rows);
    int32_t there = qcc_min(made, kept);
    if (stay < there) {
        qcc_copy(ring, ring + (there - stay) * pitch, stay * pitch);
    }
    return ring + stay * pitch;
}

/* Writes a row of an input. */
typedef void qcc_row_t(int32_t row, int8_t *values);

/* An input whose rows an application supplies while the network runs; all 0 when a run begins. */
typedef struct {
    int32_t first; /* the row that the window begins with */
    int32_t next;  /* the row that is asked for next */
} qcc_supply_t;

/*
 * Where the rows of a supplied input are, from `first` to before `end`. A window holds the last ones, the oldest first:
 * rows before `begin` leave it, those up to `end` are asked for, each once and in order. Rows that nothing depends on
 * are asked for, too, when there are others behind them. begin <= first; the window has room for end - begin rows.
 */
QCC_INLINE const int8_t *qcc_supply(qcc_supply_t *supply, qcc_row_t *write_row, int8_t *window, int32_t begin,
                                    int32_t first, int32_t end, int32_t pitch) {
    if (begin > supply->first) {
        const int8_t *stay = window + (begin - supply->first) * pitch;
        QCC_OPAQUE(stay); /* gcc warns of rows behind the window where it sees that none can stay */
        qcc_copy(window, stay, qcc_max(0, supply->next - begin) * pitch);
        supply->first = begin;
    }
    for (; supply->next < end; supply->next++) {
        write_row(supply->next, window + qcc_max(0, supply->next - supply->first) * pitch);
    }
    return window + (first - supply->first) * pitch;
}

#endif
