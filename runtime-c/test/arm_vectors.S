/*
 * From reset to main for the test programs. newlib's own start-up is not used: it asks the emulator where the heap may
 * be, which QEMU does not know of all its boards. Vector registers are enabled where there are any.
 */
    .syntax unified
    .section .vectors, "a"
    .word __stack
    .word reset
    .rept 14
    .word fault
    .endr

    .text
    .thumb_func
    .global reset
reset:
    ldr r0, =0xE000ED88 /* CPACR: full access to the coprocessors 10 and 11 */
    ldr r1, [r0]
    ldr r2, =0xF00000
    orrs r1, r2
    str r1, [r0]
    dsb
    isb
#ifndef __ARM_FEATURE_UNALIGNED /* then unaligned access shall fault, also on the M3 that runs code for an M0 */
    ldr r0, =0xE000ED14 /* CCR */
    ldr r1, [r0]
    movs r2, #8
    orrs r1, r2
    str r1, [r0]
#endif
    ldr r0, =__bss_start__
    ldr r1, =__bss_end__
    movs r2, #0
1:  str r2, [r0]
    adds r0, #4
    cmp r0, r1
    bne 1b
    bl initialise_monitor_handles
    bl __libc_init_array
    bl main
    bl exit

    .thumb_func
fault:  /* SYS_EXIT_EXTENDED by semihosting, with an exit code that no test returns */
    movs r0, #0x20
    ldr r1, =fault_exit
    bkpt 0xab
    b fault

    .section .rodata
    .balign 4
fault_exit:
    .word 0x20026, 70
