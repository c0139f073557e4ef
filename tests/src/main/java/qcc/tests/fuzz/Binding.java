package qcc.tests.fuzz;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import qcc.tensor.Shape;

/**
 * A tensor with a name and the layers that compute it.
 *
 * @param name     of the tensor
 * @param operands the tensors that the first stage takes, none for a constant; without stages, the one tensor that
 *                 gets a second name
 * @param stages   in order
 * @param block    0, or how often the stages run as a block that is defined beside
 */
record Binding(String name, List<String> operands, List<Stage> stages, int block) {

    Binding {
        operands = List.copyOf(operands);
        stages = List.copyOf(stages);
    }

    Binding withStages(List<Stage> others) {
        return new Binding(name, operands, others, block);
    }

    Binding withBlock(int times) {
        return new Binding(name, operands, stages, times);
    }

    /** The same with other names for tensors. */
    Binding renamed(Map<String, String> names) {
        return new Binding(name, operands.stream().map(o -> names.getOrDefault(o, o)).toList(), stages, block);
    }

    /** The shape of the tensor and the work to compute it. */
    Stage.Result apply(Map<String, Shape> known) {
        List<Shape> shapes = operands.stream().map(known::get).toList();
        Shape shape = shapes.isEmpty() ? null : shapes.get(0);
        long work = 0;
        for (int round = 0; round < Math.max(1, block); round++) {
            List<Shape> inputs = round == 0 ? shapes : List.of(shape);
            for (Stage stage : stages) {
                Stage.Result result = stage.apply(inputs);
                shape = result.shape();
                work += result.work();
                inputs = List.of(shape);
            }
        }
        return new Stage.Result(shape, work);
    }

    /** The statements of QDSL. */
    String text() {
        if (block > 0) {
            String blockName = "block_" + name;
            return "    block " + blockName + "(x) = x" + pipe(stages) + "\n\n    " + name + " = " + operands.get(0)
                    + " |> " + blockName + (block > 1 ? " * " + block : "") + "\n";
        }
        boolean isCall = operands.size() != 1;
        String start = isCall ? stages.get(0).applied(operands) : operands.get(0);
        return "    " + name + " = " + start + pipe(stages.subList(isCall ? 1 : 0, stages.size())) + "\n";
    }

    private static String pipe(List<Stage> stages) {
        return stages.stream().map(stage -> "\n        |> " + stage.piped()).collect(Collectors.joining());
    }
}
