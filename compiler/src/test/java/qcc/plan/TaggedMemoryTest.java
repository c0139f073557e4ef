package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaggedMemoryTest {
    private static final int SIZE = 40;

    @Test
    void behavesLikeAnArrayWithOneTagPerByte() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            TaggedMemory memory = new TaggedMemory();
            Object[] bytes = new Object[SIZE];
            for (int i = 0; i < 30; i++) {
                int start = random.nextInt(SIZE);
                int end = start + random.nextInt(SIZE - start + 1);
                Integer tag = random.nextInt(4);
                if (random.nextBoolean()) {
                    memory.fill(start, end, tag);
                    Arrays.fill(bytes, start, end, tag);
                }
                assertThat(memory.firstWithout(tag, start, end)).isEqualTo(firstWithout(bytes, tag, start, end));
            }
            for (int i = 0; i < SIZE; i++) {
                assertThat(memory.at(i)).isEqualTo(Optional.ofNullable(bytes[i]));
            }
        }
    }

    private static Optional<Long> firstWithout(Object[] bytes, Object tag, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!tag.equals(bytes[i])) {
                return Optional.of((long) i);
            }
        }
        return Optional.empty();
    }
}
