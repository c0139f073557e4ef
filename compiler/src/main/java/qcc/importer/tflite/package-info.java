/**
 * Reads TFLite models: int8 ones become INTEGER graphs that compute TFLite's bits, float ones become TYPED graphs.
 * Nothing outside sees a type of FlatBuffers.
 */
package qcc.importer.tflite;
