package qcc.gap8;

/**
 * How a core reaches data: L1, L2 and the registers of devices, with what each access costs beyond the cycle of its
 * instruction. Data in L1 and L2 may have any address; device registers are whole words.
 */
final class DataPort {
    private final Core core;
    private final Memory memory;
    private final Banks banks;
    private final Devices devices;
    private final int l1Cost;
    private final int l2Cost;
    private long contention;

    DataPort(Core core, Memory memory, Banks banks, Devices devices) {
        this.core = core;
        this.memory = memory;
        this.banks = banks;
        this.devices = devices;
        l1Cost = core.isFabricController() ? Timing.REMOTE_ACCESS : 0;
        l2Cost = core.isFabricController() ? 0 : Timing.REMOTE_ACCESS;
    }

    /** Cycles that this core has waited for banks that others used. */
    long contention() {
        return contention;
    }

    int loadWord(int address) {
        int index = index(address, 4, Timing.MISALIGNED_LOAD);
        return index >= 0 ? memory.word(index) : device(address, 4, false).read(core, address);
    }

    int loadHalfword(int address) {
        int index = index(address, 2, Timing.MISALIGNED_LOAD);
        return index >= 0 ? memory.halfword(index) : device(address, 2, false).read(core, address);
    }

    int loadByte(int address) {
        int index = index(address, 1, 0);
        return index >= 0 ? memory.signedByte(index) : device(address, 1, false).read(core, address);
    }

    void storeWord(int address, int value) {
        int index = index(address, 4, Timing.MISALIGNED_STORE);
        if (index >= 0) {
            memory.setWord(index, value);
        } else {
            device(address, 4, true).write(core, address, value);
        }
    }

    void storeHalfword(int address, int value) {
        int index = index(address, 2, Timing.MISALIGNED_STORE);
        if (index >= 0) {
            memory.setHalfword(index, value);
        } else {
            device(address, 2, true).write(core, address, value);
        }
    }

    void storeByte(int address, int value) {
        int index = index(address, 1, 0);
        if (index >= 0) {
            memory.setByte(index, value);
        } else {
            device(address, 1, true).write(core, address, value);
        }
    }

    /** The index in the memory, or -1 for what is not there. */
    private int index(int address, int size, int misaligned) {
        boolean split = (address & 3) + size > 4;
        if (Memory.isL1(address, size)) {
            int wait = banks.take(address, core.now());
            if (split) {
                wait += banks.take(address + 4, core.now() + wait + 1) + misaligned;
            }
            contention += split ? wait - misaligned : wait;
            core.spend(wait + l1Cost);
            return Memory.L2_SIZE + address - Memory.L1_BASE;
        }
        if (Memory.isL2(address, size)) {
            core.spend(split ? misaligned + l2Cost : l2Cost);
            return address - Memory.L2_BASE;
        }
        return -1;
    }

    private Devices device(int address, int size, boolean write) {
        if (!Devices.has(address)) {
            throw Stop.fault((write ? "store to " : "load from ") + Memory.hex(address) + ", " + size
                    + (size == 1 ? " byte" : " bytes") + ": neither L1 nor L2 nor a device");
        }
        if (size != 4 || (address & 3) != 0) {
            throw Stop.fault("misuse: the device register at " + Memory.hex(address) + " is a word, accessed by "
                    + size + (size == 1 ? " byte" : " bytes"));
        }
        core.spend(Timing.DEVICE_ACCESS);
        return devices;
    }
}
