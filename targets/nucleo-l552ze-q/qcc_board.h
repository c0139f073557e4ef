/*
 * NUCLEO-L552ZE-Q: LPUART1 on PG7, the virtual COM port, with the clock of the reset: MSI, 4 MHz.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_stm32_gpio.h"

#define QCC_UART_ADDRESS 0x40008000u
#define QCC_UART_CLOCK 4000000u
#define QCC_UART_SCALE 256u

/* Clocks and pin of the UART. */
static inline void qcc_uart_connect(void)
{
    QCC_REGISTER(0x40021058u) |= 1u << 28; /* RCC_APB1ENR1: PWR */
    QCC_REGISTER(0x40007004u) |= 1u << 9;  /* PWR_CR2: supply of port G */
    QCC_REGISTER(0x4002104Cu) |= 1u << 6;  /* RCC_AHB2ENR: port G */
    QCC_REGISTER(0x4002105Cu) |= 1u << 0;  /* RCC_APB1ENR2: LPUART1 */
    qcc_stm32_alternate(0x42021800u, 7u, 8u);
}

#include "qcc_stm32_usart_v2.h"


#endif
