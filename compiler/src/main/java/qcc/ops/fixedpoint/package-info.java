/** The fixed-point arithmetic in which TFLite defines its int8 operators, bit for bit. Depends on no other package. */
package qcc.ops.fixedpoint;
