package tf.grid.hub.chunk;

/**
 * A block of a file as referenced by a flist.
 *
 * @param id of the stored chunk
 * @param key to decrypt it
 */
public record Block(ChunkId id, ChunkKey key) {}
