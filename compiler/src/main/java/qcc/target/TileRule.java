package qcc.target;

/**
 * How a kernel of a cluster is cut into tiles. The formulas may use the operation's literals and {@code tile_h},
 * {@code tile_c} (rows and channels of a tile), {@code tiles_h}, {@code tiles_c} (how many there are), {@code cores} and
 * {@code lanes} (parts that the cores share the channels of a tile in).
 *
 * @param rows     what there is to cut along one axis, from the literals alone
 * @param channels the same along the other one; channels of a tile are a multiple of four
 * @param local    bytes of L1 that the tiles of such a shape need
 * @param cycles   in which all cores compute a tile
 * @param moves    bytes that the DMA moves for the whole layer
 */
public record TileRule(Formula rows, Formula channels, Formula local, Formula cycles, Formula moves) {
}
