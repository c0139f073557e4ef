package qcc.gap8;

/** One core: its registers, and the execution of one instruction after the other. */
final class Core {
    /** The number of the fabric controller; the cores of the cluster are 0 to 7. */
    static final int FABRIC_CONTROLLER = 8;
    /** The time of the next instruction of a core that waits for an event. */
    static final long ASLEEP = Long.MAX_VALUE;

    private final int number;
    private final Machine machine;
    private final Code code;
    private final DataPort port;
    private final HardwareLoops loops;
    private final int[] x = new int[32];
    private int pc;
    /** The cycle in which the next instruction begins. */
    private long time;
    /** The cycle in which the instruction began that put the core to sleep. */
    private long asleepSince;
    /** What the instruction that is being executed takes. */
    private int cost;
    private long instructions;
    private long activeCycles;
    /** Registers that have their new value too late for the next instruction. */
    private int late;
    /** The slot of the instruction before. */
    private int before;
    /** The register that gets what the core waits for; 0 for none. */
    private int awaited;
    private String waitsFor = "";

    Core(int number, Machine machine, int entry) {
        this.number = number;
        this.machine = machine;
        this.code = machine.code();
        this.port = new DataPort(this, machine.memory(), machine.banks(), machine.devices());
        this.loops = new HardwareLoops(code);
        this.pc = entry;
        this.before = -1;
    }

    /**
     * Executes the next instruction.
     *
     * @throws Stop when it must not be executed; the program counter still points at it
     */
    void step() {
        int at = pc;
        int slot = code.slot(at);
        int fields = code.fields(slot);
        int next = at + Code.size(fields);
        cost = (late & code.reads(slot)) != 0 ? 1 + Timing.LATE_RESULT : 1;
        late = code.late(slot);
        instructions++;
        next = execute(code.op(slot), at, slot, fields, next);
        x[0] = 0;
        if (loops.isEnd(at)) {
            next = loops.after(at, next);
        }
        before = slot;
        pc = next;
        activeCycles += cost;
        machine.executed(this, at, slot, cost);
        if (time != ASLEEP) {
            time += cost;
        }
    }

    private int execute(Op op, int at, int slot, int fields, int next) {
        int d = fields & 31;
        int s = fields >>> 5 & 31;
        int a = x[s];
        int b = x[fields >>> 10 & 31];
        int i = code.immediate(slot);
        switch (op) {
            case LUI -> x[d] = i;
            case AUIPC -> x[d] = at + i;
            case ADDI -> x[d] = a + i;
            case SLTI -> x[d] = a < i ? 1 : 0;
            case SLTIU -> x[d] = Integer.compareUnsigned(a, i) < 0 ? 1 : 0;
            case XORI -> x[d] = a ^ i;
            case ORI -> x[d] = a | i;
            case ANDI -> x[d] = a & i;
            case SLLI -> x[d] = a << i;
            case SRLI -> x[d] = a >>> i;
            case SRAI -> x[d] = a >> i;
            case ADD -> x[d] = a + b;
            case SUB -> x[d] = a - b;
            case SLL -> x[d] = a << b;
            case SLT -> x[d] = a < b ? 1 : 0;
            case SLTU -> x[d] = Integer.compareUnsigned(a, b) < 0 ? 1 : 0;
            case XOR -> x[d] = a ^ b;
            case SRL -> x[d] = a >>> b;
            case SRA -> x[d] = a >> b;
            case OR -> x[d] = a | b;
            case AND -> x[d] = a & b;
            case MUL -> x[d] = a * b;
            case BEQ -> next = branch(a == b, at, i, next);
            case BNE -> next = branch(a != b, at, i, next);
            case BLT -> next = branch(a < b, at, i, next);
            case BGE -> next = branch(a >= b, at, i, next);
            case BLTU -> next = branch(Integer.compareUnsigned(a, b) < 0, at, i, next);
            case BGEU -> next = branch(Integer.compareUnsigned(a, b) >= 0, at, i, next);
            case P_BEQIMM -> next = branch(a == immediate5(fields), at, i, next);
            case P_BNEIMM -> next = branch(a != immediate5(fields), at, i, next);
            case JAL -> {
                x[d] = next;
                next = at + i;
                cost += Timing.JUMP;
            }
            case JALR -> {
                cost += Timing.JUMP;
                if (before >= 0 && s != 0 && code.written(before) == s) {
                    cost += Timing.JUMP_TO_LATE_REGISTER;
                }
                x[d] = next;
                next = a + i & ~1;
            }
            case LB -> x[d] = port.loadByte(a + i);
            case LH -> x[d] = port.loadHalfword(a + i);
            case LW, P_ELW -> load(d, a + i);
            case LBU -> x[d] = port.loadByte(a + i) & 0xFF;
            case LHU -> x[d] = port.loadHalfword(a + i) & 0xFFFF;
            case SB -> port.storeByte(a + i, b);
            case SH -> port.storeHalfword(a + i, b);
            case SW -> port.storeWord(a + i, b);
            case LW_POST -> {
                x[d] = port.loadWord(a);
                x[s] = a + i;
            }
            case PV_SDOTSP -> x[d] += (fields >>> 18) == (Code.LANES | 8 << 2)
                    ? (byte) a * (byte) b + (byte) (a >> 8) * (byte) (b >> 8)
                    + (byte) (a >> 16) * (byte) (b >> 16) + (a >> 24) * (b >> 24)
                    : VectorUnit.apply(Op.PV_DOTSP, fields >>> 20, false, a, operand(fields, b, i), 0);
            case LP_SETUP -> loops.setUp(d, next, at + i, a);
            case LP_SETUPI -> loops.setUp(d, next, at + (i & 0xFFFF), i >>> 16);
            default -> executeRarer(op, at, slot, fields, a, b);
        }
        return next;
    }

