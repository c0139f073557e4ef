package qcc.program;

/**
 * The shape of the tiles that a cluster computes a layer in.
 *
 * @param rows     of a tile along the rule's first axis; the last tile may have fewer
 * @param channels of a tile along its second axis, a multiple of four; the last tile may have fewer
 * @param lanes    parts that the cores share the channels of a tile in; they share its rows in the others
 * @param bytes    of L1
 * @param cycles   of the layer, estimated
 */
public record Tile(int rows, int channels, int lanes, int bytes, long cycles) {
}
