package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One operator on quantised tensors, in any of the forms in which models have it.
 *
 * @param operator   on real numbers
 * @param form       the operator on quantised tensors, with its domain; empty when there is none
 * @param attributes of both
 * @param inputs     extents of each activation
 * @param weights    extents of the weights, empty when the operator has none
 * @param perChannel the axis of the weights' scales, or -1 for one scale
 * @param bias       number of int32 biases, 0 for none
 * @param scale      of the result
 * @param activation an operator between this one and the quantisation of its result, or empty
 * @param type       of the activations
 * @param asForm     whether the model has the operator on quantised tensors, else QDQ
 */
record QuantizedCase(String operator, String form, Map<String, Object> attributes, List<List<Integer>> inputs,
        List<Integer> weights, int perChannel, int bias, double scale, String activation, int type, boolean asForm) {
    /** The real-valued result before it is quantised; only QDQ models have it. */
    static final String REAL = "real";
    private static final double[] INPUT_SCALES = {0.037, 0.021, 0.05};
    private static final int[] INPUT_ZEROS = {-11, 23, 0};
    private static final int OUTPUT_ZERO = 5;

    static QuantizedCase of(String operator, String form, double scale, List<List<Integer>> inputs) {
        return new QuantizedCase(operator, form, Map.of(), inputs, List.of(), -1, 0, scale, "", OnnxModel.INT8, false);
    }

    QuantizedCase with(Map<String, Object> others) {
        return new QuantizedCase(operator, form, others, inputs, weights, perChannel, bias, scale, activation, type,
                asForm);
    }

    QuantizedCase weighted(List<Integer> dims, int axis, int biases) {
        return new QuantizedCase(operator, form, attributes, inputs, dims, axis, biases, scale, activation, type,
                asForm);
    }

    QuantizedCase followedBy(String other) {
        return new QuantizedCase(operator, "", attributes, inputs, weights, perChannel, bias, scale, other, type,
                asForm);
    }

    QuantizedCase as(int otherType, boolean qOperator) {
        return new QuantizedCase(operator, form, attributes, inputs, weights, perChannel, bias, scale, activation,
                otherType, qOperator);
    }

    /** This case in every form that exists. */
    List<QuantizedCase> forms() {
        List<QuantizedCase> forms = new ArrayList<>();
        for (int each : new int[] {OnnxModel.INT8, OnnxModel.UINT8}) {
            forms.add(as(each, false));
            if (!form.isEmpty()) {
                forms.add(as(each, true));
            }
        }
        return forms;
    }

    int offset() {
        return type == OnnxModel.UINT8 ? 128 : 0;
    }

    double inputScale(int index) {
        return (float) INPUT_SCALES[index];
    }

    /** In the activations' type. */
    int inputZero(int index) {
        return INPUT_ZEROS[index] + offset();
    }

    int outputZero() {
        return OUTPUT_ZERO + offset();
    }

    /** The same operator between the real values of inputs and weights. */
    OnnxModel real() {
        OnnxModel model = new OnnxModel(14);
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            model.input("x" + i, OnnxModel.FLOAT, inputs.get(i).stream().mapToInt(d -> d).toArray());
            operands.add("x" + i);
        }
        QuantizedCase qdq = as(type, false);
        if (!weights.isEmpty()) {
            qdq.addWeights(model);
        }
        qdq.addOperator(model, operands);
        return model;
    }

    /** The model; a QDQ model also has the output {@link #REAL}. */
    OnnxModel model() {
        OnnxModel model = new OnnxModel(14).quantization("y", type, scale, outputZero());
        for (int i = 0; i < inputs.size(); i++) {
            model.input("x" + i, type, inputs.get(i).stream().mapToInt(d -> d).toArray())
                    .quantization("x" + i, type, INPUT_SCALES[i], inputZero(i));
        }
        if (!weights.isEmpty()) {
            addWeights(model);
        }
        return asForm ? qOperator(model) : qdq(model);
    }

    private void addWeights(OnnxModel model) {
        int scales = perChannel < 0 ? 1 : weights.get(perChannel);
        double[] steps = new double[scales];
        for (int i = 0; i < scales; i++) {
            steps[i] = 0.011 * (1 + i * 0.37);
        }
        List<Integer> dims = perChannel < 0 ? List.of() : List.of(scales);
        // Weights of the type uint8 have their zero points in the middle.
        boolean unsigned = asForm && type == OnnxModel.UINT8;
        int weightType = unsigned ? OnnxModel.UINT8 : OnnxModel.INT8;
        int zero = unsigned ? 128 : 0;
        int[] zeros = new int[scales];
        Arrays.fill(zeros, zero);
        model.randomIntegers("w", weightType, zero - 127, zero + 127, weights.stream().mapToInt(d -> d).toArray())
                .floats("w_s", dims, steps).integers("w_z", weightType, dims, zeros);
        if (bias > 0) {
            model.randomIntegers("b", OnnxModel.INT32, -9000, 9000, bias);
            double[] units = new double[scales];
            for (int i = 0; i < scales; i++) {
                units[i] = (float) INPUT_SCALES[0] * (float) steps[i];
            }
            if (!asForm) {
                model.floats("b_s", dims, units);
            }
        }
    }

    private OnnxModel qdq(OnnxModel model) {
        List<String> operands = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            operands.add(dequantized(model, "x" + i, Map.of(), "x" + i + "_z"));
        }
        addOperator(model, operands);
        return model.node("QuantizeLinear", "y", Map.of(), REAL, "y_s", "y_z").output("y", type);
    }

    /** The operator and its activation, whose result is called {@link #REAL}. */
    private void addOperator(OnnxModel model, List<String> operands) {
        Map<String, Object> axis = perChannel < 0 ? Map.of() : Map.of("axis", perChannel);
        if (!weights.isEmpty()) {
            operands.add(dequantized(model, "w", axis, "w_z"));
        }
        if (bias > 0) {
            operands.add(dequantized(model, "b", perChannel < 0 ? Map.of() : Map.of("axis", 0)));
        }
        model.node(operator, activation.isEmpty() ? REAL : "before", attributes, operands.toArray(String[]::new));
        if (!activation.isEmpty()) {
            model.node(activation, REAL, Map.of(), "before");
        }
    }

    private static String dequantized(OnnxModel model, String name, Map<String, Object> axis, String... zero) {
        List<String> operands = new ArrayList<>(List.of(name, name + "_s"));
        operands.addAll(List.of(zero));
        model.node("DequantizeLinear", name + "_real", axis, operands.toArray(String[]::new));
        return name + "_real";
    }

    private OnnxModel qOperator(OnnxModel model) {
        boolean concat = form.endsWith("Concat");
        boolean biasBeforeResult = form.endsWith("QGemm");
        List<String> operands = new ArrayList<>(concat ? List.of("y_s", "y_z") : List.of());
        for (int i = 0; i < inputs.size(); i++) {
            operands.addAll(List.of("x" + i, "x" + i + "_s", "x" + i + "_z"));
        }
        if (!weights.isEmpty()) {
            operands.addAll(List.of("w", "w_s", "w_z"));
        }
        if (biasBeforeResult) {
            operands.add(bias > 0 ? "b" : "");
        }
        if (!concat) {
            operands.addAll(List.of("y_s", "y_z"));
        }
        if (bias > 0 && !biasBeforeResult) {
            operands.add("b");
        }
        String domain = form.contains(".") ? form.substring(0, form.lastIndexOf('.')) : "";
        Map<String, Object> all = new TreeMap<>(attributes);
        if (form.endsWith("Softmax")) {
            all.put("opset", 13);
        }
        return model.node(domain, form.substring(form.lastIndexOf('.') + 1), "y", all,
                operands.toArray(String[]::new)).output("y", type);
    }

    @Override
    public String toString() {
        return (asForm ? form : "QDQ " + operator) + (activation.isEmpty() ? "" : " + " + activation) + " "
                + (type == OnnxModel.UINT8 ? "uint8" : "int8") + (perChannel < 0 ? "" : " per channel") + " "
                + attributes;
    }
}