    /** Instructions that do not set the program counter and are not among the most frequent ones. */
    private void executeRarer(Op op, int at, int slot, int fields, int a, int b) {
        int d = fields & 31;
        int s = fields >>> 5 & 31;
        int i = code.immediate(slot);
        switch (op) {
            case LB_POST -> incremented(d, port.loadByte(a), s, a + i);
            case LH_POST -> incremented(d, port.loadHalfword(a), s, a + i);
            case LBU_POST -> incremented(d, port.loadByte(a) & 0xFF, s, a + i);
            case LHU_POST -> incremented(d, port.loadHalfword(a) & 0xFFFF, s, a + i);
            case LB_REG -> x[d] = port.loadByte(a + b);
            case LH_REG -> x[d] = port.loadHalfword(a + b);
            case LW_REG -> load(d, a + b);
            case LBU_REG -> x[d] = port.loadByte(a + b) & 0xFF;
            case LHU_REG -> x[d] = port.loadHalfword(a + b) & 0xFFFF;
            case LB_REG_POST -> incremented(d, port.loadByte(a), s, a + b);
            case LH_REG_POST -> incremented(d, port.loadHalfword(a), s, a + b);
            case LW_REG_POST -> incremented(d, port.loadWord(a), s, a + b);
            case LBU_REG_POST -> incremented(d, port.loadByte(a) & 0xFF, s, a + b);
            case LHU_REG_POST -> incremented(d, port.loadHalfword(a) & 0xFFFF, s, a + b);
            case SB_REG -> port.storeByte(a + x[d], b);
            case SH_REG -> port.storeHalfword(a + x[d], b);
            case SW_REG -> port.storeWord(a + x[d], b);
            case SB_POST, SB_REG_POST -> {
                port.storeByte(a, b);
                x[s] = a + (op == Op.SB_POST ? i : x[d]);
            }
            case SH_POST, SH_REG_POST -> {
                port.storeHalfword(a, b);
                x[s] = a + (op == Op.SH_POST ? i : x[d]);
            }
            case SW_POST, SW_REG_POST -> {
                port.storeWord(a, b);
                x[s] = a + (op == Op.SW_POST ? i : x[d]);
            }
            case MULH, MULHU, MULHSU -> {
                x[d] = Multiplier.high(op, a, b);
                cost += Timing.MULTIPLY_HIGH;
            }
            case DIV, DIVU, REM, REMU -> {
                x[d] = Multiplier.divide(op, a, b);
                cost += op == Op.DIV || op == Op.REM ? Timing.division(b) : Timing.unsignedDivision(b);
            }
            case LP_STARTI -> loops.setStart(d, at + i);
            case LP_ENDI -> loops.setEnd(d, at + i);
            case LP_COUNT -> loops.setCount(d, a);
            case LP_COUNTI -> loops.setCount(d, i);
            case CSRRW, CSRRS, CSRRC, CSRRWI, CSRRSI, CSRRCI ->
                x[d] = ControlRegisters.access(op, this, i, s == 0);
            case FENCE -> {
            }
            case FENCE_I -> code.forget();
            case EBREAK -> x[10] = machine.semihosting().call(at, x[10], x[11]);
            case ECALL -> throw Stop.fault("ecall: there is no operating system");
            case WFI -> throw Stop.fault("wfi: there are no interrupts; wait with the event unit");
            default -> x[d] = (fields >>> 18 & 3) == Code.NO_LANES
                    ? BitUnit.apply(op, a, b, x[d], i)
                    : VectorUnit.apply(op, fields >>> 20, (fields >>> 18 & 3) == Code.IMMEDIATE, a,
                            operand(fields, b, i), x[d]);
        }
    }

