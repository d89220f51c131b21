package tf.grid.hub.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tf.grid.hub.chunk.ChunkId;

/** The hashes whose fields are chunks. Immutable. */
final class ChunkHashes {
  private static final int BITS = 10;

  private final byte[][] names;

  private ChunkHashes(byte[][] names) {
    this.names = names;
  }

  /** One hash, of the name of the namespace. */
  static ChunkHashes one(String namespace) {
    return new ChunkHashes(new byte[][] {namespace.getBytes(UTF_8)});
  }

  /**
   * 1024 hashes, by the first bits of the ids: a cluster keeps each hash on one node, so that there
   * have to be many.
   */
  static ChunkHashes spread(String namespace) {
    return new ChunkHashes(
        IntStream.range(0, 1 << BITS)
            .mapToObj(number -> String.format(Locale.ROOT, "%s:%03x", namespace, number))
            .map(name -> name.getBytes(UTF_8))
            .toArray(byte[][]::new));
  }

  /** The name of the hash of a chunk. */
  byte[] of(ChunkId id) {
    return names.length == 1 ? names[0] : names[(int) (id.high() >>> (Long.SIZE - BITS))];
  }

  /** The names of all hashes. */
  List<byte[]> all() {
    return Arrays.asList(names);
  }
}
