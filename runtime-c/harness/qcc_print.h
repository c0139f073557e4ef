/*
 * Prints numbers without a C library.
 */
#ifndef QCC_PRINT_H
#define QCC_PRINT_H

#include <stdint.h>

#include "qcc_io.h"

/* Prints an unsigned number in decimal. */
static inline void qcc_print_number(uint32_t number)
{
    char text[11];
    uint32_t at = sizeof text - 1;
    text[at] = '\0';
    do {
        text[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    qcc_io_print(&text[at]);
}

#endif
