package qcc.ops.attributes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a component of an attribute record: one named argument of an operator. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Attribute {
    /** One line for {@code qcc ops NAME}. */
    String value();

    /** The default in QDSL syntax; empty for an argument that must be given (or is absent, if Optional). */
    String fallback() default "";

    /** Smallest allowed integer, also within pairs and lists. */
    int min() default Integer.MIN_VALUE;

    /** Largest allowed integer, also within pairs and lists. */
    int max() default Integer.MAX_VALUE;
}
