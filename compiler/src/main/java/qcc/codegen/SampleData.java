package qcc.codegen;

import java.util.ArrayList;
import java.util.List;
import qcc.ir.Value;
import qcc.plan.RowLayer;
import qcc.plan.RowStream;
import qcc.program.Port;
import qcc.program.Program;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** One sample in the order in which the test harness wants it. */
public final class SampleData {
    private SampleData() {
    }

    /** The inputs that are written before a run, then all rows of the others in the order in which they are asked for. */
    public static List<IntTensor> of(Program program, List<IntTensor> sample) {
        List<IntTensor> data = new ArrayList<>();
        for (Port port : program.inputs()) {
            if (!port.supplied()) {
                data.add(sample.get(program.inputs().indexOf(port)));
            }
        }
        List<RowStream.Row> rows = program.streams().stream().flatMap(stream -> stream.suppliedRows().stream()).toList();
        if (!rows.isEmpty()) {
            data.add(concatenated(program, sample, rows));
        }
        return data;
    }

    private static IntTensor concatenated(Program program, List<IntTensor> sample, List<RowStream.Row> rows) {
        List<Value> inputs = program.inputs().stream().map(port -> port.place().value()).toList();
        IntTensor data = IntTensor.zeros(Shape.of(rows.stream().mapToInt(row -> elements(row.value())).sum()));
        int at = 0;
        for (RowStream.Row row : rows) {
            IntTensor input = sample.get(inputs.indexOf(row.value()));
            int elements = elements(row.value());
            for (int i = 0; i < elements; i++) {
                data.set(at++, input.get(row.row() * elements + i));
            }
        }
        return data;
    }

    private static int elements(Value value) {
        return value.shape().size() / RowLayer.height(value);
    }
}
