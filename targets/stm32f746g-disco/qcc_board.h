/*
 * STM32F746G-DISCO: USART1 on PA9, the virtual COM port, with the clock of the reset: HSI, 16 MHz.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_stm32_gpio.h"

#define QCC_UART_ADDRESS 0x40011000u
#define QCC_UART_CLOCK 16000000u
#define QCC_UART_SCALE 1u

/* Clocks and pin of the UART. */
static inline void qcc_uart_connect(void)
{
    QCC_REGISTER(0x40023830u) |= 1u << 0; /* RCC_AHB1ENR: port A */
    QCC_REGISTER(0x40023844u) |= 1u << 4; /* RCC_APB2ENR: USART1 */
    qcc_stm32_alternate(0x40020000u, 9u, 7u);
}

#include "qcc_stm32_usart_v2.h"


#endif
