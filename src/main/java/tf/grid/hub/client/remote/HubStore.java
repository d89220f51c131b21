package tf.grid.hub.client.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.store.StoredChunk;

/** The chunks of a hub over HTTP. Thread-safe. */
public final class HubStore extends RemoteStore {
  private static final int MOST_IDS = 10_000;

  /** Less than the 4 MiB that a hub accepts. */
  private static final int BATCH_BYTES = 3 << 20;

  /** How a hub answers if it notices that a stored chunk is damaged. */
  private static final int DAMAGED = 500;

  private static final String BYTES = "application/octet-stream";

  private final HubHttp http;

  public HubStore(HubHttp http) {
    this.http = http;
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    try {
      return http.get(
          "/api/chunks/" + id, Map.of(), answer -> Optional.of(answer.body().readAllBytes()));
    } catch (HubException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw new UncheckedIOException(
          e.status() == DAMAGED ? new UnreadableChunkException(id, e) : e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    List<StoredChunk> batch = new ArrayList<>();
    long length = 0;
    for (StoredChunk chunk : chunks) {
      int bytes = Integer.BYTES + chunk.bytes().remaining();
      if (length + bytes > BATCH_BYTES && !batch.isEmpty()) {
        send(batch, length);
        batch.clear();
        length = 0;
      }
      batch.add(chunk);
      length += bytes;
    }
    send(batch, length);
  }

  private void send(List<StoredChunk> batch, long length) {
    HubHttp.Body body =
        new HubHttp.Body() {
          @Override
          public long length() {
            return length;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            for (StoredChunk chunk : batch) {
              ByteBuffer bytes = chunk.bytes();
              out.write(ByteBuffer.allocate(4).putInt(bytes.remaining()).array());
              out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
          }
        };
    try {
      http.repeatable("POST", "/api/chunks", Map.of("Content-Type", BYTES), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sent(batch.size(), length);
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    Set<ChunkId> missing = new HashSet<>();
    Set<ChunkId> part = new HashSet<>();
    for (ChunkId id : ids) {
      part.add(id);
      if (part.size() == MOST_IDS) {
        ask(part, missing);
        part.clear();
      }
    }
    if (!part.isEmpty()) {
      ask(part, missing);
    }
    return missing;
  }

  private void ask(Set<ChunkId> ids, Set<ChunkId> missing) {
    String body =
        ids.stream().map(ChunkId::toString).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    try {
      JsonArray answer =
          http.repeatable(
                  "POST",
                  "/api/chunks/missing",
                  Map.of("Content-Type", "application/json"),
                  HubHttp.Body.of(body.getBytes(US_ASCII)))
              .asJsonArray();
      for (JsonString id : answer.getValuesAs(JsonString.class)) {
        missing.add(ChunkId.ofHex(id.getString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // Connections are kept by the JDK.
  }
}
