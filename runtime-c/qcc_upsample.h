/*
 * Nearest-neighbour enlargement by integer factors.
 *
 *   y(h, w, c) = x(h / factor_h, w / factor_w, c)
 *
 * x [in_h][in_w][channels], y [in_h * factor_h][in_w * factor_w][channels].
 *
 * Overlap: none. y is written once, in ascending order; row h reads x row h / factor_h only.
 */
#ifndef QCC_UPSAMPLE_H
#define QCC_UPSAMPLE_H

#include "qcc_base.h"

typedef struct {
    int32_t in_h, in_w, channels;
    int32_t factor_h, factor_w;
} qcc_upsample_t;

QCC_INLINE void qcc_upsample(const int8_t *x, int8_t *y, const qcc_upsample_t *g) {
    for (int32_t h = 0; h < g->in_h * g->factor_h; h++) {
        const int8_t *row = x + h / g->factor_h * g->in_w * g->channels;
        for (int32_t w = 0; w < g->in_w; w++) {
            for (int32_t i = 0; i < g->factor_w; i++, y += g->channels) {
                qcc_copy(y, row + w * g->channels, g->channels);
            }
        }
    }
}

#endif
