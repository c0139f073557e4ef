package qcc.importer.onnx;

import java.util.List;
import java.util.Random;
import qcc.importer.onnx.format.Onnx.AttributeProto;
import qcc.importer.onnx.format.Onnx.GraphProto;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.importer.onnx.format.Onnx.NodeProto;
import qcc.importer.onnx.format.Onnx.TensorProto;

/** Changes a model so that it is still a well-formed message. */
final class MessageDamage {
    private static final long[] NUMBERS = {0, 1, -1, 2, 3, 4, 7, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE,
        Long.MAX_VALUE, Long.MIN_VALUE};

    /** One kind of change. */
    private interface Change {
        void apply(GraphProto.Builder graph, GraphProto other, Random random);
    }

    private static final List<Change> CHANGES = List.of(
            MessageDamage::changeDimension, MessageDamage::changeType, MessageDamage::changeAttribute,
            MessageDamage::changeAttribute, MessageDamage::exchangeOperands, MessageDamage::removeOperand,
            MessageDamage::changeOperator, MessageDamage::changeInput, MessageDamage::changeElement,
            (graph, other, random) -> graph.removeNode(random.nextInt(graph.getNodeCount())),
            (graph, other, random) -> graph.addNode(node(other, random)));

    private MessageDamage() {
    }

    /** Changes one thing, if there is something to change. */
    static void apply(ModelProto.Builder model, GraphProto other, Random random) {
        if (model.getGraph().getNodeCount() > 0) {
            CHANGES.get(random.nextInt(CHANGES.size())).apply(model.getGraphBuilder(), other, random);
        }
    }

    private static NodeProto node(GraphProto graph, Random random) {
        return graph.getNode(random.nextInt(graph.getNodeCount()));
    }

    private static long number(Random random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private static TensorProto.Builder tensor(GraphProto.Builder graph, Random random) {
        return graph.getInitializerCount() == 0 ? graph.addInitializerBuilder()
                : graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    }

    private static void changeDimension(GraphProto.Builder graph, GraphProto other, Random random) {
        TensorProto.Builder tensor = tensor(graph, random);
        if (tensor.getDimsCount() > 0) {
            tensor.setDims(random.nextInt(tensor.getDimsCount()), number(random));
        } else {
            tensor.addDims(number(random));
        }
    }

    private static void changeType(GraphProto.Builder graph, GraphProto other, Random random) {
        tensor(graph, random).setDataType(random.nextInt(18));
    }

    private static void changeElement(GraphProto.Builder graph, GraphProto other, Random random) {
        TensorProto.Builder tensor = tensor(graph, random);
        if (tensor.getFloatDataCount() > 0) {
            tensor.setFloatData(random.nextInt(tensor.getFloatDataCount()),
                    Float.intBitsToFloat(random.nextInt()));
        } else if (tensor.getInt64DataCount() > 0) {
            tensor.setInt64Data(random.nextInt(tensor.getInt64DataCount()), number(random));
        } else if (tensor.getInt32DataCount() > 0) {
            tensor.setInt32Data(random.nextInt(tensor.getInt32DataCount()), (int) number(random));
        }
    }

    private static void changeAttribute(GraphProto.Builder graph, GraphProto other, Random random) {
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        if (node.getAttributeCount() == 0) {
            node.addAllAttribute(node(other, random).getAttributeList());
            return;
        }
        AttributeProto.Builder attribute = node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
        if (attribute.getIntsCount() > 0 && random.nextBoolean()) {
            attribute.setInts(random.nextInt(attribute.getIntsCount()), number(random));
        } else if (attribute.getIntsCount() > 0) {
            attribute.addInts(number(random));
        } else {
            attribute.setI(number(random)).setF(random.nextInt(5) - 2.5f * random.nextFloat());
        }
    }

    private static void exchangeOperands(GraphProto.Builder graph, GraphProto other, Random random) {
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        NodeProto from = graph.getNode(random.nextInt(graph.getNodeCount()));
        if (node.getInputCount() > 0 && from.getInputCount() > 0) {
            node.setInput(random.nextInt(node.getInputCount()), from.getInput(random.nextInt(from.getInputCount())));
        }
    }

    private static void removeOperand(GraphProto.Builder graph, GraphProto other, Random random) {
        NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        if (node.getInputCount() > 0) {
            node.setInput(random.nextInt(node.getInputCount()), "");
        }
    }

    private static void changeOperator(GraphProto.Builder graph, GraphProto other, Random random) {
        NodeProto from = node(other, random);
        graph.getNodeBuilder(random.nextInt(graph.getNodeCount())).setOpType(from.getOpType())
                .setDomain(from.getDomain());
    }

    private static void changeInput(GraphProto.Builder graph, GraphProto other, Random random) {
        if (graph.getInputCount() > 0 && other.getInputCount() > 0) {
            int index = random.nextInt(graph.getInputCount());
            graph.getInputBuilder(index).setType(other.getInput(random.nextInt(other.getInputCount())).getType());
        }
    }
}
