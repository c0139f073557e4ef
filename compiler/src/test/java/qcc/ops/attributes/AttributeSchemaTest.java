package qcc.ops.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.diagnostics.Code;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.ops.Rounding;
import qcc.tensor.Shape;

class AttributeSchemaTest {

    record Everything(
            @Attribute(value = "a count", min = 1, max = 9) int someCount,
            @Attribute(value = "a size", fallback = "[2, 3]", min = 1) Extent size,
            @Attribute(value = "a factor", fallback = "0.5") double factor,
            @Attribute(value = "a switch", fallback = "true") boolean flag,
            @Attribute(value = "borders", fallback = "same", min = 0, max = 4) Padding padding,
            @Attribute(value = "a shape", fallback = "[1, 2, 3]") Shape shape,
            @Attribute(value = "a word", fallback = "half_up") Rounding rounding,
            @Attribute(value = "maybe bits", min = 2, max = 8) Optional<Integer> bits) {
    }

    private static final AttributeSchema<Everything> SCHEMA = new AttributeSchema<>(Everything.class);

    private static Everything read(String name, String literal) throws AttributeException {
        return SCHEMA.read(name.equals("some_count") ? Map.of(name, Literal.parse(literal))
                : Map.of("some_count", Literal.integer(4), name, Literal.parse(literal)));
    }

    @Test
    void defaultsAreTaken() throws AttributeException {
        Everything defaults = new Everything(9, new Extent(2, 3), 0.5, true, new Padding.Same(), Shape.of(1, 2, 3),
                Rounding.HALF_UP, Optional.empty());
        assertThat(read("some_count", "9")).isEqualTo(defaults);
        assertThat(SCHEMA.format(defaults)).isEqualTo("some_count = 9, size = [2, 3], factor = 0.5, flag = true, "
                + "padding = same, shape = [1, 2, 3], rounding = half_up");
    }

    @Test
    void everyTypeIsRead() throws AttributeException {
        assertThat(read("size", "4").size()).isEqualTo(new Extent(4, 4));
        assertThat(read("size", "[4, 5]").size()).isEqualTo(new Extent(4, 5));
        assertThat(read("factor", "3").factor()).isEqualTo(3);
        assertThat(read("factor", "1.5e-3").factor()).isEqualTo(0.0015);
        assertThat(read("flag", "false").flag()).isFalse();
        assertThat(read("padding", "valid").padding()).isEqualTo(new Padding.Valid());
        assertThat(read("padding", "[1, 2, 3, 4]").padding()).isEqualTo(new Padding.Explicit(1, 2, 3, 4));
        assertThat(read("shape", "[7]").shape()).isEqualTo(Shape.of(7));
        assertThat(read("rounding", "floor").rounding()).isEqualTo(Rounding.FLOOR);
        assertThat(read("bits", "4").bits()).contains(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "some_count ! 0            ! E304 ! argument `some_count`: 0 is not allowed, only 1 to 9",
        "some_count ! 10           ! E304 ! argument `some_count`: 10 is not allowed, only 1 to 9",
        "some_count ! 99999999999  ! E304 ! argument `some_count`: 99999999999 is not allowed, only 1 to 9",
        "some_count ! 1.5          ! E303 ! argument `some_count` cannot be `1.5`",
        "some_count ! many         ! E303 ! argument `some_count` cannot be `many`",
        "size       ! [2, 0]       ! E304 ! argument `size`: 0 is not allowed, only at least 1",
        "size       ! [2, 3, 4]    ! E303 ! argument `size` cannot be `[2, 3, 4]`",
        "size       ! []           ! E303 ! argument `size` cannot be `[]`",
        "factor     ! big          ! E303 ! argument `factor` cannot be `big`",
        "flag       ! 1            ! E303 ! argument `flag` cannot be `1`",
        "padding    ! [1, 2, 3]    ! E303 ! argument `padding` cannot be `[1, 2, 3]`",
        "padding    ! [1, 2, 3, 5] ! E304 ! argument `padding`: 5 is not allowed, only 0 to 4",
        "padding    ! Same         ! E303 ! argument `padding` cannot be `Same`",
        "rounding   ! up           ! E303 ! argument `rounding` cannot be `up`",
        "bits       ! 9            ! E304 ! argument `bits`: 9 is not allowed, only 2 to 8",
        "sise       ! 3            ! E301 ! there is no argument `sise`"
    })
    void mistakesAreExplained(String name, String literal, Code code, String message) {
        assertThatThrownBy(() -> read(name, literal)).isInstanceOfSatisfying(AttributeException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.attribute()).isEqualTo(name);
            assertThat(e.getMessage()).isEqualTo(message);
        });
    }

    @Test
    void helpSaysWhatToWrite() {
        assertThatThrownBy(() -> SCHEMA.read(Map.of())).isInstanceOfSatisfying(AttributeException.class, e -> {
            assertThat(e.code()).isEqualTo(Code.E302);
            assertThat(e.help()).isEqualTo("write `some_count = ...`: a count, an integer");
        });
        assertThatThrownBy(() -> read("sise", "3")).isInstanceOfSatisfying(AttributeException.class,
                e -> assertThat(e.help()).isEqualTo("did you mean `size`?"));
        assertThatThrownBy(() -> read("rounding", "up")).isInstanceOfSatisfying(AttributeException.class,
                e -> assertThat(e.help()).isEqualTo("write one of half_up, floor"));
    }

    private record Undescribed(int size) {
    }

    private record Unreadable(@Attribute("a thread") Thread thread) {
    }

    @Test
    void recordsThatCannotBeArgumentsAreRefused() {
        assertThatThrownBy(() -> new AttributeSchema<>(Undescribed.class)).hasMessageContaining("no @Attribute");
        assertThatThrownBy(() -> new AttributeSchema<>(Unreadable.class)).hasMessageContaining("no attribute type");
    }

    /** Defaults must be of the argument's own type and within its own bounds. */
    @Test
    void everyDefaultOfEveryOperatorIsValid() throws AttributeException {
        for (Operator<?> operator : Operators.all()) {
            for (AttributeSchema.Field field : operator.schema().fields()) {
                assertThat(field.summary()).as(operator + "." + field.name()).isNotBlank();
                if (!field.required() && !field.fallback().isEmpty()) {
                    defaultsOf(operator, field.name());
                }
            }
        }
    }

    /** Reads the fallback as if it had been written; a missing other argument is the only excuse. */
    private static void defaultsOf(Operator<?> operator, String name) throws AttributeException {
        String fallback = operator.schema().fields().stream().filter(f -> f.name().equals(name)).findFirst()
                .orElseThrow().fallback();
        try {
            operator.schema().read(Map.of(name, Literal.parse(fallback)));
        } catch (AttributeException e) {
            if (e.code() != Code.E302) {
                throw e;
            }
        }
    }
}
