/*
 * From reset to main on an Armv7-M core, and what happens on a fault: it is named on the console and the program ends
 * with exit code 100 + exception number (103 HardFault, 104 MemManage, 105 BusFault, 106 UsageFault).
 */
#include <stddef.h>
#include <stdint.h>

#include "qcc_io.h"
#include "qcc_semihosting.h"

int main(void);
void Reset_Handler(void);
void Fault_Handler(void);
void qcc_fault(uint32_t *frame);

/* From linker.ld; only their addresses mean anything. */
extern const uint32_t qcc_data_load[];
extern uint32_t qcc_data_start[];
extern uint32_t qcc_data_end[];
extern uint32_t qcc_bss_start[];
extern uint32_t qcc_bss_end[];
extern uint32_t qcc_stack_top[];

/* System control block. */
#define SCB_ICSR (*(volatile uint32_t *)0xE000ED04u)
#define SCB_CCR (*(volatile uint32_t *)0xE000ED14u)
#define SCB_SHCSR (*(volatile uint32_t *)0xE000ED24u)
#define SCB_CFSR (*(volatile uint32_t *)0xE000ED28u)
#define SCB_CPACR (*(volatile uint32_t *)0xE000ED88u)
#define ICSR_VECTACTIVE 0x1FFu
#define CCR_UNALIGN_TRP (1u << 3)
#define CCR_DIV_0_TRP (1u << 4)
#define SHCSR_MEMFAULTENA (1u << 16)
#define SHCSR_BUSFAULTENA (1u << 17)
#define SHCSR_USGFAULTENA (1u << 18)
#define CPACR_CP10_CP11 (15u << 20)

#define EXIT_CODE_OF_EXCEPTIONS 100
#define HARD_FAULT 3u
#define FRAME_R0 0
#define FRAME_RETURN_ADDRESS 6

typedef void (*handler)(void);

struct vectors {
    uint32_t *initial_stack;
    handler handlers[15];
};

extern const struct vectors qcc_vectors;

/* The system exceptions, by number from 1. No interrupt is ever enabled, so the table ends with them. */
__attribute__((section(".isr_vector"), used))
const struct vectors qcc_vectors = {
    qcc_stack_top,
    {
        Reset_Handler,
        Fault_Handler, /* NMI */
        Fault_Handler, /* HardFault */
        Fault_Handler, /* MemManage */
        Fault_Handler, /* BusFault */
        Fault_Handler, /* UsageFault */
        NULL, NULL, NULL, NULL,
        Fault_Handler, /* SVCall */
        Fault_Handler, /* DebugMonitor */
        NULL,
        Fault_Handler, /* PendSV */
        Fault_Handler  /* SysTick */
    }
};

static __attribute__((noinline)) void start(void)
{
    const uint32_t *from = qcc_data_load;
    for (uint32_t *to = qcc_data_start; to != qcc_data_end; to++) {
        *to = *from++;
    }
    for (uint32_t *to = qcc_bss_start; to != qcc_bss_end; to++) {
        *to = 0;
    }
    /* Otherwise all of them arrive as HardFault, and a division by zero gives 0 in silence. */
    SCB_SHCSR |= SHCSR_MEMFAULTENA | SHCSR_BUSFAULTENA | SHCSR_USGFAULTENA;
    SCB_CCR |= CCR_DIV_0_TRP;
#ifndef __ARM_FEATURE_UNALIGNED
    /* Code for a core without unaligned access may run on another one, in an emulator: it shall fault there, too. */
    SCB_CCR |= CCR_UNALIGN_TRP;
#endif
    qcc_io_exit(main());
}

/* Where the core has vector registers, nothing that the compiler may vectorise can run before they are enabled. */
void Reset_Handler(void)
{
#ifdef __ARM_FEATURE_MVE
    SCB_CPACR |= CPACR_CP10_CP11;
    __asm__ volatile("dsb\n\tisb" : : : "memory");
#endif
    start();
}

/* The core has pushed the registers of the faulting code; hand on where, before C code moves the stack pointer. */
__attribute__((naked)) void Fault_Handler(void)
{
    __asm__ volatile("mrs r0, msp\n\t"
                     "b qcc_fault");
}

static void print_hex(uint32_t value)
{
    char text[] = "0x00000000";
    for (int i = 9; i >= 2; i--) {
        text[i] = "0123456789abcdef"[value & 15u];
        value >>= 4;
    }
    qcc_io_print(text);
}

static const char *name_of(uint32_t exception)
{
    switch (exception) {
    case 3:
        return "HardFault";
    case 4:
        return "MemManage";
    case 5:
        return "BusFault";
    case 6:
        return "UsageFault";
    default:
        return "unexpected exception";
    }
}

/* Whether nobody has answered a breakpoint of semihosting. Only what lies in flash may be looked at. */
static int is_unanswered(uint32_t exception, uint32_t address)
{
    return exception == HARD_FAULT && address >= (uint32_t)&qcc_vectors && address < (uint32_t)qcc_data_load
        && *(const uint16_t *)address == QCC_SEMIHOSTING_BREAKPOINT;
}

/* frame: r0-r3, r12, lr, return address, xPSR, as the core pushed them. */
__attribute__((used)) void qcc_fault(uint32_t *frame)
{
    const uint32_t exception = SCB_ICSR & ICSR_VECTACTIVE;
    if (is_unanswered(exception, frame[FRAME_RETURN_ADDRESS])) {
        frame[FRAME_R0] = UINT32_MAX;
        frame[FRAME_RETURN_ADDRESS] += sizeof(uint16_t);
        return;
    }
    qcc_io_print("\nqcc: ");
    qcc_io_print(name_of(exception));
    qcc_io_print(" at ");
    print_hex(frame[FRAME_RETURN_ADDRESS]);
    qcc_io_print(", CFSR ");
    print_hex(SCB_CFSR);
    qcc_io_print("\n");
    qcc_io_exit(EXIT_CODE_OF_EXCEPTIONS + (int)exception);
}
