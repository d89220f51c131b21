package tf.grid.hub.catalogue.browse;

import java.io.IOException;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.http.file.SeekableContent;
import tf.grid.hub.http.send.WeakBytes;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.store.ChunkStore;

/**
 * The content of a regular file in a flist. Chunks are fetched and decoded one by one, so that
 * memory use is limited to one chunk. Immutable and thread-safe.
 */
public final class FileContent {

  private final FileNode node;
  private final ChunkStore store;
  private final ReadLimit readLimit;

  /**
   * Takes where it is.
   *
   * @param readLimit bounds how many short parts are read at once
   */
  FileContent(FileNode node, ChunkStore store, ReadLimit readLimit) {
    this.node = node;
    this.store = store;
    this.readLimit = readLimit;
  }

  public FileNode node() {
    return node;
  }

  /**
   * Reads a short part of the content, in a turn of its own: the chunks that it is in are in memory
   * for a moment.
   *
   * @param from the first byte, counted from 0
   * @param length bytes; what is beyond the end is left out
   * @throws ContentLostException if a chunk is missing or damaged
   * @throws tf.grid.hub.limit.TryAgainLaterException if too many others are being read
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public byte[] bytes(long from, int length) throws IOException {
    return readLimit.take(
        () -> {
          SeekableContent content = reader();
          byte[] bytes = new byte[(int) Math.max(0, Math.min(length, node.size() - from))];
          int count = 0;
          while (count < bytes.length) {
            count += content.read(from + count, bytes, count, bytes.length - count);
          }
          return bytes;
        });
  }

  /**
   * The content for one client, which may read it slowly: it holds a chunk only while it is read.
   * Reading throws {@link ContentLostException} if a chunk is missing or damaged, and {@link
   * tf.grid.hub.store.StoreException} if the store fails.
   */
  public SeekableContent reader() {
    return new ChunkReader();
  }

  private byte[] chunk(int number) throws ContentLostException {
    if (number >= node.blocks().size()) {
      throw new ContentLostException(node.name(), "the flist names too few chunks");
    }
    Block block = node.blocks().get(number);
    byte[] stored =
        store
            .get(block.id())
            .orElseThrow(
                () ->
                    new ContentLostException(node.name(), "the store has no chunk " + block.id()));
    try {
      return new ChunkCodec().decode(block, stored);
    } catch (ChunkDamagedException e) {
      throw new ContentLostException(node.name(), e.getMessage());
    }
  }

  /** Holds the chunk that was read last. Not thread-safe. */
  private final class ChunkReader implements SeekableContent {
    private WeakBytes chunk;
    private int number = -1;

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      int wanted = Math.toIntExact(position / ChunkCodec.MAX_PLAIN);
      if (wanted != number) {
        number = wanted;
        chunk = new WeakBytes(() -> chunk(wanted));
      }
      byte[] plain = chunk.get();
      int start = (int) (position % ChunkCodec.MAX_PLAIN);
      int count = Math.min(plain.length - start, length);
      if (count <= 0) {
        throw new ContentLostException(node.name(), "a chunk is shorter than it should be");
      }
      System.arraycopy(plain, start, target, offset, count);
      return count;
    }

    @Override
    public void pause() {
      if (chunk != null) {
        chunk.release();
      }
    }
  }

  /** Part of a file cannot be read, because a chunk is missing or damaged. */
  public static final class ContentLostException extends IOException {

    private static final long serialVersionUID = 1L;

    ContentLostException(Name file, String why) {
      super("tried to read " + file.printable() + " but " + why);
    }
  }
}
