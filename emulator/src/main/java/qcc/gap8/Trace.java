package qcc.gap8;

import java.io.PrintStream;

/**
 * Prints a line for every instruction: cycle, core, place, what it is with its registers and immediate in the order d, s,
 * t, i, and the register that it leaves.
 */
final class Trace implements Observer {
    private final PrintStream out;
    private final Code code;
    private final Symbols symbols;

    Trace(PrintStream out, Code code, Symbols symbols) {
        this.out = out;
        this.code = code;
        this.symbols = symbols;
    }

    @Override
    public void executed(Core core, int pc, int slot, int cost) {
        long begin = core.isAsleep() ? core.now() - cost + 1 : core.end() - cost;
        out.printf("%10d %-6s %08x %-28s %s%s%n", begin, core.isFabricController() ? "fabric" : "core " + core.number(),
                pc, symbols.place(pc), instruction(slot), result(core, slot));
    }

    private String instruction(int slot) {
        Op op = code.op(slot);
        int fields = code.fields(slot);
        StringBuilder text = new StringBuilder(op.mnemonic());
        if (op.format().isVector()) {
            text.append(switch (fields >>> 18 & 3) {
                case Code.SCALAR -> ".sc";
                case Code.IMMEDIATE -> ".sci";
                default -> "";
            }).append(fields >>> 20 == 8 ? ".b" : ".h");
        }
        if (code.written(slot) != 0 || op.format().reads('d')) {
            text.append(" x").append(fields & 31);
        }
        if (op.format().reads('s')) {
            text.append(" x").append(fields >>> 5 & 31);
        }
        if (op.format().reads('t') && (fields >>> 18 & 3) != Code.IMMEDIATE) {
            text.append(" x").append(fields >>> 10 & 31);
        }
        return text + (code.immediate(slot) == 0 ? "" : " " + code.immediate(slot));
    }

    private String result(Core core, int slot) {
        int written = code.written(slot);
        return written == 0 || core.isAsleep() ? ""
                : String.format("  x%d = %s", written, Memory.hex(core.register(written)));
    }
}
