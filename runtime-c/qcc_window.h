/*
 * Which taps of a sliding window lie inside the image, along one axis.
 */
#ifndef QCC_WINDOW_H
#define QCC_WINDOW_H

#include "qcc_base.h"

/* Tap t reads position origin + t * dilation; it lies inside the image for begin <= t < end (begin <= end). */
typedef struct {
    int32_t origin, begin, end;
} qcc_window_t;

/* How many taps from tap 0 on lie before the position `limit`; 0..kernel. */
QCC_INLINE int32_t qcc_taps_before(int32_t limit, int32_t origin, int32_t dilation, int32_t kernel) {
    int32_t distance = limit - origin;
    return distance <= 0 ? 0 : qcc_min(kernel, (distance + dilation - 1) / dilation);
}

/* The window from the given origin on, known to lie inside the image. */
QCC_INLINE qcc_window_t qcc_whole_window(int32_t origin, int32_t kernel) {
    qcc_window_t window = {origin, 0, kernel};
    return window;
}

/*
 * The window of output position `out` of `outputs`, in an image of `size` positions with `pad` virtual ones before it.
 * Where no output's window leaves the image, which the compiler sees from the literals, its bounds are literals too.
 */
QCC_INLINE qcc_window_t qcc_window(int32_t out, int32_t outputs, int32_t stride, int32_t pad, int32_t dilation,
                                   int32_t kernel, int32_t size) {
    int32_t origin = out * stride - pad;
    if (pad == 0 && (outputs - 1) * stride + (kernel - 1) * dilation < size) {
        return qcc_whole_window(origin, kernel);
    }
    qcc_window_t window = {origin, qcc_taps_before(0, origin, dilation, kernel),
                           qcc_taps_before(size, origin, dilation, kernel)};
    return window;
}

QCC_INLINE int qcc_is_whole(qcc_window_t window, int32_t kernel) {
    return window.begin == 0 && window.end == kernel;
}

#endif
