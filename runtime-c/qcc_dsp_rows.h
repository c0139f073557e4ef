/*
 * Image rows, transposed and widened for the DSP kernels that work along a row: the int16 lanes of a word hold two
 * neighbouring columns of one channel, the left one in the low lane.
 *
 * A row of c channels and `pitch` words is spread over c places, `step` words apart: column i of channel c is lane
 * i % 2 of row[c * step + i / 2].
 */
#ifndef QCC_DSP_ROWS_H
#define QCC_DSP_ROWS_H

#include "qcc_dsp.h"

/* An int16 lane of a word. */
typedef int16_t __attribute__((may_alias)) qcc_lane_t;

/* Two columns of four channels, whose bytes are given. */
QCC_INLINE void qcc_spread_pair(qcc_word_t *row, uint32_t left, uint32_t right, int32_t step) {
    uint32_t left_even = qcc_widen_even(left), right_even = qcc_widen_even(right);
    uint32_t left_odd = qcc_widen_odd(left), right_odd = qcc_widen_odd(right);
    row[0] = qcc_low_lanes(left_even, right_even);
    row[step] = qcc_low_lanes(left_odd, right_odd);
    row[2 * step] = qcc_high_lanes(left_even, right_even);
    row[3 * step] = qcc_high_lanes(left_odd, right_odd);
}

/*
 * Columns first .. first+n-1 of every channel (first >= 0, n >= 1); column `first` starts at x, the next one `channels`
 * bytes after it. Their neighbours in the first and the last word become `outside`, -128..127.
 */
QCC_SIMD_LOOP void qcc_spread_row(qcc_word_t *row, const int8_t *x, int32_t first, int32_t n, int32_t channels,
                                  int32_t step, int32_t outside) {
    uint32_t beside = (uint32_t)(uint8_t)outside * UINT32_C(0x01010101);
    int32_t odd = first % 2, pairs = (n - odd) / 2;
    row += first / 2;
    for (int32_t c = 0; c + 4 <= channels; c += 4, row += 4 * step) {
        qcc_word_t *word = row;
        const int8_t *bytes = x + c;
        if (odd) {
            qcc_spread_pair(word++, beside, qcc_load32(bytes), step);
            bytes += channels;
        }
        for (const qcc_word_t *stop = word + pairs; word != stop; word++, bytes += 2 * channels) {
            qcc_spread_pair(word, qcc_load32(bytes), qcc_load32(bytes + channels), step);
        }
        if (odd + 2 * pairs != n) {
            qcc_spread_pair(word, qcc_load32(bytes), beside, step);
        }
    }
    for (int32_t c = channels / 4 * 4; c < channels; c++, row += step) {
        qcc_lane_t *lanes = (qcc_lane_t *)row + odd;
        for (int32_t i = 0; i < n; i++) {
            lanes[i] = x[i * channels + c];
        }
    }
}

#endif
