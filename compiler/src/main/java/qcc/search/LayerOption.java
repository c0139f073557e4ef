package qcc.search;

/**
 * One number of bits for one layer.
 *
 * @param layer        its name
 * @param bits         of its weights
 * @param error        what it adds to the error of the network's results when only this layer has so many bits
 * @param flashBytes   of the layer's constants
 * @param instructions of the layer; 0 when they were not counted
 */
public record LayerOption(String layer, int bits, double error, long flashBytes, long instructions) {
}
