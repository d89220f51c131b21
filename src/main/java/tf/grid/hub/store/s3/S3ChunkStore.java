package tf.grid.hub.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.store.ChunkInventory.Entry;
import tf.grid.hub.store.ChunkScan;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.StoreException.StoreCorruptException;
import tf.grid.hub.store.StoredChunk;
import tf.grid.hub.store.lease.ConfirmedChunks;

/**
 * Keeps chunks in a bucket of an S3 server. Each is an object, whose key is a prefix and the id in
 * hexadecimal digits. Writes carry the MD5 hash of the bytes, which the server checks; reads are
 * compared with the id. Requests of a call are sent at once, up to the number of connections. A
 * chunk that the bucket had some minutes ago is not asked for again. Thread-safe.
 */
public final class S3ChunkStore implements ChunkStore, ChunkScan {
  /** No chunk is larger. */
  private static final int MOST_BYTES = 1 << 20;

  /** Keys in a page of a listing, and in a request that deletes: what S3 allows. */
  private static final int PAGE = 1_000;

  /** Listings at once, one for each first digit. */
  private static final int DIGITS = 16;

  private final S3Settings settings;
  private final S3Client client;
  private final S3Errors errors;
  private final ParallelRequests requests;
  private final ConfirmedChunks confirmed;

  private volatile boolean listed;

  private S3ChunkStore(
      S3Settings settings, S3Client client, S3Errors errors, ConfirmedChunks confirmed) {
    this.settings = settings;
    this.client = client;
    this.errors = errors;
    this.requests = new ParallelRequests(Math.max(1, settings.connections() / 2));
    this.confirmed = confirmed;
  }

  /** The same for a hub that is the only one to delete chunks. */
  public static S3ChunkStore open(S3Settings settings, Ticker ticker) {
    return open(settings, ConfirmedChunks.remembered(ticker));
  }

  /**
   * Prepares a store; the first connection is made when the first chunk is asked for.
   *
   * @param confirmed what it was seen to have; counts the deletions of this store
   * @throws tf.grid.hub.store.StoreException if region or keys are not set and not to be found
   */
  public static S3ChunkStore open(S3Settings settings, ConfirmedChunks confirmed) {
    S3Errors errors = new S3Errors(settings);
    try {
      return new S3ChunkStore(settings, S3Connection.open(settings), errors, confirmed);
    } catch (SdkException e) {
      throw errors.meaning("find region and keys", e);
    }
  }

  @Override
  public Optional<byte[]> get(ChunkId id) {
    return asking("get chunk " + id, () -> read(id));
  }

  private Optional<byte[]> read(ChunkId id) {
    try {
      return Optional.of(
          client.getObject(
              get -> get.bucket(settings.bucket()).key(key(id)),
              ResponseTransformer.unmanaged(S3ChunkStore::bytes)));
    } catch (NoSuchKeyException absent) {
      return Optional.empty();
    }
  }

