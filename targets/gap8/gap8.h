/*
 * The registers through which firmware reaches the event unit, DMA, timer and counters of the simulator (Java class
 * qcc.gap8.Devices, which says what each does). They are not those of the chip: pmsis.c is all that uses them, and on
 * the chip the vendor's SDK takes its place. All are 32-bit words.
 */
#ifndef QCC_GAP8_H
#define QCC_GAP8_H

#include <stdint.h>

#define GAP8_REGISTER(offset) (*(volatile uint32_t *)(0x1A100000u + (offset)))

#define GAP8_CLUSTER_CORES GAP8_REGISTER(0x000u)
#define GAP8_TIMER_LOW GAP8_REGISTER(0x010u)
#define GAP8_TIMER_HIGH GAP8_REGISTER(0x014u)
#define GAP8_BARRIER_TEAM GAP8_REGISTER(0x020u)
#define GAP8_BARRIER_WAIT GAP8_REGISTER(0x024u)
#define GAP8_EVENT_MASK GAP8_REGISTER(0x030u)
#define GAP8_EVENT_WAIT GAP8_REGISTER(0x034u)
#define GAP8_EVENT_SEND(core) GAP8_REGISTER(0x040u + 4u * (core))
#define GAP8_DMA_EXTERNAL GAP8_REGISTER(0x080u)
#define GAP8_DMA_LOCAL GAP8_REGISTER(0x084u)
#define GAP8_DMA_SIZE GAP8_REGISTER(0x088u)
#define GAP8_DMA_LENGTH GAP8_REGISTER(0x08Cu)
#define GAP8_DMA_STRIDE GAP8_REGISTER(0x090u)
#define GAP8_DMA_START GAP8_REGISTER(0x094u)
#define GAP8_DMA_WAIT GAP8_REGISTER(0x098u)
#define GAP8_ACTIVE_CYCLES(core) GAP8_REGISTER(0x100u + 8u * (core))
#define GAP8_INSTRUCTIONS(core) GAP8_REGISTER(0x104u + 8u * (core))

/* The number of the fabric controller among the cores; those of the cluster are 0 to 7. */
#define GAP8_FABRIC_CONTROLLER 8u

#endif
