package qcc.importer.tflite;

import qcc.importer.tflite.schema.TensorType;

/** QUANTIZE and DEQUANTIZE: at the borders of an int8 model they are left to the application. */
final class Borders {
    private Borders() {
    }

    static void quantize(Call call) {
        if (!call.isInteger()) {
            throw new Unsupported("a float model quantises a tensor", "convert the whole model to int8, or none of it");
        }
        if (call.in(0).is(TensorType.INT8)) {
            Tables.requantize(call);
        } else if (call.in(0).is(TensorType.FLOAT32) && call.isNetworkInput(call.in(0))) {
            call.alias(call.out(), call.border(0, call.out()));
        } else {
            throw new Unsupported(call.in(0) + " is quantised to " + call.out(), "only float inputs of the network and "
                    + "int8 tensors can be; convert the model with inference_input_type = tf.int8");
        }
    }

    static void dequantize(Call call) {
        if (call.isInteger()) {
            if (!call.in(0).is(TensorType.INT8) || call.isReadByOperators(call.out())) {
                throw new Unsupported(call.out() + " is computed in floating point",
                        "convert the whole model to int8; only outputs of the network can be dequantised");
            }
            call.alias(call.out(), call.value(0));
            return;
        }
        if (!call.constants().isKnown(call.in(0))) {
            throw new Unsupported(call.in(0) + " is dequantised at run time", "convert the whole model to int8, or none "
                    + "of it");
        }
        call.constants().define(call.out(), call.constants().reals(call.in(0)));
    }
}
