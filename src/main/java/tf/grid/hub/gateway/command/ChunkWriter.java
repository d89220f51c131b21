package tf.grid.hub.gateway.command;

import io.netty.handler.codec.redis.RedisMessage;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.kernel.Blake2b;
import tf.grid.hub.gateway.command.Request.Command;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/**
 * Stores values whose hash is their id. Ids come from untrusted clients: a wrong value under the id
 * of another chunk would change files of other users. Thread-safe.
 */
final class ChunkWriter {
  private final ChunkStore store;

  ChunkWriter(ChunkStore store) {
    this.store = store;
  }

  /** Carries out a run of {@code SET}, with one call for all of it. */
  List<RedisMessage> set(List<Command> commands) {
    List<Optional<ChunkId>> genuine = commands.stream().map(ChunkWriter::genuineId).toList();
    List<ChunkId> ids = genuine.stream().flatMap(Optional::stream).toList();
    Set<ChunkId> fresh = new HashSet<>(ids.isEmpty() ? Set.of() : store.lacking(ids));
    Map<ChunkId, StoredChunk> chunks = new LinkedHashMap<>();
    for (int i = 0; i < commands.size(); i++) {
      ByteBuffer value = ByteBuffer.wrap(commands.get(i).argument(1));
      genuine
          .get(i)
          .filter(fresh::contains)
          .ifPresent(id -> chunks.putIfAbsent(id, new StoredChunk(id, value)));
    }
    if (!chunks.isEmpty()) {
      store.put(List.copyOf(chunks.values()));
    }
    return genuine.stream().map(id -> reply(id, fresh)).toList();
  }

  /** Whether the id that a command names is the digest of a value. */
  private static boolean isNamedBy(Command command, byte[] value) {
    return command.id().equals(Optional.of(idOf(value)));
  }

  /** No piece of a file is empty, so nothing names an empty value. */
  private static Optional<ChunkId> genuineId(Command command) {
    return command
        .id()
        .filter(id -> command.argument(1).length > 0 && isNamedBy(command, command.argument(1)));
  }

  /** The id to the first who brings a chunk, nil to those who bring it again. */
  private static RedisMessage reply(Optional<ChunkId> genuine, Set<ChunkId> fresh) {
    return genuine
        .map(id -> fresh.remove(id) ? Reply.bulk(id.bytes()) : Reply.NIL)
        .orElseGet(() -> Reply.error(Reply.WRONG_ID));
  }

  private static ChunkId idOf(byte[] value) {
    return ChunkId.of(Blake2b.digest(ChunkId.LENGTH, value, 0, value.length));
  }
}
