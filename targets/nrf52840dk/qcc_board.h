/*
 * nRF52840 DK: UARTE0 on P0.06, the virtual COM port; registers of the product specification, chapter "UARTE". It runs
 * from the 16 MHz of the reset.
 */
#ifndef QCC_BOARD_H
#define QCC_BOARD_H

#include "qcc_register.h"

#define QCC_UART(offset) QCC_REGISTER(0x40002000u + (offset))
#define QCC_UART_STARTTX QCC_UART(0x008u)
#define QCC_UART_ENDTX QCC_UART(0x120u)
#define QCC_UART_ENABLE QCC_UART(0x500u)
#define QCC_UART_PSELTXD QCC_UART(0x50Cu)
#define QCC_UART_BAUDRATE QCC_UART(0x524u)
#define QCC_UART_TXD_PTR QCC_UART(0x544u)
#define QCC_UART_TXD_MAXCNT QCC_UART(0x548u)
#define QCC_TX_PIN 6u

static inline void qcc_uart_start(void)
{
    QCC_REGISTER(0x50000508u) = 1u << QCC_TX_PIN; /* P0.OUTSET: the line rests high */
    QCC_REGISTER(0x50000518u) = 1u << QCC_TX_PIN; /* P0.DIRSET */
    QCC_UART_PSELTXD = QCC_TX_PIN;
    QCC_UART_BAUDRATE = 0x01D7E000u; /* 115200 */
    QCC_UART_ENABLE = 8u;
}

static inline void qcc_uart_put(uint8_t byte)
{
    /* The DMA reads RAM only, where not every stack lies. */
    static volatile uint8_t out;
    out = byte;
    QCC_UART_TXD_PTR = (uint32_t)&out;
    QCC_UART_TXD_MAXCNT = 1u;
    QCC_UART_ENDTX = 0u;
    QCC_UART_STARTTX = 1u;
    while (QCC_UART_ENDTX == 0u) {
        /* The byte is on its way. */
    }
}

#endif
