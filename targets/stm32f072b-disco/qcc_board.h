/*
 * 32F072BDISCOVERY: USART1 on PA9, with the clock of the reset: HSI, 8 MHz.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_stm32_gpio.h"

#define QCC_UART_ADDRESS 0x40013800u
#define QCC_UART_CLOCK 8000000u
#define QCC_UART_SCALE 1u

/* Clocks and pin of the UART. */
static inline void qcc_uart_connect(void)
{
    QCC_REGISTER(0x40021014u) |= 1u << 17; /* RCC_AHBENR: port A */
    QCC_REGISTER(0x40021018u) |= 1u << 14; /* RCC_APB2ENR: USART1 */
    qcc_stm32_alternate(0x48000000u, 9u, 1u);
}

#include "qcc_stm32_usart_v2.h"


#endif
