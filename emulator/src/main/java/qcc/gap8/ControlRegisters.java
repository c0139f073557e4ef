package qcc.gap8;

/** The control and status registers that firmware without interrupts needs: identity, and counters of the core. */
final class ControlRegisters {
    private static final int MHARTID = 0xF14;
    /** The cluster of the fabric controller, as {@code mhartid} has it above the number of the core. */
    private static final int FABRIC_CLUSTER = 31 << 5;

    private ControlRegisters() {
    }

    /** What mhartid holds: 0 to 7 in the cluster, 0x3E0 in the fabric controller. */
    static int hartId(Core core) {
        return core.isFabricController() ? FABRIC_CLUSTER : core.number();
    }

    /**
     * Reads a register; the instructions are those before the one that reads.
     *
     * @param reads whether the instruction only reads, as csrrs with x0 does
     * @throws Stop when there is no such register, or when it would be written
     */
    static int access(Op op, Core core, int number, boolean reads) {
        if (!reads || op == Op.CSRRW || op == Op.CSRRWI) {
            throw Stop.fault(String.format("control register 0x%03x is written; those of this model can only be read",
                    number));
        }
        return switch (number) {
            case MHARTID -> hartId(core);
            case 0xB00, 0xC00, 0xC01 -> (int) core.now();
            case 0xB80, 0xC80, 0xC81 -> (int) (core.now() >>> 32);
            case 0xB02, 0xC02 -> (int) (core.instructions() - 1);
            case 0xB82, 0xC82 -> (int) (core.instructions() - 1 >>> 32);
            default -> throw Stop.fault(String.format("there is no control register 0x%03x in this model", number));
        };
    }
}
