/*
 * The USART of STM32F1, F2 and F4: registers of reference manual RM0090, chapter "USART registers".
 * The board's header defines QCC_UART_ADDRESS, QCC_UART_CLOCK in Hz, and qcc_uart_connect.
 */
#ifndef QCC_STM32_USART_V1_H
#define QCC_STM32_USART_V1_H

#include "qcc_register.h"

#define QCC_USART_SR QCC_REGISTER(QCC_UART_ADDRESS + 0x00u)
#define QCC_USART_DR QCC_REGISTER(QCC_UART_ADDRESS + 0x04u)
#define QCC_USART_BRR QCC_REGISTER(QCC_UART_ADDRESS + 0x08u)
#define QCC_USART_CR1 QCC_REGISTER(QCC_UART_ADDRESS + 0x0Cu)
#define QCC_USART_SR_TXE (1u << 7)
#define QCC_USART_CR1_TE (1u << 3)
#define QCC_USART_CR1_UE (1u << 13)

static inline void qcc_uart_start(void)
{
    qcc_uart_connect();
    QCC_USART_BRR = (QCC_UART_CLOCK + QCC_BAUD / 2u) / QCC_BAUD;
    QCC_USART_CR1 = QCC_USART_CR1_UE | QCC_USART_CR1_TE;
}

static inline void qcc_uart_put(uint8_t byte)
{
    while ((QCC_USART_SR & QCC_USART_SR_TXE) == 0) {
        /* The last byte is still on its way. */
    }
    QCC_USART_DR = byte;
}

#endif
