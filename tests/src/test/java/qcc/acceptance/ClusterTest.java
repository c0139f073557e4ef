package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.driver.Compilation;
import qcc.driver.Inputs;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.ir.Stage;
import qcc.program.Step;
import qcc.program.Tile;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tensor.Shape;

/** Networks on the cluster of GAP-8, in the simulator: any number of cores, and tiles of every shape. */
class ClusterTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int DMA_BYTES = 34;
    private static final int ROOM = 54 * 1024;
    private static final int LITTLE_ROOM = 2200;
    private static final int INPUTS = 6;

    /** Sizes that are no multiples of anything, windows that overlap, leave the image, and skip rows. */
    private static final String MODEL = """
            model odd(x: [13, 11, 3] in [-1, 1], v: [71] in [-2, 2]) -> y, z, w {
                first = x |> conv2d(filters = 10, kernel = [3, 5], padding = same) |> relu
                second = first |> conv2d(filters = 12, kernel = 3, stride = 2, padding = same)
                third = second |> conv2d(filters = 9, kernel = 1)
                fourth = third |> conv2d(filters = 5, kernel = [4, 2], dilation = [2, 1], padding = same)
                wide = second |> depthwise_conv2d(kernel = 3, padding = same) |> relu
                high = wide |> depthwise_conv2d(kernel = 3, stride = [1, 2], padding = same)
                other = wide |> depthwise_conv2d(kernel = [2, 5], stride = [1, 2], padding = same) |> sigmoid
                sum = high + other
                pooled = sum |> max_pool(kernel = 2, stride = 1, padding = same) |> avg_pool(kernel = [3, 2], stride = 2)
                w = pooled |> flatten |> dense(3)
                y = fourth |> global_avg_pool |> dense(7)
                z = v |> dense(33) |> relu |> dense(6)
            }
            parameters random(3)
            quantize { %s; calibrate random(1) }
            """;

    @TempDir
    private Path folder;

    private static Target target(int cores, long room) {
        Target gap8 = new Targets(Installation.find()).load("gap8");
        return gap8.with(new Target.Cluster(8, room, DMA_BYTES), List.of("gap8 --cores " + cores));
    }

    private Compilation odd(String settings) throws IOException {
        return new Compilation(Files.writeString(folder.resolve("odd.qdsl"), MODEL.formatted(settings)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void asManyCoresWorkAsWereAskedFor(int cores) throws IOException {
        isBitExact(odd("scales power_of_two"), target(8, ROOM).withCores(cores).orElseThrow());
    }

    /** Eight harts of QEMU: portable C, and XpulpV2 in a trap's handler that shares nothing with the simulator. */
    @ParameterizedTest
    @ValueSource(strings = {"gap8-virt", "gap8-virt-xpulp"})
    void anotherEmulatorComputesTheSameBits(String name) throws IOException {
        Workshop.require("qemu-system-riscv32");
        Target target = new Targets(Installation.find()).load(name);
        isBitExact(odd("scales dyadic"), target.with(new Target.Cluster(8, LITTLE_ROOM, DMA_BYTES), target.emulators()));
    }

    private static Project isBitExact(Compilation compilation, Target target) {
        Workshop.require("riscv64-unknown-elf-gcc", "make");
        Project project = Project.of(compilation, target, Installation.find());
        VerificationReport report = new Verification(project, LIMIT, "").run(
                Inputs.mixture(compilation.graph(Stage.INTEGER), compilation.samples(), INPUTS, 1));
        assertThat(report.mismatch()).isEmpty();
        assertThat(report.samples()).isEqualTo(INPUTS);
        return project;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void anyNumberOfCoresComputesTheSameBits(int cores) throws IOException {
        isBitExact(odd("scales dyadic"), target(cores, ROOM));
    }

    @ParameterizedTest
    @CsvSource({"power_of_two, 2200", "dyadic, 1740", "dyadic, 5000"})
    void littleRoomMakesSmallTiles(String scales, int room) throws IOException {
        Project project = isBitExact(odd("scales " + scales), target(8, room));
        List<Tile> tiles = project.program().steps().stream().map(Step::tile).flatMap(Optional::stream).toList();
        assertThat(tiles).hasSizeGreaterThan(6).allSatisfy(tile -> assertThat(tile.bytes()).isLessThanOrEqualTo(room));
        assertThat(project.program().localBytes()).isLessThanOrEqualTo(room);
        if (room <= LITTLE_ROOM) {
            assertThat(project.program().steps()).as("a last tile with fewer rows than the others")
                    .anyMatch(step -> isLastPartial(step, 0, Tile::rows));
        }
        if (room < 2000) {
            assertThat(project.program().steps()).as("a last tile with fewer channels than the others")
                    .anyMatch(step -> isLastPartial(step, 2, Tile::channels));
            assertThat(tiles).as("tiles of one row").anySatisfy(tile -> assertThat(tile.rows()).isOne());
            assertThat(tiles.get(0)).as("weights of [10, 5, 9] in parts").extracting(Tile::channels).isEqualTo(4);
        }
    }

    /** Whether tiles do not divide an axis of the image that a step computes. */
    private static boolean isLastPartial(Step step, int axis, ToIntFunction<Tile> extent) {
        Shape image = step.node().output().shape();
        int size = step.tile().map(extent::applyAsInt).orElse(0);
        return image.rank() == 3 && size > 1 && size < image.dim(axis) && image.dim(axis) % size != 0;
    }

    @Test
    void layersKeepToTheirKernels() throws IOException {
        Project project = Project.of(odd("scales dyadic"), target(8, ROOM), Installation.find());
        assertThat(project.program().steps()).filteredOn(step -> step.tile().isPresent())
                .extracting(step -> step.kernel().name())
                .contains("conv2d_pulp", "dense_pulp", "depthwise_conv2d_pulp", "add_pulp", "lookup_pulp",
                        "max_pool_pulp", "avg_pool_pulp");
    }
}
