/*
 * From reset to main on the fabric controller, and to waiting for work on the cores of the cluster. All of them begin
 * at _start. A fault has no handler here: the simulator stops at it and says where.
 */
#include <stdint.h>

#include "gap8.h"
#include "qcc_io.h"

int main(void);
void _start(void);
void gap8_start_fabric_controller(void);
void gap8_start_cluster_core(uint32_t core);

/* From linker.ld; only their addresses mean anything. */
extern uint32_t qcc_bss_start[];
extern uint32_t qcc_bss_end[];

/* A firmware that uses the cluster links pmsis.c, which has the loop in which its cores wait for work. */
__attribute__((weak)) void gap8_cluster_core(uint32_t core);

/* mhartid is 0x3E0 on the fabric controller and the number of the core in the cluster. */
__attribute__((naked, section(".text.start"), used)) void _start(void)
{
    __asm__ volatile("csrr a0, mhartid\n\t"
                     "li t0, 0x3E0\n\t"
                     "beq a0, t0, 1f\n\t"
                     "la sp, gap8_cluster_stacks_top\n\t"
                     "la t1, gap8_cluster_stack_size\n\t"
                     "mul t1, t1, a0\n\t"
                     "sub sp, sp, t1\n\t"
                     "j gap8_start_cluster_core\n"
                     "1:\n\t"
                     "la sp, qcc_stack_top\n\t"
                     "j gap8_start_fabric_controller");
}

__attribute__((used)) void gap8_start_fabric_controller(void)
{
    for (uint32_t *to = qcc_bss_start; to != qcc_bss_end; to++) {
        *to = 0;
    }
    qcc_io_exit(main());
}

/* Does not return: without work, a core waits for an event that nobody sends. */
__attribute__((used)) void gap8_start_cluster_core(uint32_t core)
{
    if (gap8_cluster_core != 0) {
        gap8_cluster_core(core);
    }
    for (;;) {
        (void)GAP8_EVENT_WAIT;
    }
}
