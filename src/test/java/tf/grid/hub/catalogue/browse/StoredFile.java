package tf.grid.hub.catalogue.browse;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/** Files whose content is in a store, as an upload makes them. Stateless. */
public final class StoredFile {

  private StoredFile() {}

  /** Stores the content, and gives the entry of a flist for it. */
  public static FileNode in(ChunkStore store, String name, byte[] content) {
    ChunkCodec codec = new ChunkCodec();
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < content.length; from += ChunkCodec.MAX_PLAIN) {
      int length = Math.min(ChunkCodec.MAX_PLAIN, content.length - from);
      ChunkKey key = codec.keyOf(content, from, length);
      byte[] out = new byte[ChunkCodec.maxStoredLength(length)];
      int stored = codec.encode(content, from, length, key, out, 0);
      ChunkId id = codec.idOf(out, 0, stored);
      store.put(List.of(new StoredChunk(id, ByteBuffer.wrap(out, 0, stored))));
      blocks.add(new Block(id, key));
    }
    return new FileNode(
        Name.of(name), DirectoryNode.ROOT.permissions(), 1, 1, content.length, blocks);
  }
}
