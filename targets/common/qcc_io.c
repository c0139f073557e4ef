/*
 * Files and the end of a firmware by semihosting. Without an emulator or a debugger no file can be opened, and the
 * firmware stays where it ends.
 */
#include "qcc_io.h"

#include "qcc_semihosting.h"

#define STOPPED_APPLICATION_EXIT 0x20026u

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
    return qcc_semihost_open(path, length_of(path), write);
}

int32_t qcc_io_read(int handle, void *data, uint32_t size)
{
    return qcc_semihost_transfer(QCC_SYS_READ, handle, (uint32_t)data, size);
}

int32_t qcc_io_write(int handle, const void *data, uint32_t size)
{
    return qcc_semihost_transfer(QCC_SYS_WRITE, handle, (uint32_t)data, size);
}

void qcc_io_close(int handle)
{
    const uint32_t arguments[1] = {(uint32_t)handle};
    (void)qcc_semihost(QCC_SYS_CLOSE, arguments);
}

void qcc_io_exit(int code)
{
    const uint32_t arguments[2] = {STOPPED_APPLICATION_EXIT, (uint32_t)code};
    (void)qcc_semihost(QCC_SYS_EXIT_EXTENDED, arguments);
    for (;;) {
        /* A debugger may let the program go on: stay here. */
    }
}
