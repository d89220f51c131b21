package tf.grid.hub.client.push;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.build.chunking.BlockSlots;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.push.FileMemory.Remembered;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;

/**
 * Stores the content of local files. A file is read once, whatever the number of its names, and not
 * at all if it is unchanged since the last push. For one thread.
 */
final class LocalFiles {
  private static final int CHECKED_AT_ONCE = 10_000;

  /** A file that was changed this short before the push may change again within the same tick. */
  private static final long UNSETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final byte[] ZEROS = new byte[ChunkCodec.MAX_PLAIN];

  private final byte[] plain = new byte[ChunkCodec.MAX_PLAIN];
  private final ChunkUpload upload;
  private final ChunkStore store;
  private final Progress progress;
  private final long settledNanos;
  private final Map<String, List<Block>> linked = new HashMap<>();
  private final Set<ChunkId> unchecked = new HashSet<>();

  /**
   * Stores files.
   *
   * @param now the current time of the file system, in nanoseconds
   */
  LocalFiles(ChunkUpload upload, ChunkStore store, Progress progress, long now) {
    this.upload = upload;
    this.store = store;
    this.progress = progress;
    this.settledNanos = now - UNSETTLED_NANOS;
  }

  /** The hub has lost chunks of files that were not read. */
  static final class ForgottenChunksException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Stores a file.
   *
   * @param earlier the file in the last push; null if it was not in it
   * @return its blocks, some of which are on their way
   */
  List<Block> store(Path local, FlistPath path, FileStat stat, Remembered earlier)
      throws IOException {
    List<Block> blocks = stat.links() > 1 ? linked.get(stat.inode()) : null;
    if (blocks == null && earlier != null && earlier.state().equals(stat.state())) {
      blocks = earlier.blocks();
      progress.received(stat.size());
      checkLater(blocks);
    } else if (blocks == null) {
      blocks = read(local, path, stat.size());
    }
    progress.fileDone();
    if (stat.links() > 1) {
      linked.put(stat.inode(), blocks);
    }
    return blocks;
  }

  /** Whether a file need not be read by the next push if it looks the same then. */
  boolean isSettled(FileStat stat) {
    return stat.size() > 0 && stat.state().changedNanos() < settledNanos;
  }

  private List<Block> read(Path local, FlistPath path, long size) throws IOException {
    BlockSlots slots = new BlockSlots(size);
    if (size == 0) {
      return slots;
    }
    try (InputStream in = Files.newInputStream(local, LinkOption.NOFOLLOW_LINKS)) {
      long left = size;
      for (int piece = 0; left > 0; piece++) {
        int length = (int) Math.min(left, ChunkCodec.MAX_PLAIN);
        if (in.readNBytes(plain, 0, length) < length) {
          throw new IOException(
              "/%s became shorter while it was read: try again when nothing writes to it"
                  .formatted(PrintableText.of(path.bytes())));
        }
        add(slots, piece, length);
        progress.received(length);
        left -= length;
      }
    }
    return slots;
  }

  /** Holes of sparse files, and other long runs of zeros, are stored once. */
  private void add(BlockSlots slots, int piece, int length) throws IOException {
    if (length == ChunkCodec.MAX_PLAIN && Arrays.equals(plain, ZEROS)) {
      upload.addZeros(slots, piece);
    } else {
      upload.add(
          slots,
          piece,
          length,
          (into, offset, count) -> System.arraycopy(plain, 0, into, offset, count));
    }
  }

  private void checkLater(List<Block> blocks) throws ForgottenChunksException {
    for (Block block : blocks) {
      unchecked.add(block.id());
    }
    if (unchecked.size() > CHECKED_AT_ONCE) {
      check();
    }
  }

  /** Checks that the hub still has the chunks of files that were not read. */
  void check() throws ForgottenChunksException {
    if (!unchecked.isEmpty() && !store.missing(unchecked).isEmpty()) {
      throw new ForgottenChunksException();
    }
    unchecked.clear();
  }
}
