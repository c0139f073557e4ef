package qcc.gap8;

/** The instructions of RV32M that take longer than one cycle. */
final class Multiplier {
    private Multiplier() {
    }

    /** The upper half of a product. */
    static int high(Op op, int a, int b) {
        long left = op == Op.MULHU ? Integer.toUnsignedLong(a) : a;
        long right = op == Op.MULH ? b : Integer.toUnsignedLong(b);
        return (int) (left * right >> 32);
    }

    /** A quotient or remainder; RISC-V defines what a division by zero gives. */
    static int divide(Op op, int a, int b) {
        if (b == 0) {
            return op == Op.DIV || op == Op.DIVU ? -1 : a;
        }
        return switch (op) {
            case DIV -> a / b;
            case DIVU -> Integer.divideUnsigned(a, b);
            case REM -> a % b;
            default -> Integer.remainderUnsigned(a, b);
        };
    }
}
