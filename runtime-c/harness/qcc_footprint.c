/*
 * Measures the stack that one run of the model needs: fills the free stack with a pattern, runs, and looks how far the
 * pattern was overwritten. The model is compiled without hooks, as in an application. Prints `stack N`, in bytes, and
 * where the target has a counter `instructions N`, of the whole call.
 */
#include "qcc_io.h"
#include "qcc_network.h"
#include "qcc_print.h"

#ifdef QCC_COUNTER_ADDRESS
#include "qcc_counter.h"
#endif

#define PATTERN UINT32_C(0xA5C35A3C)

#if defined(__riscv)
#define MOVE "mv"
#else
#define MOVE "mov"
#endif

/* From the linker script. */
extern uint32_t qcc_stack_bottom[];

static inline __attribute__((always_inline)) uint32_t *stack_pointer(void)
{
    uint32_t *sp;
    __asm__ volatile(MOVE " %0, sp" : "=r"(sp));
    return sp;
}

/* Not static: an emulator that finds this name, or qcc_profile_begin, counts every single instruction. */
void qcc_footprint_count(void);

__attribute__((noinline)) void qcc_footprint_count(void)
{
#ifdef QCC_COUNTER_ADDRESS
    qcc_counter_start();
    const uint32_t begin = qcc_counter_ticks();
    const uint32_t overhead = qcc_counter_ticks() - begin;
    const uint32_t start = qcc_counter_ticks();
    qcc_model.run();
    const uint32_t ticks = qcc_counter_ticks() - start - overhead;
    qcc_io_print("instructions ");
    qcc_print_number(qcc_counter_instructions(ticks));
    qcc_io_print("\n");
#endif
}

int main(void)
{
    uint32_t *top = stack_pointer();
    for (volatile uint32_t *word = qcc_stack_bottom; word < top; word++) {
        *word = PATTERN;
    }
    qcc_model.run();
    const volatile uint32_t *lowest = qcc_stack_bottom;
    while (lowest < top && *lowest == PATTERN) {
        lowest++;
    }
    qcc_io_print("stack ");
    qcc_print_number((uint32_t)(top - lowest) * (uint32_t)sizeof(uint32_t));
    qcc_io_print("\n");
    qcc_footprint_count();
    return 0;
}
