package tf.grid.hub.client.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.RemoteStore;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.store.KnownChunks;

/**
 * Where a push sends chunks and then the flist, with the threads and temporary files that it needs.
 * Chunks that arrived before an interruption are not sent again. For one push at a time.
 */
public final class PushTarget implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final int UNITS = 6;
  private static final String BOUNDARY = "hub-client-5f2c9b1e7a";
  private static final String SUFFIX = ".flist";

  private final HubHttp http;
  private final RemoteStore store;
  private final Path work;
  private final ChunkPipeline pipeline;

  /**
   * Prepares a push.
   *
   * @param http the hub that publishes the flist
   * @param store receives the chunks; stays open
   */
  public PushTarget(HubHttp http, RemoteStore store) throws IOException {
    this.http = http;
    this.store = store;
    this.work = Files.createTempDirectory("hub-client-");
    this.pipeline =
        new ChunkPipeline(
            store, new NoMemory(), new PipelineSize(WORKERS, UNITS), PushTarget::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Memory for the entries of one archive: half of the heap. */
  static EntryBudget memory() {
    long bytes = Runtime.getRuntime().maxMemory() / 2;
    return new EntryBudget(
        bytes,
        "the archive has more entries than fit in the memory of the client (%d MiB): set"
                .formatted(bytes >> 20)
            + " HUB_CLIENT_OPTS=-Xmx1g");
  }

  RemoteStore store() {
    return store;
  }

  ChunkPipeline pipeline() {
    return pipeline;
  }

  /** A new flist. */
  FlistWriter writer() throws IOException {
    return new FlistWriter(work);
  }

  /**
   * Publishes a flist whose chunks are stored.
   *
   * @param name of the flist, with or without its suffix
   */
  PublishedFlist publish(FlistWriter writer, String name, Map<String, String> metadata)
      throws IOException {
    metadata.forEach(writer::metadata);
    Path file = work.resolve("pushed" + SUFFIX);
    try (OutputStream out = Files.newOutputStream(file)) {
      writer.writeTo(out);
    }
    // Header fields are bytes, and the hub reads these as UTF-8.
    String whole = name.endsWith(SUFFIX) ? name : name + SUFFIX;
    String header = new String(whole.getBytes(UTF_8), ISO_8859_1);
    Map<String, String> headers =
        Map.of(
            "Content-Type", "multipart/form-data; boundary=" + BOUNDARY, "X-Original-Name", header);
    return http.repeatable(
        "POST",
        "/api/flist/me/upload-flist",
        headers,
        new Form(file),
        answer -> PublishedFlist.read(answer.body()));
  }

  @Override
  public void close() throws IOException {
    pipeline.close();
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** A form with a file. */
  private record Form(Path file) implements HubHttp.Body {
    private static final byte[] HEAD =
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"upload.flist\""
                + "\r\n\r\n")
            .getBytes(UTF_8);
    private static final byte[] END = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8);

    @Override
    public long length() throws IOException {
      return HEAD.length + Files.size(file) + END.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(HEAD);
      Files.copy(file, out);
      out.write(END);
    }
  }

  /** Content that occurs twice in a push is encoded twice, which costs less than to remember it. */
  private static final class NoMemory implements KnownChunks {
    @Override
    public Map<ChunkKey, ChunkId> lookUp(Collection<ChunkKey> keys) {
      return Map.of();
    }

    @Override
    public void remember(Collection<Block> blocks) {}
  }
}
