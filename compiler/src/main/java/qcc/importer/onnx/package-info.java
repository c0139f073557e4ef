/**
 * Reads ONNX models, real-valued and quantised (QDQ and QOperator form).
 *
 * <p>Channel-first tensors are laid out channel-last: {@link qcc.importer.onnx.Activation} says how a value is stored,
 * and transposes are only made where an operator needs another order than the one at hand. In particular a model
 * input [1, C, H, W] becomes an input [H, W, C].
 *
 * <p>Nothing outside of this package sees a protobuf type.
 */
package qcc.importer.onnx;
