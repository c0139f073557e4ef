/*
 * The USART and LPUART of STM32F0, F3, F7, L4 and L5: registers of reference manual RM0438, chapter "USART registers".
 * The board's header defines QCC_UART_ADDRESS, QCC_UART_CLOCK in Hz, QCC_UART_SCALE (256 for an LPUART, else 1), and
 * qcc_uart_connect.
 */
#ifndef QCC_STM32_USART_V2_H
#define QCC_STM32_USART_V2_H

#include "qcc_register.h"

#define QCC_USART_CR1 QCC_REGISTER(QCC_UART_ADDRESS + 0x00u)
#define QCC_USART_BRR QCC_REGISTER(QCC_UART_ADDRESS + 0x0Cu)
#define QCC_USART_ISR QCC_REGISTER(QCC_UART_ADDRESS + 0x1Cu)
#define QCC_USART_TDR QCC_REGISTER(QCC_UART_ADDRESS + 0x28u)
#define QCC_USART_CR1_UE (1u << 0)
#define QCC_USART_CR1_TE (1u << 3)
#define QCC_USART_ISR_TXE (1u << 7)

static inline void qcc_uart_start(void)
{
    qcc_uart_connect();
    QCC_USART_BRR = (QCC_UART_CLOCK * QCC_UART_SCALE + QCC_BAUD / 2u) / QCC_BAUD;
    QCC_USART_CR1 = QCC_USART_CR1_UE | QCC_USART_CR1_TE;
}

static inline void qcc_uart_put(uint8_t byte)
{
    while ((QCC_USART_ISR & QCC_USART_ISR_TXE) == 0) {
        /* The last byte is still on its way. */
    }
    QCC_USART_TDR = byte;
}

#endif
