/* Text by semihosting. */
#include "qcc_io.h"

#include "qcc_semihosting.h"

void qcc_io_print(const char *text)
{
    (void)qcc_semihost(QCC_SYS_WRITE0, text);
}
