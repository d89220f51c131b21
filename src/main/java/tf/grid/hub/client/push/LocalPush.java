package tf.grid.hub.client.push;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.ArchiveLimits;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.EntryBudget;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.ChunkUpload;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.chunk.Blake2b;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.client.remote.HubStore;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.KnownChunks;

/**
 * Makes a flist locally, sends the chunks that a hub does not have, and then the flist. After an
 * interruption, the next push sends the rest: chunks that arrived are not sent again. For one push
 * at a time.
 */
public final class LocalPush implements AutoCloseable {
  private static final int WORKERS = 4;
  private static final int UNITS = 6;
  private static final int NAME_BYTES = 16;
  private static final String BOUNDARY = "hub-client-5f2c9b1e7a";

  private final HubHttp http;
  private final HubStore store;
  private final Path cache;
  private final Path work;
  private final ChunkPipeline pipeline;
  private final Progress progress;
  private final Consumer<String> notes;

  /**
   * Prepares a push.
   *
   * @param cache directory for what is remembered of local files
   * @param progress receives the progress
   * @param notes receives what was left out or is unusual, as printable text
   */
  public LocalPush(HubHttp http, Path cache, Progress progress, Consumer<String> notes)
      throws IOException {
    this.http = http;
    this.store = new HubStore(http);
    this.cache = cache;
    this.work = Files.createTempDirectory("hub-client-");
    this.pipeline =
        new ChunkPipeline(
            store, new NoMemory(), new PipelineSize(WORKERS, UNITS), LocalPush::daemon);
    this.progress = progress;
    this.notes = notes;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Chunks that were sent, and their bytes. */
  public HubStore sent() {
    return store;
  }

  /**
   * Pushes a directory.
   *
   * @param excluded tells by relative path what to leave out
   * @param reproducible whether all entries belong to root and have the time 0
   * @return what the hub says of the flist
   */
  public Published directory(
      Path directory,
      Predicate<String> excluded,
      boolean reproducible,
      String name,
      Map<String, String> metadata)
      throws IOException {
    try {
      return directory(directory, excluded, reproducible, name, metadata, true);
    } catch (LocalFiles.ForgottenChunksException e) {
      return directory(directory, excluded, reproducible, name, metadata, false);
    }
  }

  private Published directory(
      Path directory,
      Predicate<String> excluded,
      boolean reproducible,
      String name,
      Map<String, String> metadata,
      boolean remembering)
      throws IOException {
    LocalTree.Source source = new LocalTree.Source(directory, excluded, reproducible, now());
    try (ChunkUpload upload = pipeline.open(Progress.NONE);
        FileMemory memory = new FileMemory(memoryOf(directory), remembering);
        FlistWriter writer = new FlistWriter(work)) {
      new LocalTree(source, upload, store, memory, writer, progress, notes).read();
      return publish(writer, name, metadata);
    }
  }

  /** The clock of the file system, which may be another machine's. */
  private long now() throws IOException {
    Files.createDirectories(cache);
    Path probe = Files.createTempFile(cache, ".now-", "");
    FileTime time = Files.getLastModifiedTime(probe);
    Files.delete(probe);
    return time.to(TimeUnit.NANOSECONDS);
  }

  private Path memoryOf(Path directory) throws IOException {
    byte[] path = FileNames.bytes(directory.toRealPath()).bytes();
    byte[] digest = Blake2b.digest(NAME_BYTES, path, 0, path.length);
    return cache.resolve(HexFormat.of().formatHex(digest) + ".files");
  }

  /**
   * Pushes an archive.
   *
   * @param archive tar, plain or compressed; not closed
   * @return what the hub says of the flist
   * @throws ArchiveException if the archive is damaged or unsafe
   */
  public Published archive(InputStream archive, String name, Map<String, String> metadata)
      throws IOException, ArchiveException {
    EntryBudget budget = new EntryBudget(Runtime.getRuntime().maxMemory() / 2);
    FlistBuilder builder = new FlistBuilder(pipeline, budget, ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    try (BuiltTree tree = builder.build("", archive, progress);
        FlistWriter writer = new FlistWriter(work)) {
      tree.warnings().forEach(notes);
      tree.readme()
          .ifPresent(
              text ->
                  writer.metadata(
                      "readme", Json.createObjectBuilder().add("readme", text).build().toString()));
      tree.directories(writer::directory);
      return publish(writer, name, metadata);
    }
  }

  private Published publish(FlistWriter writer, String name, Map<String, String> metadata)
      throws IOException {
    metadata.forEach(writer::metadata);
    Path flist = work.resolve("pushed.flist");
    try (OutputStream out = Files.newOutputStream(flist)) {
      writer.writeTo(out);
    }
    return send(flist, name + ".flist");
  }

  /** Sends a flist in a form. */
  private Published send(Path file, String name) throws IOException {
    byte[] head =
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"upload.flist\""
                + "\r\n\r\n")
            .getBytes(UTF_8);
    byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(UTF_8);
    HubHttp.Body body =
        new HubHttp.Body() {
          @Override
          public long length() throws IOException {
            return head.length + Files.size(file) + end.length;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(head);
            Files.copy(file, out);
            out.write(end);
          }
        };
    // Header fields are bytes, and the hub reads these as UTF-8.
    String header = new String(name.getBytes(UTF_8), ISO_8859_1);
    Map<String, String> headers =
        Map.of(
            "Content-Type", "multipart/form-data; boundary=" + BOUNDARY, "X-Original-Name", header);
    try (HubHttp.Response answer =
        http.repeated("POST", "/api/flist/me/upload-flist", headers, body)) {
      return Published.read(answer.body());
    }
  }

  /**
   * A flist that the hub has published.
   *
   * @param name its name there
   * @param warnings what is unusual about it
   */
  public record Published(String name, List<String> warnings) {

    /** Reads the response of a hub without its list of all entries, which may not fit in memory. */
    static Published read(InputStream response) {
      String name = "";
      List<String> warnings = new ArrayList<>();
      try (JsonParser json = Json.createParser(response)) {
        String key = "";
        while (json.hasNext()) {
          JsonParser.Event event = json.next();
          if (event == JsonParser.Event.KEY_NAME) {
            key = json.getString();
          } else if (event == JsonParser.Event.START_ARRAY && key.equals("content")) {
            json.skipArray();
          } else if (event == JsonParser.Event.VALUE_STRING && key.equals("name")) {
            name = json.getString();
          } else if (event == JsonParser.Event.VALUE_STRING && key.equals("warnings")) {
            warnings.add(json.getString());
          }
        }
      }
      return new Published(name, List.copyOf(warnings));
    }
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
