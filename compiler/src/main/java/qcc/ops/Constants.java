package qcc.ops;

import java.util.ArrayList;
import java.util.List;
import qcc.tensor.IntTensor;

/** The arrays that weighted sums have in common. */
final class Constants {
    private Constants() {
    }

    static List<Constant> ofSum(IntTensor weights, IntTensor bias, Requantization requantization) {
        List<Constant> constants = new ArrayList<>();
        constants.add(new Constant(WeightedSum.WEIGHTS, Constant.CType.INT8, weights));
        constants.add(new Constant(WeightedSum.BIAS, Constant.CType.INT32, bias));
        constants.addAll(requantization.constants());
        return constants;
    }
}
