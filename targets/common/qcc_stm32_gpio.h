/* A pin of an STM32 other than the F1: reference manual RM0090, chapter "GPIO registers". */
#ifndef QCC_STM32_GPIO_H
#define QCC_STM32_GPIO_H

#include "qcc_register.h"

/* Hands a pin, 0 to 15, of the port at an address over to a peripheral, the pin's alternate function, 0 to 15. */
static inline void qcc_stm32_alternate(uint32_t port, uint32_t pin, uint32_t function)
{
    qcc_set_field(&QCC_REGISTER(port + (pin < 8u ? 0x20u : 0x24u)), 4u, pin % 8u, function); /* AFRL, AFRH */
    qcc_set_field(&QCC_REGISTER(port), 2u, pin, 2u);                                         /* MODER */
}

#endif
