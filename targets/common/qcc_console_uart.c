/* Text by the board's UART, 115200 baud, 8 bits, no parity, one stop bit. */
#include "qcc_board.h"
#include "qcc_io.h"

/* Not static: an emulator that finds this name takes the text from the UART. */
void qcc_uart_prepare(void);

__attribute__((noinline)) void qcc_uart_prepare(void)
{
    static int prepared;
    if (!prepared) {
        prepared = 1;
        qcc_uart_start();
    }
}

void qcc_io_print(const char *text)
{
    qcc_uart_prepare();
    for (; *text != '\0'; text++) {
        qcc_uart_put((uint8_t)*text);
    }
}
