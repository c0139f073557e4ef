/*
 * Semihosting, on Arm and RISC-V: the emulator or debugger carries out each request on the computer it runs on.
 *
 * Where there is neither, the breakpoint is a fault. On a Cortex-M, startup.c then goes on behind it as if the request
 * had been answered with -1, so that the same firmware also runs on its own.
 */
#ifndef QCC_SEMIHOSTING_H
#define QCC_SEMIHOSTING_H

#include <stdint.h>

/* How the breakpoint that asks is encoded on a Cortex-M. */
#define QCC_SEMIHOSTING_BREAKPOINT 0xBEABu

/* Operation numbers of "Semihosting for AArch32 and AArch64". */
enum {
    QCC_SYS_OPEN = 0x01,
    QCC_SYS_CLOSE = 0x02,
    QCC_SYS_WRITE0 = 0x04,
    QCC_SYS_WRITE = 0x05,
    QCC_SYS_READ = 0x06,
    QCC_SYS_EXIT_EXTENDED = 0x20
};

#if defined(__riscv)
/* An ebreak between two shifts without effect, none of them compressed and all in one page. */
#define QCC_SEMIHOSTING_FIRST "a0"
#define QCC_SEMIHOSTING_SECOND "a1"
#define QCC_SEMIHOSTING_REQUEST     \
    ".balign 16\n\t"                \
    ".option push\n\t"              \
    ".option norvc\n\t"             \
    "slli x0, x0, 0x1f\n\t"         \
    "ebreak\n\t"                    \
    "srai x0, x0, 7\n\t"            \
    ".option pop"
#else
#define QCC_SEMIHOSTING_FIRST "r0"
#define QCC_SEMIHOSTING_SECOND "r1"
#define QCC_SEMIHOSTING_REQUEST "bkpt 0xAB"
#endif

/* The answer to an operation; UINT32_MAX where nobody answers. */
static inline uint32_t qcc_semihost(uint32_t operation, const void *argument)
{
    register uint32_t first __asm__(QCC_SEMIHOSTING_FIRST) = operation;
    register const void *second __asm__(QCC_SEMIHOSTING_SECOND) = argument;
    __asm__ volatile(QCC_SEMIHOSTING_REQUEST : "+r"(first) : "r"(second) : "memory");
    return first;
}

/* Opens a file, or creates it to be written; its handle, or -1. */
static inline int qcc_semihost_open(const char *path, uint32_t length, int write)
{
    const uint32_t read_binary = 1, write_binary = 5; /* modes of SYS_OPEN */
    const uint32_t arguments[3] = {(uint32_t)path, write ? write_binary : read_binary, length};
    return (int)qcc_semihost(QCC_SYS_OPEN, arguments);
}

/*
 * The number of bytes that SYS_READ or SYS_WRITE moved. They answer with the number of bytes that are left; some hosts
 * with -1 on an error.
 */
static inline int32_t qcc_semihost_transfer(uint32_t operation, int handle, uint32_t data, uint32_t size)
{
    const uint32_t arguments[3] = {(uint32_t)handle, data, size};
    const uint32_t left = qcc_semihost(operation, arguments);
    return left <= size ? (int32_t)(size - left) : 0;
}

#endif
