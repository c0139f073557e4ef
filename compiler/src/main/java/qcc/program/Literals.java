package qcc.program;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import qcc.ops.attributes.AttributeSchema;

/** The ints of a geometry record by their C names: {@code inH} is {@code in_h}; nested records are flattened. */
final class Literals {
    private Literals() {
    }

    static Map<String, Integer> of(Record geometry) {
        Map<String, Integer> literals = new LinkedHashMap<>();
        collect(geometry, literals);
        return literals;
    }

    private static void collect(Record geometry, Map<String, Integer> literals) {
        for (RecordComponent component : geometry.getClass().getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(geometry);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("geometry " + geometry.getClass() + " cannot be read", e);
            }
            if (value instanceof Record nested) {
                collect(nested, literals);
            } else {
                literals.put(AttributeSchema.snakeCase(component.getName()), (Integer) value);
            }
        }
    }
}
