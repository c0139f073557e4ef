package qcc.gap8;

import java.math.BigInteger;

/** Products and quotients of RV32M, which XpulpV2's list has as its own, stated with unbounded numbers. */
final class RiscvDefinition {
    private RiscvDefinition() {
    }

    static long multiply(String name, int s, int t) {
        BigInteger a = BigInteger.valueOf(name.matches(".*(mulhu|divu|remu)") ? Integer.toUnsignedLong(s) : s);
        BigInteger b = BigInteger.valueOf(name.matches(".*(mulhu|mulhsu|divu|remu)") ? Integer.toUnsignedLong(t) : t);
        boolean zero = b.signum() == 0;
        return switch (name) {
            case "p.mul" -> a.multiply(b).intValue();
            case "p.mulh", "p.mulhu", "p.mulhsu" -> a.multiply(b).shiftRight(32).intValue();
            case "p.div", "p.divu" -> zero ? -1 : a.divide(b).intValue();
            case "p.rem", "p.remu" -> zero ? s : a.remainder(b).intValue();
            default -> throw new IllegalArgumentException("no definition of " + name);
        };
    }
}
