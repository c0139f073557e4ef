/*
 * STM32F4DISCOVERY: USART2 on PA2, with the clock of the reset: HSI, 16 MHz.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_stm32_gpio.h"

#define QCC_UART_ADDRESS 0x40004400u
#define QCC_UART_CLOCK 16000000u

/* Clocks and pin of the UART. */
static inline void qcc_uart_connect(void)
{
    QCC_REGISTER(0x40023830u) |= 1u << 0;  /* RCC_AHB1ENR: port A */
    QCC_REGISTER(0x40023840u) |= 1u << 17; /* RCC_APB1ENR: USART2 */
    qcc_stm32_alternate(0x40020000u, 2u, 7u);
}

#include "qcc_stm32_usart_v1.h"


#endif
