/*
 * Prints the instructions of every layer of one run: a line `layer INDEX INSTRUCTIONS` for each.
 */
#include "qcc_profile.h"

#include "qcc_io.h"
#include "qcc_network.h"
#include "qcc_print.h"

uint32_t qcc_profile_begin;
uint32_t qcc_profile_overhead;

/* The trace's place for one number per layer serves here, too. */
uint32_t *const qcc_profile_ticks = qcc_model_hashes;

#ifdef QCC_LAYER_MARKS
__asm__(".section .text.qcc_marks, \"ax\", %progbits\n"
        ".thumb_func\n.global qcc_marks\nqcc_marks:\n"
        ".rept 4096\n\tbx lr\n.endr\n"
        ".text\n");
#endif

int main(void)
{
    qcc_counter_start();
    QCC_LAYER_BEGIN(0);
    QCC_LAYER_END(0, 0, 0);
    qcc_profile_overhead = qcc_profile_ticks[0];
    qcc_profile_ticks[0] = 0;
    qcc_model.run();
    for (uint32_t i = 0; i < qcc_model.layer_count; i++) {
        qcc_io_print("layer ");
        qcc_print_number(i);
        qcc_io_print(" ");
        qcc_print_number(qcc_counter_instructions(qcc_profile_ticks[i]));
        qcc_io_print("\n");
    }
    return 0;
}
