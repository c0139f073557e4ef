/* The vector table of the test programs for QEMU's mps2-an386: newlib's start-up is the reset handler. */
    .syntax unified
    .section .vectors, "a"
    .word __stack
    .word _start
    .rept 14
    .word fault
    .endr

    .text
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
