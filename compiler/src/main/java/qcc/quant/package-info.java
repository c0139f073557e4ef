/** From real numbers to integers: samples, ranges, scales, and the lowering of every layer. */
package qcc.quant;
