package qcc.importer.onnx;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.importer.onnx.format.Onnx.AttributeProto;
import qcc.importer.onnx.format.Onnx.AttributeProto.AttributeType;

/** The attributes of a node. */
final class Attributes {
    static final Attributes NONE = new Attributes(List.of(), null);

    private final Map<String, AttributeProto> byName = new HashMap<>();
    private final TensorDecoder decoder;

    Attributes(List<AttributeProto> attributes, TensorDecoder decoder) {
        this.decoder = decoder;
        for (AttributeProto attribute : attributes) {
            if (byName.put(attribute.getName(), attribute) != null) {
                throw ImportException.invalid("attribute `" + attribute.getName() + "` is given twice");
            }
        }
    }

    /** One attribute. */
    static Attributes ofInteger(String name, int value) {
        return new Attributes(List.of(AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value)
                .build()), null);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    int integer(String name, int fallback) {
        return find(name, AttributeType.INT).map(a -> toInt(a.getI())).orElse(fallback);
    }

    double real(String name, double fallback) {
        return find(name, AttributeType.FLOAT).map(a -> (double) a.getF()).orElse(fallback);
    }

    String text(String name, String fallback) {
        return find(name, AttributeType.STRING).map(a -> a.getS().toString(StandardCharsets.UTF_8)).orElse(fallback);
    }

    Optional<List<Integer>> integers(String name) {
        return find(name, AttributeType.INTS)
                .map(a -> a.getIntsList().stream().map(Attributes::toInt).toList());
    }

    List<Integer> integers(String name, List<Integer> fallback) {
        return integers(name).orElse(fallback);
    }

    Optional<KnownTensor> tensor(String name) {
        return find(name, AttributeType.TENSOR).map(a -> decoder.decode(a.getT()));
    }

    Optional<KnownTensor> reals(String name) {
        return find(name, AttributeType.FLOATS).map(a -> KnownTensor.of(List.of(a.getFloatsCount()), DataType.FLOAT,
                a.getFloatsList().stream().mapToDouble(f -> f).toArray()));
    }

    private Optional<AttributeProto> find(String name, AttributeType type) {
        AttributeProto attribute = byName.get(name);
        if (attribute == null) {
            return Optional.empty();
        }
        if (attribute.getType() != type && attribute.getType() != AttributeType.UNDEFINED) {
            throw ImportException.invalid("attribute `" + name + "` has the type " + attribute.getTypeValue()
                    + " instead of " + type.getNumber());
        }
        return Optional.of(attribute);
    }

    /** Numbers beyond an int are saturated: exporters write the largest int64 for "to the end". */
    private static int toInt(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
