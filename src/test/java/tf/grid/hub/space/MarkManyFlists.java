package tf.grid.hub.space;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tf.grid.hub.catalogue.shared.Turn;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistWriter;

/**
 * Measures how long a collection takes to mark the chunks of flists with 20,000 references each.
 * Creating the flists and marking are separate runs, so that each can have its own heap. Arguments:
 * a directory, and the numbers of flists and of different chunks to create; without them it marks.
 */
final class MarkManyFlists {
  private static final int FILES = 5_000;
  private static final int BLOCKS = 4;

  private MarkManyFlists() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    if (arguments.length > 1) {
      create(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    } else {
      mark(directory);
    }
  }

  private static void create(Path directory, int flists, int different) throws IOException {
    Path repository = Files.createDirectories(directory.resolve("users/alice"));
    long reference = 0;
    for (int i = 0; i < flists; i++) {
      List<Node> files = new ArrayList<>();
      for (int j = 0; j < FILES; j++) {
        List<Block> blocks = new ArrayList<>();
        for (int k = 0; k < BLOCKS; k++) {
          long number = reference++ % different;
          blocks.add(
              new Block(
                  new ChunkId(scattered(number), scattered(~number)), new ChunkKey(number, 1)));
        }
        files.add(
            new FileNode(
                Name.of("file-" + j),
                Permissions.ROOT_DIRECTORY,
                1,
                1,
                (long) BLOCKS * ChunkCodec.MAX_PLAIN,
                blocks));
      }
      try (FlistWriter writer = new FlistWriter(directory);
          OutputStream file = Files.newOutputStream(repository.resolve("app" + i + ".flist"));
          OutputStream out = new BufferedOutputStream(file)) {
        writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, files);
        writer.writeTo(out);
      }
    }
  }

  /** A permutation of all numbers: the finalizer of SplitMix64. */
  private static long scattered(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static void mark(Path directory) throws IOException {
    try (SpaceBench hub = new SpaceBench(directory, Duration.ofDays(1), Clock.systemUTC())) {
      long started = System.nanoTime();
      CollectionReport report = hub.collector.dryRun(Turn.ALONE, step -> {});
      double seconds = (System.nanoTime() - started) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d flists, %d different chunks: %.1f s, heap of %d MiB%n",
          report.flists(),
          report.missing(),
          seconds,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }
}
