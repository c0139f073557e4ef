/*
 * Defines the layer hooks of a generated model, so that the ticks of every layer are recorded.
 * The model's source includes this file when it is compiled with -DQCC_LAYER_HOOKS='"qcc_profile.h"'.
 */
#ifndef QCC_PROFILE_H
#define QCC_PROFILE_H

#include "qcc_counter.h"

#ifdef QCC_LAYER_MARKS

/* For traces of what Thumb code executes: layers call the instructions of a table, whose addresses say where they are. */
#define QCC_MARK(number) __asm__ volatile("bl qcc_marks + %c0" : : "i"(2 * (number)) : "lr", "memory")
#define QCC_LAYER_BEGIN(index) QCC_MARK(2 * (index))
#define QCC_LAYER_END(index, data, size) QCC_MARK(2 * (index) + 1)

#else

#define QCC_LAYER_BEGIN(index) (qcc_profile_begin = qcc_counter_ticks())
#define QCC_LAYER_END(index, data, size) \
    (qcc_profile_ticks[index] += qcc_counter_ticks() - qcc_profile_begin - qcc_profile_overhead)

#endif

extern uint32_t qcc_profile_begin;

/* What the hooks themselves take between one and the other. */
extern uint32_t qcc_profile_overhead;

/* For each layer, the sum of its ticks; defined with the network. */
extern uint32_t *const qcc_profile_ticks;

#endif
