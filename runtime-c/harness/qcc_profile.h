/*
 * Defines the layer hooks of a generated model, so that the ticks of every layer are recorded.
 * The model's source includes this file when it is compiled with -DQCC_LAYER_HOOKS='"qcc_profile.h"'.
 */
#ifndef QCC_PROFILE_H
#define QCC_PROFILE_H

#include "qcc_counter.h"

#define QCC_LAYER_BEGIN(index) (qcc_profile_begin = qcc_counter_ticks())
#define QCC_LAYER_END(index, data, size) \
    (qcc_profile_ticks[index] += qcc_counter_ticks() - qcc_profile_begin - qcc_profile_overhead)

extern uint32_t qcc_profile_begin;

/* What the hooks themselves take between one and the other. */
extern uint32_t qcc_profile_overhead;

/* For each layer, the sum of its ticks; defined with the network. */
extern uint32_t *const qcc_profile_ticks;

#endif