    private int branch(boolean taken, int at, int offset, int next) {
        if (taken) {
            cost += Timing.TAKEN_BRANCH;
            return at + offset;
        }
        return next;
    }

    /** A load of a word; from a device it may put the core to sleep until there is something to load. */
    private void load(int d, int address) {
        int value = port.loadWord(address);
        if (time == ASLEEP) {
            awaited = d;
        } else {
            x[d] = value;
        }
    }

    private void incremented(int d, int value, int s, int address) {
        x[d] = value;
        x[s] = address;
    }

    /** The second operand of a vector instruction. */
    private static int operand(int fields, int b, int i) {
        return switch (fields >>> 18 & 3) {
            case Code.IMMEDIATE -> i;
            case Code.SCALAR -> fields >>> 20 == 8 ? (b & 0xFF) * 0x01010101 : (b & 0xFFFF) * 0x10001;
            default -> b;
        };
    }

    /** The immediate of 5 bits, with its sign, that is in the place of t. */
    private static int immediate5(int fields) {
        return fields >>> 10 << 27 >> 27;
    }

    /** Waits, from the end of the instruction that is being executed on, for {@link #wake}. */
    void sleep(String reason) {
        asleepSince = time;
        time = ASLEEP;
        awaited = 0;
        waitsFor = reason;
    }

    /** Ends the wait: the next instruction begins at {@code when}, and what was loaded is {@code value}. */
    void wake(long when, int value) {
        time = Math.max(when, asleepSince + 1);
        x[awaited] = value;
        x[0] = 0;
        machine.reschedule();
    }

    boolean isAsleep() {
        return time == ASLEEP;
    }

    String waitsFor() {
        return waitsFor;
    }

    /** More cycles for the instruction that is being executed. */
    void spend(int cycles) {
        cost += cycles;
    }

    /** The cycle in which the instruction that is being executed reaches its data. */
    long now() {
        return (time == ASLEEP ? asleepSince : time) + cost - 1;
    }

    /** The cycle after the instruction that is being executed, as far as its cost is known. */
    long end() {
        return time + cost;
    }

    long time() {
        return time;
    }

    int pc() {
        return pc;
    }

    int number() {
        return number;
    }

    boolean isFabricController() {
        return number == FABRIC_CONTROLLER;
    }

    String name() {
        return isFabricController() ? "fabric controller" : "core " + number;
    }

    long instructions() {
        return instructions;
    }

    /** Cycles in which the core was not asleep. */
    long activeCycles() {
        return activeCycles;
    }

    long contention() {
        return port.contention();
    }

    int register(int index) {
        return x[index];
    }

    void setRegister(int index, int value) {
        x[index] = index == 0 ? 0 : value;
    }
}
