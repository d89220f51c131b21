package tf.grid.hub.field;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tf.grid.hub.build.BuiltTree;
import tf.grid.hub.build.FlistBuilder;
import tf.grid.hub.build.chunking.ChunkPipeline;
import tf.grid.hub.build.chunking.PipelineSize;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkDamagedException;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.client.FlistClient;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.progress.Progress;
import tf.grid.hub.store.ChunkStore;
import tf.grid.hub.store.KnownChunks;

/**
 * Converts archives to flists as an upload does, and lists what a client that shares no code with
 * the hub reads in the flist.
 */
final class FlistBuild implements AutoCloseable {
  private static final long BUDGET = 400L << 20;

  private final ChunkStore store;
  private final Path work;
  private final ChunkPipeline pipeline;
  private final FlistBuilder builder;
  private final ChunkCodec codec = new ChunkCodec();

  /**
   * A build that keeps chunks in this store.
   *
   * @param work for temporary files
   */
  FlistBuild(ChunkStore store, KnownChunks known, Path work) {
    this.store = store;
    this.work = work;
    this.pipeline = new ChunkPipeline(store, known, new PipelineSize(2, 8), FlistBuild::thread);
    this.builder =
        new FlistBuilder(pipeline, new EntryBudget(BUDGET), ArchiveLimits.DEFAULT, Ticker.SYSTEM);
  }

  /**
   * A converted archive.
   *
   * @param listing as in {@link TreeListing}
   * @param warnings of the upload
   */
  record Converted(Map<String, String> listing, List<String> warnings) {}

  Converted convert(InputStream archive) throws ArchiveException, IOException, SQLException {
    ByteArrayOutputStream flist = new ByteArrayOutputStream();
    List<String> warnings;
    try (BuiltTree tree = builder.build("alice", archive, Progress.NONE);
        FlistWriter writer = new FlistWriter(work)) {
      tree.directories(writer::directory);
      writer.writeTo(flist);
      warnings = tree.warnings();
    }
    Map<String, String> listing = new TreeMap<>();
    try (FlistClient client = new FlistClient(flist.toByteArray())) {
      for (Map.Entry<String, FlistClient.Entry> entry : client.entries().entrySet()) {
        listing.put(entry.getKey(), line(entry.getValue()));
      }
    }
    return new Converted(listing, warnings);
  }

  private String line(FlistClient.Entry entry) throws IOException {
    String[] owner = entry.owner().split(":", 4);
    return TreeListing.line(
        kind(entry.kind()),
        entry.mode(),
        owner[2] + ":" + owner[3],
        entry.modified(),
        switch (entry.kind()) {
          case "file" -> entry.size() + " " + digest(entry.blocks());
          case "link", "special 1", "special 2" -> entry.detail();
          default -> "";
        });
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "special 1" -> "block";
      case "special 2" -> "character";
      case "special 3" -> "fifo";
      default -> kind;
    };
  }

  private String digest(List<byte[][]> blocks) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[][] pair : blocks) {
        Block block = new Block(ChunkId.of(pair[0]), ChunkKey.of(pair[1]));
        digest.update(codec.decode(block, store.get(block.id()).orElseThrow()));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | ChunkDamagedException e) {
      throw new IOException(e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk-worker");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
