package qcc.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.driver.Compilation;
import qcc.ir.Stage;

/** Damaged files: each is read, or refused with a code, in bounded time and memory. */
class MutatedFilesTest {
    private static final long MAX_NANOSECONDS = TimeUnit.SECONDS.toNanos(5);
    private static final long MAX_ALLOCATED = 1L << 30;

    @TempDir
    private Path folder;

    /** Ways to damage a file. */
    private enum Damage {
        FLIPPED_BITS {
            @Override
            byte[] apply(byte[] file, Random random) {
                byte[] damaged = file.clone();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return damaged;
            }
        },
        TRUNCATED {
            @Override
            byte[] apply(byte[] file, Random random) {
                return Arrays.copyOf(file, random.nextInt(file.length));
            }
        },
        SWAPPED_WORDS {
            @Override
            byte[] apply(byte[] file, Random random) {
                ByteBuffer damaged = words(file);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    int a = random.nextInt(file.length / 4) * 4;
                    int b = random.nextInt(file.length / 4) * 4;
                    int word = damaged.getInt(a);
                    damaged.putInt(a, damaged.getInt(b)).putInt(b, word);
                }
                return damaged.array();
            }
        },
        EXTREME_WORDS {
            @Override
            byte[] apply(byte[] file, Random random) {
                ByteBuffer damaged = words(file);
                int[] extremes = {0, -1, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, file.length, 1 << 24, 65536};
                for (int i = random.nextInt(3); i >= 0; i--) {
                    damaged.putInt(random.nextInt(file.length / 4) * 4, extremes[random.nextInt(extremes.length)]);
                }
                return damaged.array();
            }
        };

        abstract byte[] apply(byte[] file, Random random);

        private static ByteBuffer words(byte[] file) {
            return ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The code of the refusal, or nothing when the damage does not show. */
    private Code read(byte[] bytes, String what) throws IOException {
        Path file = folder.resolve("damaged.tflite");
        Files.write(file, bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        Code code = null;
        try {
            Compilation compilation = new Compilation(file);
            if (compilation.model().graph().stage() == Stage.INTEGER) {
                compilation.graph(Stage.INTEGER);
            }
        } catch (CompilationFailed e) {
            assertThat(e.diagnostics()).as(what).isNotEmpty();
            assertThat(e.diagnostics()).as(what).extracting(Diagnostic::message).noneMatch(String::isBlank);
            code = e.diagnostics().get(0).code();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what, e);
        }
        assertThat(System.nanoTime() - start).as(what).isLessThan(MAX_NANOSECONDS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).as(what).isLessThan(MAX_ALLOCATED);
        return code;
    }

    private void damage(byte[] file, int count, long seed) throws IOException {
        Map<Code, Integer> codes = new EnumMap<>(Code.class);
        for (Damage damage : Damage.values()) {
            for (int i = 0; i < count / Damage.values().length; i++) {
                Random random = new Random(seed * 1_000_003 + i);
                String what = String.format(Locale.ROOT, "%s, seed %d, file %d", damage, seed, i);
                Code code = read(damage.apply(file, random), what);
                if (code != null) {
                    codes.merge(code, 1, Integer::sum);
                }
            }
        }
        // Damage of every kind must show: to the format, and to what the model says.
        assertThat(codes.getOrDefault(Code.E901, 0)).isGreaterThan(count / 4);
    }

    @Test
    void smallModelWithAllOperators() throws IOException {
        damage(CaseModel.ofAllOperators(true).file(), 2000, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kws_ref_model", "kws_ref_model_float32"})
    void realModels(String model) throws IOException {
        damage(Files.readAllBytes(MlperfTiny.model(model)), 400, 2);
    }
}
