package tf.grid.hub.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.limit.FairMemory;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.limit.queue.FlowLimit;
import tf.grid.hub.limit.queue.QueueLimits;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoredChunk;

/**
 * Takes and hands out stored chunks, each only as what its id says. Thread-safe, of which a bounded
 * number holds a chunk that is being received.
 */
public final class ChunkExchange {
  /** Bytes that a chunk has at most as it is stored. */
  public static final int MOST_BYTES = ChunkCodec.maxStoredLength(ChunkCodec.MAX_PLAIN);

  /** Bytes of a batch of chunks with their lengths. */
  public static final int MOST_BATCH_BYTES = 4 << 20;

  /** A body is in memory twice when it has arrived: in pieces, and as a whole. */
  private static final int COPIES = 2;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Requests of either kind that wait for a place; each holds a thread. */
  private static final int WAITING = 6;

  private final ChunkStore store;
  private final FairMemory memory;
  private final Ticker ticker;
  private final FlowLimit<Object> places;
  private final FlowLimit<Object> batches;

  /**
   * Works on a store.
   *
   * @param memory for what is received
   * @param ticker measures how long bodies take
   * @param places chunks that are received at once; batches may be as many bytes again
   */
  public ChunkExchange(ChunkStore store, FairMemory memory, Ticker ticker, int places) {
    this.store = store;
    this.memory = memory;
    this.ticker = ticker;
    TryAgainLaterException tooMany =
        TryAgainLaterException.tooMany(
            PAUSE, "too many chunks are being received, try again later");
    QueueLimits rules = QueueLimits.of(WAITING);
    int large = Math.max(2, (int) ((long) places * MOST_BYTES / MOST_BATCH_BYTES));
    this.places = new FlowLimit<>(places, rules, ticker, tooMany);
    this.batches = new FlowLimit<>(large, rules, ticker, tooMany);
  }

  /**
   * Those of the ids that the store does not have.
   *
   * @param publishable whether the others are kept for the grace period
   */
  Set<ChunkId> missing(Collection<ChunkId> ids, boolean publishable) {
    return publishable ? store.missing(ids) : store.absent(ids);
  }

  /**
   * The stored bytes of a chunk.
   *
   * @throws ChunkRequestException when the store does not have it
   * @throws tf.grid.hub.store.StoreException.StoreCorruptException when it has something else under
   *     the id
   */
  byte[] get(ChunkId id) {
    return store.get(id).orElseThrow(ChunkRequestException::absent);
  }

  /**
   * Stores a chunk, durably.
   *
   * @param owner identifies the account
   * @param body its stored bytes
   * @return whether the store did not have it before
   * @throws ChunkRequestException when the bytes are not those of the id
   * @throws TryAgainLaterException when too many chunks are being received
   * @throws IOException when they do not arrive, are too many, or come too slowly while others wait
   */
  boolean put(Object owner, ChunkId id, InputStream body) throws IOException {
    RequestBody bounded = new RequestBody(body, MOST_BYTES, ticker);
    return places.<Boolean, IOException>within(owner, bounded, () -> receive(id, bounded));
  }

  private boolean receive(ChunkId id, InputStream body) throws IOException {
    return memory.<Boolean, IOException>brief(
        (long) COPIES * MOST_BYTES, () -> store(id, body.readAllBytes()));
  }

  private boolean store(ChunkId id, byte[] stored) {
    if (stored.length == 0 || !isNamed(id, stored)) {
      throw ChunkRequestException.malformed(
          "the body is not the chunk of this id, which is BLAKE2b-128 of the stored bytes");
    }
    boolean fresh = !store.lacking(List.of(id)).isEmpty();
    if (fresh) {
      store.put(List.of(new StoredChunk(id, ByteBuffer.wrap(stored))));
    }
    return fresh;
  }

  /**
   * Stores several chunks, durably.
   *
   * @param owner identifies the account
   * @param body each chunk, preceded by its length as four bytes, big-endian; at most {@link
   *     #MOST_BATCH_BYTES} in all
   * @return the numbers of chunks
   * @throws ChunkRequestException when the body has another form
   * @throws TryAgainLaterException when too many chunks are being received
   * @throws IOException when they do not arrive, are too many, or come too slowly while others wait
   */
  Stored putAll(Object owner, InputStream body) throws IOException {
    RequestBody bounded = new RequestBody(body, MOST_BATCH_BYTES, ticker);
    return batches.<Stored, IOException>within(owner, bounded, () -> receiveAll(bounded));
  }

  private Stored receiveAll(InputStream body) throws IOException {
    return memory.<Stored, IOException>brief(
        (long) COPIES * MOST_BATCH_BYTES, () -> storeAll(body.readAllBytes()));
  }

  private Stored storeAll(byte[] batch) {
    Map<ChunkId, StoredChunk> sent = split(batch);
    Set<ChunkId> lacking = store.lacking(sent.keySet());
    if (!lacking.isEmpty()) {
      store.put(lacking.stream().map(sent::get).toList());
    }
    return new Stored(lacking.size(), sent.size() - lacking.size());
  }

  private static Map<ChunkId, StoredChunk> split(byte[] batch) {
    Map<ChunkId, StoredChunk> chunks = new LinkedHashMap<>();
    ChunkCodec codec = new ChunkCodec();
    ByteBuffer rest = ByteBuffer.wrap(batch);
    while (rest.hasRemaining()) {
      int length = rest.remaining() < Integer.BYTES ? 0 : rest.getInt();
      if (length < 1 || length > MOST_BYTES || length > rest.remaining()) {
        throw ChunkRequestException.malformed(
            "the body is no sequence of chunks, each after its length in four bytes");
      }
      ChunkId id = codec.idOf(batch, rest.position(), length);
      chunks.put(id, new StoredChunk(id, rest.slice(rest.position(), length)));
      rest.position(rest.position() + length);
    }
    if (chunks.isEmpty()) {
      throw ChunkRequestException.malformed("the body has no chunks");
    }
    return chunks;
  }

  /**
   * What became of a batch.
   *
   * @param fresh number of chunks that the store did not have
   * @param known number of chunks that it had
   */
  record Stored(int fresh, int known) {}

  private static boolean isNamed(ChunkId id, byte[] stored) {
    return new ChunkCodec().idOf(stored, 0, stored.length).equals(id);
  }
}
