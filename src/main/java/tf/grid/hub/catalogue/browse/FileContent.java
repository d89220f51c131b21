package tf.grid.hub.catalogue.browse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkCodec;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.FileNode;
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
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          writeTo(bytes, from, length);
          return bytes.toByteArray();
        });
  }

  /**
   * Writes a part of the content. Not subject to the limit of concurrent reads: callers that write
   * to slow clients have their own limit.
   *
   * @param from the offset of the first byte
   * @param length in bytes; bytes beyond the end are omitted
   * @throws ContentLostException if a chunk is missing or damaged; the bytes before it were written
   *     correctly
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public void writeTo(OutputStream out, long from, long length) throws IOException {
    ChunkCodec codec = new ChunkCodec();
    long end = Math.min(node.size(), from + Math.min(length, node.size()));
    long position = from;
    while (position < end) {
      int number = Math.toIntExact(position / ChunkCodec.MAX_PLAIN);
      byte[] plain = piece(codec, number);
      int start = (int) (position % ChunkCodec.MAX_PLAIN);
      int count = (int) Math.min(plain.length - start, end - position);
      if (count <= 0) {
        throw new ContentLostException(node.name(), "a chunk is shorter than it should be");
      }
      out.write(plain, start, count);
      position += count;
    }
  }

  private byte[] piece(ChunkCodec codec, int number) throws ContentLostException {
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
      return codec.decode(block, stored);
    } catch (ChunkDamagedException e) {
      throw new ContentLostException(node.name(), e.getMessage());
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
