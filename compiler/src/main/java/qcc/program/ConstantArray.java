package qcc.program;

import qcc.ops.Constant;

/**
 * An array in flash.
 *
 * @param symbol  its name in C, without the model's prefix
 * @param layer   the first layer that uses it
 * @param content type and values, in the order the kernel reads them
 */
public record ConstantArray(String symbol, String layer, Constant content) {
}
