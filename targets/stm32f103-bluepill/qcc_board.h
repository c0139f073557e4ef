/*
 * Boards with an STM32F103C8, such as the Blue Pill: USART1 on PA9, with the clock of the reset: HSI, 8 MHz.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_register.h"

#define QCC_UART_ADDRESS 0x40013800u
#define QCC_UART_CLOCK 8000000u

/* Clocks and pin of the UART. */
static inline void qcc_uart_connect(void)
{
    QCC_REGISTER(0x40021018u) |= (1u << 2) | (1u << 14);         /* RCC_APB2ENR: port A, USART1 */
    qcc_set_field(&QCC_REGISTER(0x40010804u), 4u, 9u - 8u, 0xBu); /* GPIOA_CRH: push-pull, alternate function */
}

#include "qcc_stm32_usart_v1.h"


#endif
