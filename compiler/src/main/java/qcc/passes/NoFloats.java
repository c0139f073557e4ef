package qcc.passes;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;

/**
 * The proof that an integer graph holds no floating-point number: a walk over every object that can be reached from
 * its operations and values. The range that the model declares for an input is a remark of the author's, which no
 * later stage computes with; it is the one thing left out.
 */
final class NoFloats {
    private static final Set<Class<?>> HARMLESS = Set.of(String.class, Boolean.class, Character.class, Byte.class,
            Short.class, Integer.class, Long.class);

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    private NoFloats() {
    }

    /** Throws {@link IllegalStateException} that names the place of the first float or double. */
    static void check(Graph graph) {
        for (Input input : graph.inputs()) {
            new NoFloats().walk(input.value().name(), input.value());
        }
        for (Node node : graph.nodes()) {
            NoFloats walk = new NoFloats();
            walk.walk(node.name(), node.operation());
            walk.walk(node.name(), node.inputs());
            walk.walk(node.name(), node.output());
        }
    }

    private void walk(String where, Object root) {
        open.add(root);
        while (!open.isEmpty()) {
            Object object = open.pop();
            if (!seen.add(object) || object instanceof Span || object instanceof Enum<?>) {
                continue;
            }
            if (object instanceof Float || object instanceof Double
                    || object instanceof float[] || object instanceof double[]) {
                throw new IllegalStateException("verifier: " + where + " still holds the real number " + object);
            }
            if (object.getClass().isArray()) {
                visitArray(object);
            } else if (object instanceof Iterable<?> items) {
                items.forEach(this::push);
            } else if (object instanceof Map<?, ?> map) {
                map.forEach((key, value) -> {
                    push(key);
                    push(value);
                });
            } else if (object instanceof Optional<?> optional) {
                optional.ifPresent(this::push);
            } else if (object.getClass().getName().startsWith("qcc.")) {
                visitFields(where, object);
            } else if (!HARMLESS.contains(object.getClass())) {
                throw new IllegalStateException("verifier: " + where + " holds a " + object.getClass().getName()
                        + ", which may hide a real number");
            }
        }
    }

    private void visitArray(Object array) {
        if (!array.getClass().getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(array); i++) {
                push(Array.get(array, i));
            }
        }
    }

    private void visitFields(String where, Object object) {
        for (Class<?> type = object.getClass(); type != Object.class && type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (field.getType() == float.class || field.getType() == double.class) {
                    throw new IllegalStateException("verifier: " + where + " holds the real number " + field);
                }
                field.setAccessible(true);
                try {
                    push(field.get(object));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void push(Object object) {
        if (object != null) {
            open.push(object);
        }
    }
}
