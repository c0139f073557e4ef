/* Of the SDK's C library, what a stand-in needs: printf of one text. */
#ifndef STANDIN_STDIO_H
#define STANDIN_STDIO_H

int printf(const char *format, ...);

#endif
