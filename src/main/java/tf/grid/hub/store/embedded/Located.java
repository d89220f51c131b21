package tf.grid.hub.store.embedded;

import tf.grid.hub.chunk.ChunkId;

/** A chunk and where it is. */
record Located(ChunkId id, Place place) {}
