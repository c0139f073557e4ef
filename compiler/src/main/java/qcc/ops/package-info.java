/**
 * The operators: each is defined once, in one class that holds its arguments, shape rule, real and integer
 * semantics, quantisation rule, cost and examples. {@link qcc.ops.Operators} is the registry.
 */
package qcc.ops;
