/*
 * Defines the layer hooks of a generated model, so that the hash of every layer's result is recorded.
 * The model's source includes this file when it is compiled with -DQCC_LAYER_HOOKS='"qcc_trace.h"'.
 */
#ifndef QCC_TRACE_H
#define QCC_TRACE_H

#include <stddef.h>
#include <stdint.h>

#define QCC_RUN_BEGIN() qcc_trace_begin()
#define QCC_LAYER_END(index, data, size) qcc_trace_layer((index), (data), (size))

/* A run begins: no layer has computed anything yet. */
void qcc_trace_begin(void);

/* The layer has computed its next size bytes: continues its hash. */
void qcc_trace_layer(uint32_t index, const int8_t *data, uint32_t size);

/* From now on, the bytes of this layer are also written to the file; UINT32_MAX: of none. */
void qcc_trace_dump(uint32_t index, int file);

/* After a run: the first output that no longer holds what its layer computed, or NULL. */
const char *qcc_trace_spoiled_output(void);

/* 32-bit FNV-1a over the bytes, in order. */
uint32_t qcc_trace_hash(const int8_t *data, uint32_t size);

#endif
