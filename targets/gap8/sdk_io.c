/*
 * qcc_io.h for firmware that the vendor's SDK builds: text by the SDK's printf, files by semihosting, which GVSOC and
 * OpenOCD answer, the end by PMSIS. GVSOC runs in a folder of its own: relative paths start at QCC_FOLDER, which the
 * makefile defines, with a / at its end.
 */
#include <stdio.h>

#include <qcc_pmsis.h>

#include "qcc_io.h"
#include "qcc_semihosting.h"

#define MAX_PATH 1024u

/* The folder, unless the path is absolute, with the path behind it; 0 if they do not fit. */
static uint32_t join(char *full, const char *folder, const char *path)
{
    uint32_t length = 0;
    for (const char *from = path[0] == '/' ? "" : folder; *from != '\0' && length < MAX_PATH; from++) {
        full[length++] = *from;
    }
    for (; *path != '\0' && length < MAX_PATH; path++) {
        full[length++] = *path;
    }
    if (length == MAX_PATH) {
        return 0;
    }
    full[length] = '\0';
    return length;
}

void qcc_io_print(const char *text)
{
    printf("%s", text);
}

int qcc_io_open(const char *path, int write)
{
    static char full[MAX_PATH];
    const uint32_t length = join(full, QCC_FOLDER, path);
    return length == 0 ? -1 : qcc_semihost_open(full, length, write);
}

int32_t qcc_io_read(int handle, void *data, uint32_t size)
{
    return qcc_semihost_transfer(QCC_SYS_READ, handle, (uint32_t)data, size);
}

int32_t qcc_io_write(int handle, const void *data, uint32_t size)
{
    return qcc_semihost_transfer(QCC_SYS_WRITE, handle, (uint32_t)data, size);
}

/* Nothing is buffered, and GVSOC takes the handle itself where the standard has an address: the file stays open. */
void qcc_io_close(int handle)
{
    (void)handle;
}

void qcc_io_exit(int code)
{
    pmsis_exit(code);
    for (;;) {
        /* It has ended. */
    }
}
