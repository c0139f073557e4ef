package qcc.gap8;

import java.util.Locale;
import java.util.Random;

/**
 * A program in assembler, of random instructions of RV32IMC that do the same wherever it is linked to. After every block
 * it prints all registers and what is in its scratch memory, each block as a line of hexadecimal digits.
 */
final class RandomProgram {
    private static final int SCRATCH = 256;
    private static final int INSTRUCTIONS = 120;
    private static final String[] REGISTER = {"add", "sub", "sll", "slt", "sltu", "xor", "srl", "sra", "or", "and",
        "mul", "mulh", "mulhsu", "mulhu", "div", "divu", "rem", "remu"};
    private static final String[] IMMEDIATE = {"addi", "slti", "sltiu", "xori", "ori", "andi"};
    private static final String[] SHIFT = {"slli", "srli", "srai"};
    private static final String[] BRANCH = {"beq", "bne", "blt", "bge", "bltu", "bgeu"};
    private static final String[] COMPRESSED = {"c.sub", "c.xor", "c.or", "c.and"};
    private static final int[] EDGES = {0, 1, -1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFF, 0x8000, -0x8000, 31, 32};

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int label;

    RandomProgram(Random random) {
        this.random = random;
    }

    String source(int blocks) {
        text.append("""
                .section .text.start, "ax"
                .globl _start
                _start:
                    csrr a0, mhartid
                    bnez a0, park
                """);
        for (int block = 0; block < blocks; block++) {
            // sp and s1 point to the scratch memory throughout; behind it, the registers are left.
            line("la sp, scratch");
            line("mv s1, sp");
            for (int register = 1; register < 32; register++) {
                if (register != 2 && register != 9) {
                    line("li x%d, %d", register, random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)]
                            : random.nextInt() >> random.nextInt(32));
                }
            }
            for (int i = 0; i < INSTRUCTIONS; i++) {
                instruction();
            }
            for (int register = 1; register < 32; register++) {
                if (register != 2 && register != 9) {
                    line("sw x%d, %d(sp)", register, SCRATCH + 4 * register);
                }
            }
            line("call print");
        }
        text.append(String.format(Locale.ROOT, END, SCRATCH + 128, SCRATCH + 128));
        return text.toString();
    }

    private static final String END = """
                li a0, 0
                la sp, qcc_stack_top
                call qcc_io_exit
            park:
                j park
            print:
                la t0, return
                sw ra, 0(t0)
                la sp, qcc_stack_top
                la t0, scratch
                addi t1, t0, %d
                la t2, line
            1:  lbu t3, 0(t0)
                addi t0, t0, 1
                srli t4, t3, 4
                andi t3, t3, 15
                addi t4, t4, 'A'
                addi t3, t3, 'A'
                sb t4, 0(t2)
                sb t3, 1(t2)
                addi t2, t2, 2
                bne t0, t1, 1b
                li t3, 10
                sb t3, 0(t2)
                la a0, line
                call qcc_io_print
                lw ra, return
                ret
            .section .data.test, "aw"
            .balign 16
            scratch: .fill %d, 1, 0x5A
            line:   .fill 1024, 1, 0
            return: .word 0
            """;

    private void instruction() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> line("%s %s, %s, %s", pick(REGISTER), any(), any(), any());
            case 4, 5 -> line("%s %s, %s, %d", pick(IMMEDIATE), any(), any(), random.nextInt(4096) - 2048);
            case 6 -> line("%s %s, %s, %d", pick(SHIFT), any(), any(), random.nextInt(32));
            case 7 -> line("lui %s, %d", any(), random.nextInt(1 << 20));
            case 8 -> line("%s %s, %d(%s)", pick("lb", "lh", "lw", "lbu", "lhu"), any(), random.nextInt(SCRATCH - 4),
                    base());
            case 9 -> line("%s %s, %d(%s)", pick("sb", "sh", "sw"), any(), random.nextInt(SCRATCH - 4), base());
            case 10 -> line("%s %s, %d(%s)", pick("lw", "sw"), low(), 4 * random.nextInt(32), base());
            case 11 -> compressed();
            case 12, 13 -> branch();
            case 14 -> jump();
            default -> {
                line("addi sp, sp, -32");
                line("addi %s, sp, 16", low());
                line("c.addi16sp sp, 32");
                // What depends on an address must not remain.
                line("li a0, 1; li a1, 2; li a2, 3; li a3, 4; li a4, 5; li a5, 6; li s0, 7");
            }
        }
    }

    private void compressed() {
        switch (random.nextInt(9)) {
            case 0 -> line("%s %s, %s", pick(COMPRESSED), low(), low());
            case 1 -> line("c.addi %s, %d", nonZero(), oneOf(-32, 31));
            case 2 -> line("c.li %s, %d", nonZero(), random.nextInt(64) - 32);
            case 3 -> line("c.lui %s, %d", nonZero(), random.nextBoolean() ? 1 + random.nextInt(31)
                    : 0xFFFFF - random.nextInt(32));
            case 4 -> line("%s %s, %d", pick("c.srli", "c.srai"), low(), 1 + random.nextInt(31));
            case 5 -> line("c.slli %s, %d", nonZero(), 1 + random.nextInt(31));
            case 6 -> line("c.andi %s, %d", low(), random.nextInt(64) - 32);
            case 7 -> line("c.mv %s, %s", nonZero(), nonZero());
            default -> line("c.add %s, %s", nonZero(), nonZero());
        }
    }

    private void branch() {
        int target = label++;
        if (random.nextBoolean()) {
            line("%s %s, %s, .Lb%d", pick(BRANCH), any(), any(), target);
        } else {
            line("%s %s, .Lb%d", pick("c.beqz", "c.bnez"), low(), target);
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            line("%s %s, %s, %s", pick(REGISTER), any(), any(), any());
        }
        text.append(".Lb").append(target).append(":\n");
    }

    /** Jumps over an instruction; of the link, the distance to the target remains. */
    private void jump() {
        int target = label++;
        String link = nonZero();
        String other = link.equals("x7") ? "x6" : "x7";
        switch (random.nextInt(4)) {
            case 0 -> line("jal %s, .Lb%d", link, target);
            case 1 -> line("c.j .Lb%d", target);
            case 2 -> line("c.jal .Lb%d", target);
            default -> {
                line("la %s, .Lb%d + 1", other, target);
                line("jalr %s, 0(%s)", link, other);
            }
        }
        line("addi %s, %s, 77", link, link);
        text.append(".Lb").append(target).append(":\n");
        line("auipc %s, 0", other);
        line("sub %s, %s, %s", link, other, link);
        line("sub ra, %s, ra", other);
        line("li ra, 5; li %s, 6", other);
        line("slli %s, %s, 24", link, link);
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    /** A number from low to high, but not 0. */
    private int oneOf(int low, int high) {
        int number = low + random.nextInt(high - low + 1);
        return number == 0 ? oneOf(low, high) : number;
    }

    private String base() {
        return pick("sp", "s1");
    }

    /** A register that may be written: not sp and s1, nor gp, which the linker thinks it knows. */
    private String any() {
        int register = random.nextInt(32);
        return register == 2 || register == 3 || register == 9 ? any() : "x" + register;
    }

    private String nonZero() {
        String register = any();
        return register.equals("x0") ? nonZero() : register;
    }

    /** One of those that most compressed instructions can name. */
    private String low() {
        int register = 8 + random.nextInt(8);
        return register == 9 ? low() : "x" + register;
    }

    private void line(String format, Object... values) {
        text.append("    ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
