/*
 * qcc_io by semihosting, on Arm and RISC-V: the emulator or debugger carries out each request on the computer it runs
 * on. Without either, the breakpoint below faults: this file is for firmware under test.
 */
#include "qcc_io.h"

/* Operation numbers and modes of "Semihosting for AArch32 and AArch64". */
enum {
    SYS_OPEN = 0x01,
    SYS_CLOSE = 0x02,
    SYS_WRITE0 = 0x04,
    SYS_WRITE = 0x05,
    SYS_READ = 0x06,
    SYS_EXIT_EXTENDED = 0x20,
    OPEN_READ_BINARY = 1,
    OPEN_WRITE_BINARY = 5
};
#define STOPPED_APPLICATION_EXIT 0x20026u

#if defined(__riscv)
/* An ebreak between two shifts without effect, none of them compressed and all in one page. */
#define FIRST "a0"
#define SECOND "a1"
#define REQUEST                     \
    ".balign 16\n\t"                \
    ".option push\n\t"              \
    ".option norvc\n\t"             \
    "slli x0, x0, 0x1f\n\t"         \
    "ebreak\n\t"                    \
    "srai x0, x0, 7\n\t"            \
    ".option pop"
#else
#define FIRST "r0"
#define SECOND "r1"
#define REQUEST "bkpt 0xAB"
#endif

static uint32_t semihost(uint32_t operation, const void *argument)
{
    register uint32_t first __asm__(FIRST) = operation;
    register const void *second __asm__(SECOND) = argument;
    __asm__ volatile(REQUEST : "+r"(first) : "r"(second) : "memory");
    return first;
}

void qcc_io_print(const char *text)
{
    (void)semihost(SYS_WRITE0, text);
}

static uint32_t length_of(const char *text)
{
    uint32_t length = 0;
    while (text[length] != '\0') {
        length++;
    }
    return length;
}

int qcc_io_open(const char *path, int write)
{
    const uint32_t arguments[3] = {(uint32_t)path, write ? OPEN_WRITE_BINARY : OPEN_READ_BINARY, length_of(path)};
    return (int)semihost(SYS_OPEN, arguments);
}

/* SYS_READ and SYS_WRITE answer with the number of bytes that are left; some hosts with -1 on an error. */
static int32_t transfer(uint32_t operation, int handle, uint32_t data, uint32_t size)
{
    const uint32_t arguments[3] = {(uint32_t)handle, data, size};
    const uint32_t left = semihost(operation, arguments);
    return left <= size ? (int32_t)(size - left) : 0;
}

int32_t qcc_io_read(int handle, void *data, uint32_t size)
{
    return transfer(SYS_READ, handle, (uint32_t)data, size);
}

int32_t qcc_io_write(int handle, const void *data, uint32_t size)
{
    return transfer(SYS_WRITE, handle, (uint32_t)data, size);
}

void qcc_io_close(int handle)
{
    const uint32_t arguments[1] = {(uint32_t)handle};
    (void)semihost(SYS_CLOSE, arguments);
}

void qcc_io_exit(int code)
{
    const uint32_t arguments[2] = {STOPPED_APPLICATION_EXIT, (uint32_t)code};
    (void)semihost(SYS_EXIT_EXTENDED, arguments);
    for (;;) {
        /* A debugger may let the program go on: stay here. */
    }
}
