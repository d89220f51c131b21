package tf.grid.hub.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.diff.FlistDiff;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.flist.merge.FlistMerge;

/**
 * Writing and reading a flist of 50,000 files, in one directory or in many; merging two and finding
 * their differences, where the other has the same names and other content.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FlistBenchmark {
  private static final int FILES = 50_000;

  /** How many directories the files are in. */
  @Param({"1", "250"})
  public int directories;

  private Path work;
  private List<DirectoryListing> tree;
  private byte[] flist;
  private byte[] other;

  /** Makes the tree, and the flists to read. */
  @Setup
  public void prepare() throws IOException {
    work = Files.createTempDirectory("flist-benchmark");
    tree = tree(new Random(2));
    other = write();
    tree = tree(new Random(1));
    flist = write();
  }

  private List<DirectoryListing> tree(Random random) {
    List<DirectoryListing> listings = new ArrayList<>();
    List<Node> root = new ArrayList<>();
    for (int d = 0; d < directories; d++) {
      Name name = Name.of("directory-" + d);
      DirectoryNode self = new DirectoryNode(name, Permissions.ROOT_DIRECTORY, 1, 1);
      root.add(self);
      List<Node> files = new ArrayList<>();
      for (int i = 0; i < FILES / directories; i++) {
        files.add(file("file-" + d + "-" + i + ".txt", random));
      }
      listings.add(new DirectoryListing(FlistPath.ROOT.child(name), self, files));
    }
    listings.add(new DirectoryListing(FlistPath.ROOT, DirectoryNode.ROOT, root));
    return listings;
  }

  private static FileNode file(String name, Random random) {
    Block block =
        new Block(
            new ChunkId(random.nextLong(), random.nextLong()),
            new ChunkKey(random.nextLong(), random.nextLong()));
    return new FileNode(
        Name.of(name), Permissions.ROOT_DIRECTORY, 1, 1, 1 + random.nextInt(4096), List.of(block));
  }

  /** Directories in, compressed file out. */
  @Benchmark
  public byte[] write() throws IOException {
    return written(
        writer -> {
          for (DirectoryListing listing : tree) {
            add(writer, listing);
          }
        });
  }

  private interface Directories {
    void writeTo(FlistWriter writer) throws IOException;
  }

  private byte[] written(Directories directories) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4 << 20);
    try (FlistWriter writer = new FlistWriter(work)) {
      directories.writeTo(writer);
      writer.writeTo(out);
    }
    return out.toByteArray();
  }

  private static void add(FlistWriter writer, DirectoryListing listing) throws IOException {
    writer.directory(listing.path(), listing.self(), listing.contents());
  }

  private FlistReader open(byte[] compressed) throws IOException {
    return FlistReader.open(new ByteArrayInputStream(compressed), work, FlistLimits.DEFAULT);
  }

  /** Compressed file in, every entry seen. */
  @Benchmark
  public Counts read() throws IOException {
    try (FlistReader reader = open(flist)) {
      return reader.counts();
    }
  }

  /** Two compressed files in, one out. */
  @Benchmark
  public byte[] merge() throws IOException {
    try (FlistReader first = open(flist);
        FlistReader second = open(other)) {
      FlistMerge merge = new FlistMerge(List.of(first, second));
      return written(writer -> merge.directories(listing -> add(writer, listing)));
    }
  }

  /** Two compressed files in, every difference seen. */
  @Benchmark
  public int differences() throws IOException {
    int[] seen = new int[1];
    try (FlistReader before = open(flist);
        FlistReader after = open(other)) {
      new FlistDiff(before, after).walk(Optional.empty(), difference -> ++seen[0] > 0);
    }
    return seen[0];
  }

  /** Removes the directory, which is empty. */
  @TearDown
  public void clean() throws IOException {
    Files.delete(work);
  }
}
