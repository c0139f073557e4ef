/*
 * What a firmware needs from the world around it: text out, files, and an end with an exit code.
 *
 * Every target implements these functions in its own qcc_io.c: by semihosting in an emulator or a debugger, by the
 * C library on the host. Nothing here allocates; no function may be called from an interrupt.
 */
#ifndef QCC_IO_H
#define QCC_IO_H

#include <stdint.h>

#if defined(__GNUC__)
#define QCC_NORETURN __attribute__((noreturn))
#else
#define QCC_NORETURN
#endif

/* Prints a text that ends in '\0', unchanged: no line break is added. */
void qcc_io_print(const char *text);

/*
 * Opens a file for reading (write == 0) or creates it, empty, for writing (write != 0). Files are binary; a relative
 * path starts at the directory that the emulator or program was started in.
 * Returns a handle >= 0, or -1 when the file cannot be opened.
 */
int qcc_io_open(const char *path, int write);

/*
 * Reads up to size bytes, size <= INT32_MAX, into data.
 * Returns the number of bytes read, 0 to size: less than size at the end of the file and on an error, which
 * semihosting cannot tell apart.
 */
int32_t qcc_io_read(int handle, void *data, uint32_t size);

/*
 * Writes size bytes, size <= INT32_MAX, from data.
 * Returns the number of bytes written, 0 to size: less than size on an error.
 */
int32_t qcc_io_write(int handle, const void *data, uint32_t size);

/* Closes a handle that qcc_io_open returned; its number may be given out again. */
void qcc_io_close(int handle);

/* Ends the program. Code 0 means success; only the low 8 bits reach the caller. */
QCC_NORETURN void qcc_io_exit(int code);

#endif
