/*
 * Random convolutions and what they must compute.
 */
#ifndef QCC_TEST_LAYER_H
#define QCC_TEST_LAYER_H

#include "../qcc_conv2d.h"

typedef struct {
    int8_t *x, *weights, *y, *expected;
    int32_t *bias;
    int32_t n; /* bytes of y */
    qcc_requantize_t r;
} layer_t;

/* Values for a geometry, some of them all extreme; the buffers are the case's. Sums stay below 2^26. */
layer_t random_layer(const qcc_conv2d_t *g);

/*
 * By how many bytes y must start before x so that no row of y reaches x rows which the windows of that row and of
 * later ones read; a multiple of four.
 */
int32_t gap_before(const qcc_conv2d_t *g);

#endif
