package qcc.writer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import qcc.frontend.Ast;
import qcc.frontend.Comments;
import qcc.ir.Value;

/**
 * Writes calls as statements: a value with one reader, which comes next, flows through a pipe; every other value gets
 * a name. The order of the calls stays, so that elaboration gives the layers in the same order.
 */
final class StatementBuilder {
    /** What a value is called that is the second operand of a layer, after one layer or after several; and any other. */
    private static final String SHORTCUT = "shortcut";
    private static final String BRANCH = "branch";
    private static final String MAIN = "features";

    private final List<Item> items;
    private final TensorNames names;
    private final Comments comments;
    private final Map<Integer, Integer> readings = new HashMap<>();
    private final List<Ast.Binding> bindings = new ArrayList<>();

    /**
     * @param items    in order
     * @param names    of the tensors from outside, and of those inside that have fixed names
     * @param comments where remarks on stages are noted
     */
    StatementBuilder(List<Item> items, TensorNames names, Comments comments) {
        this.items = merged(items, names);
        this.names = names;
        this.comments = comments;
        this.items.forEach(item -> item.inputs().forEach(input -> readings.merge(input.id(), 1, Integer::sum)));
    }

    /** Equal calls in a row become one, repeated. */
    private static List<Item> merged(List<Item> items, TensorNames names) {
        Map<Integer, Long> readers = new HashMap<>();
        items.forEach(item -> item.inputs().forEach(input -> readers.merge(input.id(), 1L, Long::sum)));
        List<Item> result = new ArrayList<>();
        for (Item item : items) {
            Item last = result.isEmpty() ? null : result.get(result.size() - 1);
            boolean alone = last != null && readers.getOrDefault(last.output().id(), 0L) == 1
                    && !names.has(last.output());
            if (alone && last.isRepeatedBy(item)) {
                result.set(result.size() - 1, new Item(item.callee(), item.arguments(), last.inputs(), item.output(),
                        last.times() + 1));
            } else {
                result.add(item);
            }
        }
        return result;
    }

    /** All statements. */
    List<Ast.Binding> bindings() {
        int first = 0;
        while (first < items.size()) {
            int last = endOfPipe(first);
            Value output = items.get(last).output();
            Ast.Expression value = expression(items.subList(first, last + 1));
            if (!names.has(output)) {
                names.define(output, !isSide(output) ? MAIN : last == first ? SHORTCUT : BRANCH);
            }
            bindings.add(new Ast.Binding(Syntax.name(names.of(output)), Optional.empty(), value, Syntax.NOWHERE));
            first = last + 1;
        }
        return bindings;
    }

    private int endOfPipe(int first) {
        int last = first;
        while (last + 1 < items.size() && flows(items.get(last).output(), items.get(last + 1))) {
            last++;
        }
        return last;
    }

    private boolean flows(Value value, Item next) {
        return !names.has(value) && readings.get(value.id()) == 1 && !next.inputs().isEmpty()
                && next.inputs().get(0).id() == value.id();
    }

    private boolean isSide(Value value) {
        return items.stream().anyMatch(item -> item.inputs().size() > 1
                && item.inputs().subList(1, item.inputs().size()).contains(value));
    }

    private Ast.Expression expression(List<Item> pipe) {
        Item head = pipe.get(0);
        boolean isCall = head.inputs().size() != 1;
        Ast.Expression source = isCall ? Syntax.call(head.callee(), tensors(head.inputs()), head.arguments())
                : Syntax.reference(names.of(head.inputs().get(0)));
        List<Ast.Stage> stages = new ArrayList<>();
        for (Item item : pipe.subList(isCall ? 1 : 0, pipe.size())) {
            List<Value> others = item.inputs().subList(1, item.inputs().size());
            Optional<Ast.Expression> times = item.times() == 1 ? Optional.empty()
                    : Optional.of(Syntax.integer(item.times()));
            Ast.Stage stage = new Ast.Stage(Syntax.call(item.callee(), tensors(others), item.arguments()), times,
                    Syntax.NOWHERE);
            Value input = item.inputs().get(0);
            boolean changes = !item.output().shape().equals(input.shape())
                    || !item.output().quantization().equals(input.quantization());
            if (changes || item.times() > 1) {
                comments.after(stage, item.output().shape() + item.output().quantization()
                        .map(q -> String.format(Locale.ROOT, " * %.5g", q.scale().toDouble())).orElse(""));
            }
            stages.add(stage);
        }
        return stages.isEmpty() ? source : new Ast.Pipe(source, stages, Syntax.NOWHERE);
    }

    private List<String> tensors(List<Value> values) {
        return values.stream().map(names::of).toList();
    }
}
