/*
 * Carries out the instructions of XpulpV2 that qcc's kernels use (qcc_pulp.h, qcc_base.h) on a core that has none: a trap's
 * handler, which takes the place of the one in startup.c. A hardware loop is left and repeated at its last instruction,
 * which is one of these.
 */
#include <stdint.h>

#include "qcc_io.h"

#define HARTS 8u
#define ILLEGAL_INSTRUCTION 2u
#define TRAP_EXIT_CODE 100

void virt_trap(void);
void virt_execute(uint32_t *x);

/* Loop 0 of each hart. */
static struct {
    uint32_t start, end, count;
} loops[HARTS];

#define EACH_REGISTER(instruction)                                                                            \
    ".irp n,1,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t" instruction \
    " x\\n, 4*\\n(sp)\n\t.endr\n\t"

/* The registers are on the stack while the instruction is carried out; x0 is, too, and x2 as it was. */
__attribute__((naked, used, aligned(4))) void virt_trap(void)
{
    __asm__ volatile("addi sp, sp, -128\n\t" EACH_REGISTER("sw")
                     "sw zero, 0(sp)\n\t"
                     "addi t0, sp, 128\n\t"
                     "sw t0, 8(sp)\n\t"
                     "mv a0, sp\n\t"
                     "call virt_execute\n\t" EACH_REGISTER("lw")
                     "addi sp, sp, 128\n\t"
                     "mret");
}

static int32_t clamp(int32_t value, int32_t low, int32_t high)
{
    return value < low ? low : value > high ? high : value;
}

static int32_t byte(uint32_t word, uint32_t i)
{
    return (int8_t)(uint8_t)(word >> (8u * i));
}

static uint32_t load_word(uint32_t address)
{
    const uint8_t *p = (const uint8_t *)address;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Post-incremented loads of a word by an immediate, of a word and a signed byte by a register. */
static int load(uint32_t word, uint32_t *x, uint32_t rd, uint32_t rs1, uint32_t rs2)
{
    const uint32_t address = x[rs1], kind = word >> 12 & 7u, operation = word >> 25;
    if (kind == 2u) {
        x[rs1] += (uint32_t)((int32_t)word >> 20);
        x[rd] = load_word(address);
    } else if (kind == 7u && operation == 0x10u) {
        x[rs1] += x[rs2];
        x[rd] = load_word(address);
    } else if (kind == 7u && operation == 0x00u) {
        x[rs1] += x[rs2];
        x[rd] = (uint32_t)(int32_t) * (const int8_t *)address;
    } else {
        return 0;
    }
    return 1;
}

/* p.mac, p.clip, p.clipu, p.max, p.min, and p.insert of 8 bits. */
static int scalar(uint32_t operation, uint32_t *x, uint32_t rd, uint32_t rs1, uint32_t rs2)
{
    const int32_t a = (int32_t)x[rs1], b = (int32_t)x[rs2];
    switch (operation) {
        case 0x21u << 3 | 0u: x[rd] += x[rs1] * x[rs2]; return 1;
        case 0x0Au << 3 | 1u: x[rd] = (uint32_t)clamp(a, -(1 << (rs2 - 1u)), (1 << (rs2 - 1u)) - 1); return 1;
        case 0x0Au << 3 | 2u: x[rd] = (uint32_t)clamp(a, 0, (1 << (rs2 - 1u)) - 1); return 1;
        case 0x02u << 3 | 4u: x[rd] = (uint32_t)(a < b ? a : b); return 1;
        case 0x02u << 3 | 6u: x[rd] = (uint32_t)(a > b ? a : b); return 1;
        case 0x67u << 3 | 2u: x[rd] = (x[rd] & ~(0xFFu << rs2)) | (x[rs1] & 0xFFu) << rs2; return 1;
        default: return 0;
    }
}

/* pv.sdotsp.b and pv.max.b. */
static int vector(uint32_t operation, uint32_t *x, uint32_t rd, uint32_t rs1, uint32_t rs2)
{
    const uint32_t a = x[rs1], b = x[rs2];
    uint32_t sum = x[rd], max = 0;
    for (uint32_t i = 0; i < 4u; i++) {
        sum += (uint32_t)(byte(a, i) * byte(b, i));
        max |= (uint32_t)(uint8_t)(byte(a, i) > byte(b, i) ? byte(a, i) : byte(b, i)) << (8u * i);
    }
    if (operation != (0x5Cu << 3 | 1u) && operation != (0x18u << 3 | 1u)) {
        return 0;
    }
    x[rd] = operation == (0x5Cu << 3 | 1u) ? sum : max;
    return 1;
}

/* p.addNr. */
static int sum(uint32_t operation, uint32_t *x, uint32_t rd, uint32_t rs1, uint32_t rs2)
{
    x[rd] = (uint32_t)((int32_t)(x[rd] + x[rs1]) >> (x[rs2] & 31u));
    return operation == (0x20u << 3 | 2u);
}

/* p.sb that moves its pointer on by a register, whose number takes rd's place. */
static int store(uint32_t operation, uint32_t *x, uint32_t step, uint32_t rs1, uint32_t rs2)
{
    *(uint8_t *)x[rs1] = (uint8_t)x[rs2];
    x[rs1] += x[step];
    return operation == (0x00u << 3 | 4u);
}

static int execute(uint32_t word, uint32_t *x, uint32_t pc, uint32_t hart)
{
    const uint32_t rd = word >> 7 & 31u, rs1 = word >> 15 & 31u, rs2 = word >> 20 & 31u;
    const uint32_t operation = (word >> 25) << 3 | (word >> 12 & 7u);
    switch (word & 0x7Fu) {
        case 0x0Bu: return load(word, x, rd, rs1, rs2);
        case 0x2Bu: return store(operation, x, rd, rs1, rs2);
        case 0x33u: return scalar(operation, x, rd, rs1, rs2);
        case 0x57u: return vector(operation, x, rd, rs1, rs2);
        case 0x5Bu: return sum(operation, x, rd, rs1, rs2);
        case 0x7Bu: /* lp.setup 0 */
            loops[hart].start = pc + 4u;
            loops[hart].end = pc + 2u * (word >> 20);
            loops[hart].count = x[rs1];
            return (word >> 12 & 7u) == 4u && rd == 0u;
        default: return 0;
    }
}

void virt_execute(uint32_t *x)
{
    uint32_t cause, pc, hart;
    __asm__ volatile("csrr %0, mcause\n\tcsrr %1, mepc\n\tcsrr %2, mhartid" : "=r"(cause), "=r"(pc), "=r"(hart));
    const uint16_t *halves = (const uint16_t *)pc;
    if (cause != ILLEGAL_INSTRUCTION || !execute(halves[0] | (uint32_t)halves[1] << 16, x, pc, hart)) {
        qcc_io_print("qcc: trap\n");
        qcc_io_exit(TRAP_EXIT_CODE + (int)(cause & 15u));
    }
    x[0] = 0;
    uint32_t next = pc + 4u;
    if (loops[hart].end == pc && loops[hart].count > 1u) {
        loops[hart].count--;
        next = loops[hart].start;
    }
    __asm__ volatile("csrw mepc, %0" : : "r"(next));
}
