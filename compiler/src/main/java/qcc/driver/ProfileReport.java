package qcc.driver;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import qcc.plan.ArenaUse;
import qcc.program.KernelEstimate;
import qcc.program.Step;
import qcc.target.Target;

/**
 * What one run costs, counted in an emulator.
 *
 * @param project      what was measured
 * @param environment  where it ran, and what built it
 * @param layers       in order of execution
 * @param instructions of the whole call of the run function, compiled without hooks; they may differ from the layers'
 *                     sum, because the compiler then optimises across layers
 * @param cycles       estimated, where the target has a model of its core
 * @param stackBytes   that the run really used
 * @param footprint    flash, RAM and the bound of the stack
 */
public record ProfileReport(Project project, Environment environment, List<Layer> layers, long instructions,
        Optional<CycleEstimate> cycles, long stackBytes, Optional<Footprint> footprint) {
    public ProfileReport {
        layers = List.copyOf(layers);
    }

    /** What {@link #instructions()} counts in truth: {@code cycles} where the emulator has a model of them. */
    public String counterUnit() {
        return project.counter().map(Target.Counter::unit).orElse("instructions");
    }

    /** Bytes of code that only this layer needs; absent where that is not known. */
    public Optional<Long> codeBytes(Layer layer) {
        return footprint.filter(f -> !f.layerCode().isEmpty())
                .map(f -> f.layerCode().getOrDefault(layer.step().name(), 0L));
    }

    /** What the target's costs say of the layer, in the unit of its counter; absent where they say nothing. */
    public OptionalLong estimate(Layer layer) {
        return KernelEstimate.of(layer.step(), project.target());
    }

    /** Bytes of the arena that are in use while the layer runs. */
    public long arenaBytes(Layer layer) {
        return ArenaUse.bytes(project.program().memory(),
                project.program().graph().nodes().indexOf(layer.step().node()));
    }

    /**
     * One layer.
     *
     * @param step         of the program
     * @param instructions that the layer executes
     */
    public record Layer(Step step, long instructions) {

        /** Instructions for each multiply-accumulate; nothing for layers that have none. */
        public Optional<Double> perMac() {
            long macs = step.operation().macs();
            return macs == 0 ? Optional.empty() : Optional.of((double) instructions / macs);
        }
    }
}
