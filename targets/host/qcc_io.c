/* qcc_io by the C library of the machine the program runs on. */
#include "qcc_io.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_OPEN_FILES = 16 };

static FILE *files[MAX_OPEN_FILES];

static FILE *file_of(int handle)
{
    return handle >= 0 && handle < MAX_OPEN_FILES ? files[handle] : NULL;
}

void qcc_io_print(const char *text)
{
    (void)fputs(text, stdout);
    /* A crash that follows must not swallow the text that explains it. */
    (void)fflush(stdout);
}

int qcc_io_open(const char *path, int write)
{
    int handle = 0;
    while (handle < MAX_OPEN_FILES && files[handle] != NULL) {
        handle++;
    }
    if (handle == MAX_OPEN_FILES) {
        return -1;
    }
    files[handle] = fopen(path, write ? "wb" : "rb");
    return files[handle] != NULL ? handle : -1;
}

int32_t qcc_io_read(int handle, void *data, uint32_t size)
{
    FILE *file = file_of(handle);
    return file != NULL ? (int32_t)fread(data, 1, size, file) : 0;
}

int32_t qcc_io_write(int handle, const void *data, uint32_t size)
{
    FILE *file = file_of(handle);
    return file != NULL ? (int32_t)fwrite(data, 1, size, file) : 0;
}

void qcc_io_close(int handle)
{
    FILE *file = file_of(handle);
    if (file != NULL) {
        (void)fclose(file);
        files[handle] = NULL;
    }
}

void qcc_io_exit(int code)
{
    exit(code);
}
