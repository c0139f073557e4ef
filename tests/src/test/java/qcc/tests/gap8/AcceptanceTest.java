package qcc.tests.gap8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.driver.Compilation;
import qcc.tests.InstalledTools;

/** What {@code tests/gap8} verifies, on one input of each model, and its goals. */
class AcceptanceTest {
    /** Goals that are not reached yet. One that is reached goes from this list. */
    private static final List<String> MISSED = List.of();

    static Stream<AcceptedModel> models() {
        return AcceptedModel.all().stream();
    }

    static Stream<AcceptedModel> fastModels() {
        return models().filter(model -> !model.goals().equals(Goals.NONE));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyLayerIsExactOnAnyNumberOfCoresAndInEveryEmulator(AcceptedModel model) {
        InstalledTools.require("riscv64-unknown-elf-gcc", "make", "qemu-system-riscv32");
        Compilation compilation = present(model);
        for (Machine machine : Machine.all()) {
            assertThat(Trial.of(compilation, machine).verify(model.inputs(compilation, 1)).mismatch())
                    .as("%s", machine).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("fastModels")
    void goalsOfSpeedAreReached(AcceptedModel model) {
        InstalledTools.require("riscv64-unknown-elf-gcc", "make");
        Compilation compilation = present(model);
        Trial all = Trial.of(compilation, new Machine(Machine.SIMULATOR, 8));
        long fast = all.cycles().orElseThrow();
        long slow = Trial.of(compilation, new Machine(Machine.SIMULATOR, 1)).cycles().orElseThrow();
        assertThat(model.goals().compare(all.macsPerCycle(fast), Optional.of((double) slow / fast)))
                .isNotEmpty().allSatisfy(result -> assertThat(result.missed()).as("%s: %s", model.name(), result)
                        .isEqualTo(MISSED.contains(model.name() + ": " + result.unit())));
    }

    private static Compilation present(AcceptedModel model) {
        assumeTrue(model.model().present(), () -> "the model is absent: " + model.model().file());
        return model.compilation();
    }
}
