package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Banks, barriers, events and DMA, in machines that are stepped by hand. */
class ClusterTest {
    private static final int NOP = 0x13;
    /** The barrier, by way of x10. */
    private static final int ARRIVE = Bench.lw(5, 10, 0x24);
    private static final int AWAIT_EVENT = Bench.lw(5, 10, 0x34);
    private static final int L2 = Memory.L2_BASE + 0x8000;
    private static final int L1 = Memory.L1_BASE + 0x400;

    @Test
    void aBankServesOneAccessInACycle() {
        Machine machine = contending(0);

        runOneCycle(machine);

        assertThat(machine.present().stream().filter(core -> !core.isFabricController()).map(Core::time).toList())
                .as("the same word for all").containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(machine.core(7).contention()).isEqualTo(7);
    }

    @Test
    void sixteenBanksServeSixteenWordsAtATime() {
        for (int distance : new int[] {4, 8, 12, 20, 60, 68}) {
            List<Long> times = timesOf(contending(distance));

            assertThat(times).as("words %d bytes apart", distance).allMatch(time -> time == 1);
        }
        assertThat(timesOf(contending(16))).as("four banks for eight cores").containsExactly(1L, 1L, 1L, 1L, 2L, 2L,
                2L, 2L);
        assertThat(timesOf(contending(64))).as("one bank").containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    private static List<Long> timesOf(Machine machine) {
        runOneCycle(machine);
        return machine.present().stream().filter(core -> !core.isFabricController()).map(Core::time).toList();
    }

    /** Eight cores that each load a word, so far apart. */
    private static Machine contending(int distance) {
        Bench bench = new Bench(8).code(Bench.lw(5, 10, 0));
        for (int i = 0; i < 8; i++) {
            bench.machine.core(i).setRegister(10, Memory.L1_BASE + i * distance);
        }
        return bench.machine;
    }

    private static void runOneCycle(Machine machine) {
        for (int i = 0; i < 8; i++) {
            machine.core(i).step();
        }
    }

    @Test
    void aBarrierLetsAllGoOnWhenTheLastOneArrives() {
        Bench bench = new Bench(3).code(ARRIVE, NOP);
        bench.machine.events().setTeam(0b111);
        for (int i = 0; i < 3; i++) {
            bench.machine.core(i).setRegister(10, Devices.BASE);
        }
        bench.machine.core(0).step();
        bench.machine.core(2).step();
        assertThat(bench.machine.core(0).isAsleep()).isTrue();
        assertThat(bench.machine.core(2).isAsleep()).isTrue();

        bench.machine.core(1).step();

        long end = 1 + Timing.DEVICE_ACCESS + Timing.WAKE_UP;
        assertThat(List.of(bench.machine.core(0).time(), bench.machine.core(1).time(), bench.machine.core(2).time()))
                .containsOnly(end);
        assertThat(bench.machine.core(0).pc()).isEqualTo(Bench.CODE + 4);
    }

    @Test
    void aBarrierIsForItsTeam() {
        Bench bench = new Bench(2).code(ARRIVE).with(10, Devices.BASE);
        bench.machine.events().setTeam(0b10);

        assertThatThrownBy(() -> bench.steps(1)).hasMessageContaining("core 0 is not of the barrier's team");
        assertThatThrownBy(() -> bench.machine.events().setTeam(0b100)).hasMessageContaining("core 2, which there");
    }

    @Test
    void anEventThatWasSentEarlierIsNotLost() {
        Bench bench = new Bench(2).code(Bench.sw(6, 10, 0x40), AWAIT_EVENT).with(10, Devices.BASE).with(6, 0b110);
        bench.machine.events().setMask(bench.core, 0b010);

        bench.steps(2);

        assertThat(bench.core.isAsleep()).isFalse();
        assertThat(bench.core.register(5)).as("the events of the mask").isEqualTo(0b010);
        assertThat(bench.machine.events().await(bench.core)).as("they are taken").isZero();
        assertThat(bench.core.isAsleep()).isTrue();
    }

    @Test
    void anEventWakesTheCoreThatWaitsForIt() {
        Bench bench = new Bench(2).code(AWAIT_EVENT, NOP).with(10, Devices.BASE);
        bench.machine.events().setMask(bench.core, 0b100);
        bench.steps(1);
        Core sender = bench.machine.core(1);

        bench.machine.events().send(sender, 0, 0b011);
        assertThat(bench.core.isAsleep()).as("of events that it does not wait for").isTrue();
        bench.machine.events().send(sender, 0, 0b100);

        assertThat(bench.core.isAsleep()).isFalse();
        assertThat(bench.core.register(5)).isEqualTo(0b100);
    }

    @Test
    void theMachineSaysWhoWaitsForWhatWhenNobodyCanGoOn() {
        Bench bench = new Bench(1).code(AWAIT_EVENT).with(10, Devices.BASE);
        bench.machine.core(Core.FABRIC_CONTROLLER).setRegister(10, Devices.BASE);

        assertThatThrownBy(() -> bench.machine.run(1000)).isInstanceOfSatisfying(Stop.class,
                stop -> assertThat(stop.kind()).isEqualTo(Stop.Kind.DEADLOCK)).hasMessage("every core waits; core 0 at "
                + "0x1c000104 for events 0x0; fabric controller at 0x1c000104 for events 0x0");
    }

    @Test
    void theMachineStopsAtTheLimit() {
        Bench bench = new Bench(8).code(0x0000006F);

        assertThatThrownBy(() -> bench.machine.run(1000)).isInstanceOfSatisfying(Stop.class,
                stop -> assertThat(stop.kind()).isEqualTo(Stop.Kind.LIMIT)).hasMessageContaining("1000 cycles");
        assertThat(bench.machine.present()).allMatch(core -> core.instructions() == 501);
    }

    @Test
    void theDmaTakes40CyclesFor64Bytes() {
        Bench bench = new Bench();
        for (int i = 0; i < 16; i++) {
            bench.put(L2 + 4 * i, 1000 + i);
        }
        Dma dma = bench.machine.dma();

        int number = dma.start(bench.core, new Dma.Command(L2, L1, 64, 64, 64, false));

        assertThat(dma.nextEnd()).isEqualTo(40);
        dma.advance(39, bench.machine.events());
        assertThat(bench.get(L1)).as("old until the end").isZero();
        dma.await(bench.core, number);
        assertThat(bench.core.isAsleep()).isTrue();
        dma.advance(40, bench.machine.events());
        assertThat(bench.get(L1 + 60)).isEqualTo(1015);
        assertThat(bench.core.time()).isEqualTo(40 + Timing.WAKE_UP);
    }

    @Test
    void theDmaGathersAndScattersLines() {
        Bench bench = new Bench();
        for (int i = 0; i < 64; i++) {
            bench.put(L2 + 4 * i, i);
        }
        Dma dma = bench.machine.dma();
        // Two and a half lines of 8 bytes, 40 bytes apart.
        dma.start(bench.core, new Dma.Command(L2 + 4, L1, 20, 8, 40, false));
        dma.start(bench.core, new Dma.Command(L2 + 1000, L1, 20, 8, 12, true));
        long second = Timing.DMA_LATENCY + 2 * Timing.dmaTransfer(20);
        dma.advance(second - 1, bench.machine.events());
        assertThat(List.of(bench.get(L1), bench.get(L1 + 4), bench.get(L1 + 8), bench.get(L1 + 12),
                bench.get(L1 + 16), bench.get(L1 + 20))).containsExactly(1, 2, 11, 12, 21, 0);
        assertThat(bench.get(L2 + 1000)).as("one after the other").isZero();
        dma.advance(second, bench.machine.events());
        assertThat(List.of(bench.get(L2 + 1000), bench.get(L2 + 1004), bench.get(L2 + 1008), bench.get(L2 + 1012),
                bench.get(L2 + 1016), bench.get(L2 + 1024))).containsExactly(1, 2, 0, 11, 12, 21);
        assertThat(dma.bytes()).isEqualTo(40);
    }

    @Test
    void theDmaRefusesWhatIsNotInItsMemories() {
        refuses(new Dma.Command(L2, L1, 0, 1, 1, false), "of 0 bytes");
        refuses(new Dma.Command(L2, L1, 65536, 65536, 65536, false), "there can be 1 to 65535");
        refuses(new Dma.Command(L2, L1, 64, 0, 64, false), "in lines of 0");
        refuses(new Dma.Command(L1, L1, 64, 64, 64, false), "not all of them in L2");
        refuses(new Dma.Command(L2, L2, 64, 64, 64, false), "not all of them in L1");
        refuses(new Dma.Command(L2, Memory.L1_BASE + Memory.L1_SIZE - 63, 64, 64, 64, false), "not all of them in L1");
        refuses(new Dma.Command(Memory.L2_BASE + Memory.L2_SIZE - 64, L1, 64, 32, 33, true), "not all of them in L2");
        Bench bench = new Bench();
        assertThatThrownBy(() -> bench.machine.dma().await(bench.core, 1)).hasMessageContaining("transfer 1 of 0");
    }

    private static void refuses(Dma.Command command, String reason) {
        Bench bench = new Bench();

        assertThatThrownBy(() -> bench.machine.dma().start(bench.core, command)).isInstanceOf(Stop.class)
                .hasMessageContaining(reason);
    }
}
