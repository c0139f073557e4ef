/** Integer operations with the arithmetic of TFLite, where it differs from that of QDSL's own operators. */
package qcc.ops.tflite;
