package qcc.gap8;

/**
 * The registers of event unit, DMA, timer and counters. They are not the chip's: the runtime for firmware in {@code
 * targets/gap8} has its own thin layer for them. All are words.
 *
 * <pre>
 * 0x000  R   number of cluster cores
 * 0x010  R   timer: cycles since the start, bits 31..0
 * 0x014  R   timer, bits 63..32 of the moment at which bits 31..0 were read last
 * 0x020  RW  the barrier's team, a bit for each core
 * 0x024  R   arrive at the barrier; the load ends when all of the team have arrived
 * 0x030  RW  the events that the core waits for, its own register
 * 0x034  R   the events of these that were sent, which are taken; the load ends when there are any
 * 0x040  W   + 4 * core: send events to a core, 8 for the fabric controller
 * 0x080  RW  DMA: address in L2         } each core has its own
 * 0x084  RW  DMA: address in L1         }
 * 0x088  RW  DMA: size in bytes         }
 * 0x08C  RW  DMA: bytes of a line in L2 }
 * 0x090  RW  DMA: bytes from line to line in L2 }
 * 0x094  W   DMA: start, 1 for L2 to L1, 0 for L1 to L2
 * 0x094  R   number of the core's last transfer
 * 0x098  W   wait until the transfer of that number has ended
 * 0x100  R   + 8 * core: active cycles, bits 31..0
 * 0x104  R   + 8 * core: instructions, bits 31..0
 * </pre>
 */
final class Devices {
    static final int BASE = 0x1A100000;
    private static final int SIZE = 0x1000;
    private static final int EVENTS = 0x40;
    private static final int DMA = 0x80;
    private static final int DMA_START = 0x94;
    private static final int COUNTERS = 0x100;
    private static final int CORES = Core.FABRIC_CONTROLLER + 1;

    private final Machine machine;
    private final int[][] dmaRegisters = new int[CORES][(DMA_START - DMA) / 4];
    private final int[] lastTransfer = new int[CORES];
    private int timerHigh;

    Devices(Machine machine) {
        this.machine = machine;
    }

    static boolean has(int address) {
        return Integer.compareUnsigned(address - BASE, SIZE) < 0;
    }

    int read(Core core, int address) {
        int offset = address - BASE;
        EventUnit events = machine.events();
        return switch (offset) {
            case 0x000 -> machine.clusterCores();
            case 0x010 -> {
                timerHigh = (int) (core.now() >>> 32);
                yield (int) core.now();
            }
            case 0x014 -> timerHigh;
            case 0x020 -> events.team();
            case 0x024 -> {
                events.arrive(core);
                yield 0;
            }
            case 0x030 -> events.mask(core);
            case 0x034 -> events.await(core);
            case DMA_START -> lastTransfer[core.number()];
            default -> {
                if (offset >= DMA && offset < DMA_START) {
                    yield dmaRegisters[core.number()][(offset - DMA) / 4];
                }
                if (offset >= COUNTERS && offset < COUNTERS + 8 * CORES) {
                    yield counter((offset - COUNTERS) / 8, (offset & 4) != 0);
                }
                throw Stop.fault("load from " + Memory.hex(address) + ", where no device has a register to read");
            }
        };
    }

    private int counter(int number, boolean ofInstructions) {
        Core core = machine.core(number);
        return core == null ? 0 : (int) (ofInstructions ? core.instructions() : core.activeCycles());
    }

    void write(Core core, int address, int value) {
        int offset = address - BASE;
        switch (offset) {
            case 0x020 -> machine.events().setTeam(value);
            case 0x030 -> machine.events().setMask(core, value);
            case DMA_START -> {
                int[] set = dmaRegisters[core.number()];
                lastTransfer[core.number()] = machine.dma().start(core,
                        new Dma.Command(set[0], set[1], set[2], set[3], set[4], value == 0));
                machine.reschedule();
            }
            case 0x098 -> machine.dma().await(core, value);
            default -> {
                if (offset >= DMA && offset < DMA_START) {
                    dmaRegisters[core.number()][(offset - DMA) / 4] = value;
                } else if (offset >= EVENTS && offset < EVENTS + 4 * CORES) {
                    machine.events().send(core, (offset - EVENTS) / 4, value);
                } else {
                    throw Stop.fault("store to " + Memory.hex(address) + ", where no device has a register to write");
                }
            }
        }
    }
}
