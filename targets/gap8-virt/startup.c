/*
 * From reset to main on hart 0, and to waiting for work on the others (pmsis.c). A trap ends the firmware with exit code
 * 100 + its cause.
 */
#include <stdint.h>

#include "qcc_io.h"

int main(void);
void _start(void);
void virt_start(void);
void virt_hart(uint32_t hart);
void virt_trap(void);

/* From linker.ld; only their addresses mean anything. */
extern uint32_t qcc_bss_start[];
extern uint32_t qcc_bss_end[];

/* The cause of a trap on RISC-V is 0 to 15 for exceptions; there are no interrupts. */
#define TRAP_EXIT_CODE 100

__attribute__((naked, section(".text.start"), used)) void _start(void)
{
    __asm__ volatile("csrr a0, mhartid\n\t"
                     "la t0, virt_trap\n\t"
                     "csrw mtvec, t0\n\t"
                     "beqz a0, 1f\n\t"
                     "la sp, virt_hart_stacks_top\n\t"
                     "la t1, virt_hart_stack_size\n\t"
                     "mul t1, t1, a0\n\t"
                     "sub sp, sp, t1\n\t"
                     "j virt_hart\n"
                     "1:\n\t"
                     "la sp, qcc_stack_top\n\t"
                     "j virt_start");
}

__attribute__((used)) void virt_start(void)
{
    for (uint32_t *to = qcc_bss_start; to != qcc_bss_end; to++) {
        *to = 0;
    }
    qcc_io_exit(main());
}

__attribute__((weak, used, aligned(4))) void virt_trap(void)
{
    uint32_t cause;
    __asm__ volatile("csrr %0, mcause" : "=r"(cause));
    qcc_io_print("qcc: trap\n");
    qcc_io_exit(TRAP_EXIT_CODE + (int)(cause & 15u));
}
