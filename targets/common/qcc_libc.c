/*
 * The functions that gcc may call although no source does: it turns structure copies and loops that copy, clear or
 * look for a '\0' into them. They behave as the C standard says; firmware links with no C library.
 */
#include <stddef.h>
#include <stdint.h>

void *memcpy(void *restrict target, const void *restrict source, size_t size);
void *memmove(void *target, const void *source, size_t size);
void *memset(void *target, int value, size_t size);
int memcmp(const void *first, const void *second, size_t size);
size_t strlen(const char *text);

/* May read and write an object of any type, as these functions must. */
typedef uint32_t __attribute__((may_alias)) any_word;

/* Keeps gcc from recognising the loop around it, for example as memcpy, and calling the function from itself. */
#define NOT_AN_IDIOM() __asm__ volatile("")

static int is_word_aligned(const void *address)
{
    return ((uintptr_t)address & (sizeof(any_word) - 1)) == 0;
}

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
    unsigned char *to = target;
    const unsigned char *from = source;
    if (is_word_aligned(target) && is_word_aligned(source)) {
        for (; size >= sizeof(any_word); size -= sizeof(any_word)) {
            *(any_word *)(void *)to = *(const any_word *)(const void *)from;
            to += sizeof(any_word);
            from += sizeof(any_word);
            NOT_AN_IDIOM();
        }
    }
    for (; size > 0; size--) {
        *to++ = *from++;
        NOT_AN_IDIOM();
    }
    return target;
}

void *memmove(void *target, const void *source, size_t size)
{
    /* Wraps around when target is below source; memcpy copies upwards, which is right there and without overlap. */
    if ((uintptr_t)target - (uintptr_t)source >= size) {
        return memcpy(target, source, size);
    }
    unsigned char *to = target;
    const unsigned char *from = source;
    while (size > 0) {
        size--;
        to[size] = from[size];
        NOT_AN_IDIOM();
    }
    return target;
}

void *memset(void *target, int value, size_t size)
{
    unsigned char *to = target;
    const unsigned char byte = (unsigned char)value;
    if (is_word_aligned(target)) {
        const any_word word = 0x01010101u * byte;
        for (; size >= sizeof(any_word); size -= sizeof(any_word)) {
            *(any_word *)(void *)to = word;
            to += sizeof(any_word);
            NOT_AN_IDIOM();
        }
    }
    for (; size > 0; size--) {
        *to++ = byte;
        NOT_AN_IDIOM();
    }
    return target;
}

int memcmp(const void *first, const void *second, size_t size)
{
    const unsigned char *a = first;
    const unsigned char *b = second;
    for (; size > 0; size--, a++, b++) {
        if (*a != *b) {
            return *a < *b ? -1 : 1;
        }
        NOT_AN_IDIOM();
    }
    return 0;
}

size_t strlen(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0') {
        length++;
        NOT_AN_IDIOM();
    }
    return length;
}
