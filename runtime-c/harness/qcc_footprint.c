/*
 * Measures the stack that one run of the model needs: fills the free stack with a pattern, runs, and looks how far the
 * pattern was overwritten. The model is compiled without hooks, as in an application. Prints `stack N`, in bytes.
 */
#include "qcc_io.h"
#include "qcc_network.h"
#include "qcc_print.h"

#define PATTERN UINT32_C(0xA5C35A3C)

/* From the linker script. */
extern uint32_t qcc_stack_bottom[];

static inline __attribute__((always_inline)) uint32_t *stack_pointer(void)
{
    uint32_t *sp;
    __asm__ volatile("mov %0, sp" : "=r"(sp));
    return sp;
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
    return 0;
}
