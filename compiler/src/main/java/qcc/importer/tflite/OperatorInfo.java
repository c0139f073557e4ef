package qcc.importer.tflite;

import com.google.flatbuffers.Table;
import java.util.List;
import java.util.function.Function;
import qcc.importer.tflite.schema.Operator;

/**
 * One use of an operator as the file describes it.
 *
 * @param index   its number in the file
 * @param code    of the builtin operator
 * @param custom  name of an operator that is not a builtin; else empty
 * @param inputs  numbers of tensors; -1 stands for an optional one that is left out
 * @param outputs numbers of tensors
 * @param table   the part of the file with its options
 */
record OperatorInfo(int index, int code, String custom, List<Integer> inputs, List<Integer> outputs, Operator table) {
    OperatorInfo {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads the options.
     *
     * @param type  their code in the union of all options
     * @param empty a table of that type, to be placed over them
     * @param read  what to take from them
     */
    <T extends Table, R> R options(byte type, T empty, Function<T, R> read) {
        return FileReader.guarded(() -> {
            byte actual = table.optionsType();
            if (actual != type && actual != 0) {
                throw new MalformedModel("operator " + index + " has options of type " + actual + " instead of " + type);
            }
            if (actual == 0 || table.options(empty) == null) {
                throw new MalformedModel("operator " + index + " has no options");
            }
            return read.apply(empty);
        });
    }
}
