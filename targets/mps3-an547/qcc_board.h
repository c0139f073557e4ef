/*
 * Arm MPS3 with FPGA image AN547: UART0, a CMSDK APB UART, through its secure alias; 25 MHz.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_register.h"

#define QCC_UART(offset) QCC_REGISTER(0x59303000u + (offset))
#define QCC_UART_DATA QCC_UART(0x00u)
#define QCC_UART_STATE QCC_UART(0x04u)
#define QCC_UART_CTRL QCC_UART(0x08u)
#define QCC_UART_BAUDDIV QCC_UART(0x10u)
#define QCC_UART_CLOCK 25000000u
#define QCC_UART_STATE_TX_FULL (1u << 0)
#define QCC_UART_CTRL_TX_ENABLE (1u << 0)

static inline void qcc_uart_start(void)
{
    QCC_UART_BAUDDIV = QCC_UART_CLOCK / QCC_BAUD;
    QCC_UART_CTRL = QCC_UART_CTRL_TX_ENABLE;
}

static inline void qcc_uart_put(uint8_t byte)
{
    while ((QCC_UART_STATE & QCC_UART_STATE_TX_FULL) != 0u) {
        /* The last byte is still on its way. */
    }
    QCC_UART_DATA = byte;
}


#endif
