package qcc.emulator;

import java.util.Set;

/**
 * An estimate of what instructions of a Cortex-M core take, in cycles, with memory that never waits. What is not named
 * here takes one.
 *
 * @param load     LDR and its like
 * @param nextLoad the same right behind another one, with which it overlaps
 * @param pair     LDRD and STRD; LDM, STM, PUSH and POP take one more than they move words
 * @param branch   any branch that is taken
 */
public record CycleModel(int load, int nextLoad, int pair, int branch) {
    private static final Set<String> PAIRS = Set.of("ldrd", "strd");

    /** What an instruction takes when it does not branch; operands as QEMU's disassembler writes them. */
    int cycles(String mnemonic, String operands, boolean afterLoad) {
        if (PAIRS.contains(mnemonic)) {
            return pair;
        }
        if (isLoad(mnemonic)) {
            return afterLoad ? nextLoad : load;
        }
        return movesMany(mnemonic) ? 1 + registers(operands) : 1;
    }

    /** Whether it loads one value into a register. */
    static boolean isLoad(String mnemonic) {
        return mnemonic.startsWith("ldr") && !PAIRS.contains(mnemonic);
    }

    private static boolean movesMany(String mnemonic) {
        return mnemonic.startsWith("ldm") || mnemonic.startsWith("stm") || mnemonic.equals("push")
                || mnemonic.equals("pop");
    }

    /** How many registers a list in braces names. */
    private static int registers(String operands) {
        return operands.substring(operands.indexOf('{')).split(",").length;
    }
}
