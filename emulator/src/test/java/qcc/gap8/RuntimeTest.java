package qcc.gap8;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime in {@code targets/gap8}, and firmware on all cores. */
class RuntimeTest {
    @TempDir
    Path directory;

    @Test
    void startsWithVariablesInitialised() throws IOException {
        Programs.Run run = run("""
                #include <stdint.h>
                static int initialised[3] = {1, 20, 300};
                static int cleared[1000];
                int main(void)
                {
                    int sum = 0;
                    for (int i = 0; i < 1000; i++) {
                        sum |= ((volatile int *)cleared)[i];
                    }
                    volatile int *v = initialised;
                    return sum == 0 && v[0] + v[1] + v[2] == 321 ? 42 : 1;
                }
                """);

        assertThat(run.exitCode()).as(run.report()).isEqualTo(42);
    }

    @Test
    void readsAndWritesFiles() throws IOException {
        Path input = Files.writeString(directory.resolve("in.txt"), "salt and pepper");
        Path output = directory.resolve("out.txt");
        Programs.Run run = run(String.format(Locale.ROOT, """
                #include "qcc_io.h"
                int main(void)
                {
                    char data[64];
                    const int in = qcc_io_open("%s", 0);
                    const int32_t size = qcc_io_read(in, data, sizeof data);
                    qcc_io_close(in);
                    const int out = qcc_io_open("%s", 1);
                    const int32_t written = qcc_io_write(out, data + 5, (uint32_t)size - 5u);
                    qcc_io_close(out);
                    qcc_io_print("done\\n");
                    return (int)written + (qcc_io_open("%s/none", 0) == -1 ? 100 : 0);
                }
                """, input, output, directory));

        assertThat(run.exitCode()).as(run.report()).isEqualTo(110);
        assertThat(run.output()).isEqualTo("done\n");
        assertThat(output).hasContent("and pepper");
    }

    /** Cores add up their shares in turn, in phases that a barrier separates, on data that the DMA brings and fetches. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void forksTasksWithBarriersAndDma(int cores) throws IOException {
        Programs.Run run = run(FORK, "--cores", Integer.toString(cores));

        assertThat(run.output()).isEqualTo("fork ok\n");
        assertThat(run.exitCode()).as(run.report()).isEqualTo(cores);
    }

    private static final String FORK = """
            #include "qcc_pmsis.h"
            #include "qcc_io.h"
            #define COUNT 1024
            static int32_t values[COUNT];
            static int32_t results[8][COUNT];
            PI_L1 static int32_t shared[COUNT];
            PI_L1 static int32_t turns[8];
            static int good = 1;
            static void on_each(void *arg)
            {
                const int id = (int)pi_core_id();
                const int team = pi_cl_team_nb_cores();
                for (int phase = 0; phase < 4; phase++) {
                    /* What all have left in the phase before is there. */
                    for (int i = 0; i < team; i++) {
                        good &= turns[i] == phase;
                    }
                    pi_cl_team_barrier();
                    for (int i = id; i < COUNT; i += team) {
                        shared[i] += *(int32_t *)arg;
                    }
                    turns[id]++;
                    pi_cl_team_barrier();
                }
                pi_cl_dma_cmd_t copy;
                pi_cl_dma_cmd((uint32_t)results[id], (uint32_t)shared, sizeof shared, PI_CL_DMA_DIR_LOC2EXT, &copy);
                pi_cl_dma_cmd_wait(&copy);
            }
            static void on_cluster(void *arg)
            {
                for (int i = 0; i < 8; i++) {
                    turns[i] = 0;
                }
                pi_cl_dma_cmd_t copy;
                pi_cl_dma_cmd((uint32_t)values, (uint32_t)shared, sizeof values, PI_CL_DMA_DIR_EXT2LOC, &copy);
                pi_cl_dma_cmd_wait(&copy);
                pi_cl_team_fork(0, on_each, arg);
            }
            static void on_fabric_controller(void)
            {
                struct pi_device cluster;
                struct pi_cluster_conf conf;
                struct pi_cluster_task task;
                int32_t step = 25;
                for (int i = 0; i < COUNT; i++) {
                    values[i] = i;
                }
                pi_cluster_conf_init(&conf);
                pi_open_from_conf(&cluster, &conf);
                pi_cluster_open(&cluster);
                pi_cluster_send_task_to_cl(&cluster, pi_cluster_task(&task, on_cluster, &step));
                pi_cluster_close(&cluster);
                for (int i = 0; i < COUNT; i++) {
                    for (int core = 0; core < pi_cl_cluster_nb_cores(); core++) {
                        good &= results[core][i] == i + 100;
                    }
                }
                qcc_io_print(good ? "fork ok\\n" : "fork wrong\\n");
            }
            int main(void)
            {
                return pmsis_kickoff((void *)(uintptr_t)on_fabric_controller) + pi_cl_cluster_nb_cores();
            }
            """;

    /** The inner loop of qcc's convolutions, qcc_pulp.h, on all cores: at least 15 products in a cycle on eight. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void theInnerKernelReachesItsRate(int cores) throws IOException {
        Programs.Run run = run(kernel(), "--cores", Integer.toString(cores));

        assertThat(run.exitCode()).as(run.output() + run.report()).isZero();
        Matcher rate = Pattern.compile("products (\\d+) cycles (\\d+)\n").matcher(run.output());
        assertThat(rate.matches()).as(run.output()).isTrue();
        double each = Double.parseDouble(rate.group(1)) / Double.parseDouble(rate.group(2));
        assertThat(each).as(run.output()).isBetween(cores == 8 ? 15.0 : 2.1, cores * 32 / 14.0);
        assertThat(run(kernel(), "--cores", Integer.toString(cores))).as("the same again").isEqualTo(run);
    }

    private static String kernel() throws IOException {
        return new String(Objects.requireNonNull(RuntimeTest.class.getResourceAsStream("/gap8/kernel.c"))
                .readAllBytes(), StandardCharsets.UTF_8);
    }

    private Programs.Run run(String source, String... options) throws IOException {
        String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = Programs.build(directory, source).toString();
        return Programs.run(arguments);
    }
}