  /** Reads no more than a chunk can have: the part of a longer object has another hash. */
  private static byte[] bytes(GetObjectResponse response, AbortableInputStream body) {
    try (body) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        body.abort();
      }
      return bytes;
    } catch (IOException e) {
      throw RetryableException.create("the body ended early", e);
    }
  }

  @Override
  public void put(List<StoredChunk> chunks) {
    Map<ChunkId, StoredChunk> distinct = new LinkedHashMap<>();
    chunks.forEach(chunk -> distinct.put(chunk.id(), chunk));
    long since = confirmed.deletions();
    requests.each(
        List.copyOf(distinct.values()),
        chunk -> {
          asking("put chunk " + chunk.id(), () -> write(chunk));
          confirmed.add(chunk.id(), since);
        });
  }

  private String write(StoredChunk chunk) {
    ByteBuffer bytes = chunk.bytes();
    return client
        .putObject(
            put ->
                put.bucket(settings.bucket())
                    .key(key(chunk.id()))
                    .contentMD5(md5(bytes.duplicate())),
            body(bytes.duplicate()))
        .eTag();
  }

  private static String md5(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(bytes);
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static RequestBody body(ByteBuffer bytes) {
    if (!bytes.hasArray()) {
      return RequestBody.fromRemainingByteBuffer(bytes);
    }
    int offset = bytes.arrayOffset() + bytes.position();
    int length = bytes.remaining();
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes.array(), offset, length),
        length,
        "application/octet-stream");
  }

  @Override
  public Set<ChunkId> missing(Collection<ChunkId> ids) {
    Set<ChunkId> missing = ConcurrentHashMap.newKeySet();
    long since = confirmed.deletions();
    List<ChunkId> asked = new HashSet<>(ids).stream().filter(id -> !confirmed.has(id)).toList();
    requests.each(
        asked,
        id -> {
          if (asking("ask for chunk " + id, () -> exists(id))) {
            confirmed.add(id, since);
          } else {
            missing.add(id);
          }
        });
    return new HashSet<>(missing);
  }

  private boolean exists(ChunkId id) {
    try {
      client.headObject(head -> head.bucket(settings.bucket()).key(key(id)));
      return true;
    } catch (NoSuchKeyException absent) {
      return false;
    }
  }

  /** {@inheritDoc} Objects that are no chunks are left out. */
  @Override
  public void scan(Consumer<Entry> visitor) {
    ReentrantLock oneAtATime = new ReentrantLock();
    requests.each(
        IntStream.range(0, DIGITS).mapToObj(Integer::toHexString).toList(),
        digit -> {
          String from = null;
          do {
            ListObjectsV2Response page = list(digit, from, PAGE);
            oneAtATime.lock();
            try {
              page.contents().forEach(object -> entry(object).ifPresent(visitor));
            } finally {
              oneAtATime.unlock();
            }
            from = page.nextContinuationToken();
          } while (from != null);
        });
  }

  /**
   * Returns a page of a listing.
   *
   * @param from token of the page before; null for the first page
   * @throws StoreCorruptException if the answer is no listing, which would look like an empty one
   */
  private ListObjectsV2Response list(String digits, String from, int most) {
    String tried = "list chunks";
    ListObjectsV2Response page =
        asking(
            tried,
            () ->
                client.listObjectsV2(
                    list ->
                        list.bucket(settings.bucket())
                            .prefix(settings.prefix() + digits)
                            .maxKeys(most)
                            .continuationToken(from)));
    if (page.name() == null) {
      throw errors.senseless(tried, null);
    }
    return page;
  }

  private Optional<Entry> entry(S3Object object) {
    String name = object.key().substring(settings.prefix().length());
    if (name.length() != 2 * ChunkId.LENGTH) {
      return Optional.empty();
    }
    try {
      ChunkId id = ChunkId.ofHex(name);
      return id.toString().equals(name)
          ? Optional.of(new Entry(id, object.size(), object.lastModified()))
          : Optional.empty();
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  @Override
  public boolean knowsTimes() {
    return true;
  }

  @Override
  public void delete(Collection<ChunkId> ids) {
    List<ChunkId> all = List.copyOf(ids);
    List<List<ChunkId>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PAGE) {
      batches.add(all.subList(from, Math.min(all.size(), from + PAGE)));
    }
    confirmed.forget(all);
    try {
      requests.each(batches, this::deleteAtOnce);
    } finally {
      confirmed.forget(all);
    }
  }

  private void deleteAtOnce(List<ChunkId> batch) {
    String tried = "delete chunks";
    List<ObjectIdentifier> keys =
        batch.stream().map(id -> ObjectIdentifier.builder().key(key(id)).build()).toList();
    List<S3Error> failures =
        asking(
            tried,
            () ->
                client
                    .deleteObjects(
                        delete ->
                            delete
                                .bucket(settings.bucket())
                                .delete(these -> these.objects(keys).quiet(true)))
                    .errors());
    for (S3Error failure : failures) {
      if (!"NoSuchKey".equals(failure.code())) {
        throw errors.answered(tried, String.valueOf(failure.code()), 0, null);
      }
    }
  }

  /**
   * {@inheritDoc} A listing shows what is wrong. Once that has worked, a cheaper request is sent,
   * because Amazon charges for each and the health of a hub is checked every second.
   */
  @Override
  public void probe() {
    if (!listed || !isBucketThere()) {
      list("", null, 1);
      listed = true;
    }
  }

  /** Without a reason if it is not, because the answer has no body. */
  private boolean isBucketThere() {
    return asking(
        "look into the bucket",
        () -> {
          try {
            client.headBucket(head -> head.bucket(settings.bucket()));
            return true;
          } catch (S3Exception refused) {
            return false;
          }
        });
  }

  private String key(ChunkId id) {
    return settings.prefix() + id;
  }

  private <T> T asking(String tried, Supplier<T> request) {
    try {
      return request.get();
    } catch (SdkException e) {
      throw errors.meaning(tried, e);
    }
  }

  @Override
  public void close() {
    requests.close();
    client.close();
  }
}
