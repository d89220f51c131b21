package tf.grid.hub.flist.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;

class FlistWriterTest {
  private static final Permissions OWNER =
      new Permissions(Name.of("jim"), Name.of("1000"), 04755, 1000, 1000);

  @TempDir Path work;

  private static FileNode file(String name, long size) {
    List<Block> blocks = new ArrayList<>();
    for (long i = 0; i < FileNode.blockCount(size); i++) {
      blocks.add(new Block(new ChunkId(i, name.hashCode()), new ChunkKey(size, i)));
    }
    return new FileNode(Name.of(name), OWNER, 7, 8, size, List.copyOf(blocks));
  }

  private static DirectoryNode directory(String name) {
    return new DirectoryNode(Name.of(name), OWNER, 5, 6);
  }

  private static DirectoryListing root(Node... contents) {
    return new DirectoryListing(FlistPath.ROOT, DirectoryNode.ROOT, List.of(contents));
  }

  /** A tree of every kind of entry. */
  private static List<DirectoryListing> tree() {
    Permissions link = new Permissions(Name.of("jim"), Name.of("1000"), 0777, 1000, 1000);
    DirectoryNode a = directory("a");
    return List.of(
        root(
            a,
            file("big", 3 * FileNode.BLOCK_BYTES + 1),
            file("empty", 0),
            new LinkNode(Name.of("link"), link, 1, 2, Name.of("../a/b"))),
        new DirectoryListing(
            FlistPath.of("a"),
            a,
            List.of(
                new SpecialNode(Name.of("null"), OWNER, 1, 1, SpecialNode.Type.CHARACTER, "1,3"),
                new SpecialNode(
                    Name.of("pipe"), OWNER, 1, 1, SpecialNode.Type.FIFO, SpecialNode.NOTHING))));
  }

  private List<DirectoryListing> readBack(byte[] flist) throws IOException {
    try (FlistReader reader = FlistVectors.open(flist, work)) {
      return FlistVectors.directories(reader);
    }
  }

  private byte[] write(List<DirectoryListing> listings) throws IOException {
    return FlistVectors.write(work, FlistWriter.IN_MEMORY, listings);
  }

  @Test
  void every_kind_of_entry_is_read_back() throws IOException {
    assertThat(readBack(write(tree()))).isEqualTo(tree());
  }

  @Test
  void the_same_tree_gives_the_same_bytes_in_any_order_and_from_memory_or_a_file()
      throws IOException {
    List<DirectoryListing> shuffled = new ArrayList<>();
    for (DirectoryListing listing : tree()) {
      List<Node> contents = new ArrayList<>(listing.contents());
      Collections.shuffle(contents, new Random(1));
      shuffled.add(0, new DirectoryListing(listing.path(), listing.self(), contents));
    }
    byte[] first = write(tree());
    assertThat(write(shuffled)).isEqualTo(first);
    assertThat(FlistVectors.write(work, 0, shuffled)).isEqualTo(first);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void sixty_thousand_entries_fit_into_one_directory() throws IOException {
    Node[] files = new Node[60_000];
    for (int i = 0; i < files.length; i++) {
      files[i] = file("%05d".formatted(i), 100);
    }
    List<DirectoryListing> tree = List.of(root(files));
    byte[] flist = write(tree);
    assertThat(FlistVectors.write(work, 1 << 20, tree)).isEqualTo(flist);
    assertThat(readBack(flist)).isEqualTo(tree);
    var in = new ByteArrayInputStream(flist);
    try (FlistReader reader =
        FlistReader.open(in, work, FlistLimits.DEFAULT, TruncatedFiles.REFUSED, 0)) {
      assertThat(reader.counts()).isEqualTo(new Counts(60_000, 0, 0, 0, 6_000_000));
      assertThat(work).isNotEmptyDirectory();
    }
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void directories_may_be_very_deep_in_one_another() throws IOException {
    List<DirectoryListing> tree = new ArrayList<>();
    tree.add(root(directory("d")));
    FlistPath path = FlistPath.ROOT;
    for (int depth = 1; depth <= 1000; depth++) {
      path = path.child(Name.of("d"));
      List<Node> contents = depth < 1000 ? List.of(directory("d")) : List.of(file("end", 1));
      tree.add(new DirectoryListing(path, directory("d"), contents));
    }
    assertThat(readBack(write(tree))).isEqualTo(tree);
  }

  @Test
  void names_that_are_not_utf_8_keep_their_bytes() throws IOException {
    Name odd = Name.of(new byte[] {(byte) 0xff, 'x', (byte) 0xc3});
    DirectoryNode directory = new DirectoryNode(odd, OWNER, 1, 1);
    Permissions strange = new Permissions(odd, odd, 0777, 1, 1);
    LinkNode link = new LinkNode(Name.of(new byte[] {(byte) 0x80}), strange, 1, 1, odd);
    List<DirectoryListing> tree =
        List.of(
            root(directory),
            new DirectoryListing(FlistPath.ROOT.child(odd), directory, List.of(link)));
    assertThat(readBack(write(tree))).isEqualTo(tree);
  }

  @Test
  void the_root_is_always_root_s() throws IOException {
    List<DirectoryListing> tree =
        List.of(new DirectoryListing(FlistPath.ROOT, directory(""), List.of()));
    assertThat(readBack(write(tree))).isEqualTo(List.of(root()));
  }

  @Test
  void times_are_kept_within_32_bits() throws IOException {
    FileNode early = new FileNode(Name.of("a"), OWNER, -5, Long.MIN_VALUE, 0, List.of());
    FileNode late = new FileNode(Name.of("b"), OWNER, 1L << 40, 0xffff_ffffL, 0, List.of());
    List<Node> read = readBack(write(List.of(root(early, late)))).get(0).contents();
    assertThat(read.get(0).modified()).isZero();
    assertThat(read.get(0).created()).isZero();
    assertThat(read.get(1).modified()).isEqualTo(0xffff_ffffL);
    assertThat(read.get(1).created()).isEqualTo(0xffff_ffffL);
  }

  @Test
  void what_is_no_whole_tree_is_not_written() {
    assertThatThrownBy(() -> write(List.of())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> write(List.of(root(directory("a")))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> write(List.of(root(), root()))).isInstanceOf(IOException.class);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void contents_that_no_directory_can_have_are_not_written() {
    Stream.of(
            root(file("a", 1), file("a", 1)),
            root(file("..", 1)),
            root(new FileNode(Name.of("f"), OWNER, 1, 1, 1, List.of())))
        .forEach(
            bad ->
                assertThatThrownBy(() -> write(List.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void the_archive_is_one_plain_ustar_entry_without_traces_of_time_or_machine() throws IOException {
    byte[] flist = write(tree());
    assertThat(flist).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(flist)))) {
      TarArchiveEntry entry = tar.getNextEntry();
      assertThat(entry.getName()).isEqualTo("flistdb.sqlite3");
      assertThat(entry.getMode() & 07777).isEqualTo(0644);
      assertThat(entry.getLastModifiedTime().toMillis()).isZero();
      assertThat(entry.getUserName()).isEqualTo("root");
      assertThat(entry.getExtraPaxHeaders()).isEmpty();
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  @Test
  void a_small_flist_puts_no_byte_on_the_disk() throws IOException {
    try (FlistWriter writer = new FlistWriter(work)) {
      for (DirectoryListing listing : tree()) {
        writer.directory(listing.path(), listing.self(), listing.contents());
      }
      writer.writeTo(
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              assertThat(scratchBytes()).isZero();
            }
          });
    }
    assertThat(work).isEmptyDirectory();
  }

  private long scratchBytes() throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void a_failing_target_leaves_nothing_behind() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    try (FlistWriter writer = new FlistWriter(work, 0, FlistLimits.DEFAULT)) {
      writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, List.of());
      assertThatThrownBy(() -> writer.writeTo(full)).hasMessage("full");
    }
    assertThat(work).isEmptyDirectory();
  }

  private static FlistLimits limits(long database, long rows, int value, long entries) {
    FlistLimits all = FlistLimits.DEFAULT;
    return new FlistLimits(
        all.expandedBytes(), database, rows, value, entries, all.depth(), 8192, 4096);
  }

  private void refusedWith(FlistLimits limits, String why) throws IOException {
    try (FlistWriter writer = new FlistWriter(work, 0, limits)) {
      assertThatThrownBy(
              () -> {
                for (DirectoryListing listing : tree()) {
                  writer.directory(listing.path(), listing.self(), listing.contents());
                }
              })
          .isInstanceOf(FlistTooLargeException.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void nothing_is_written_that_would_be_too_large_to_read() throws IOException {
    refusedWith(limits(1 << 20, 100, 600, 100), "with 4 entries");
    refusedWith(limits(1_500, 100, 1 << 20, 100), "1500 bytes");
    refusedWith(limits(1 << 20, 3, 1 << 20, 100), "3 directories");
    refusedWith(limits(1 << 20, 100, 1 << 20, 5), "more than 5 entries");
  }

  /** Six gigabytes of blocks. */
  @Test
  void a_directory_that_no_memory_could_hold_is_refused_before_memory_is_taken()
      throws IOException {
    Block one = new Block(new ChunkId(1, 2), new ChunkKey(3, 4));
    int count = 1 << 27;
    FileNode huge =
        new FileNode(
            Name.of("huge"),
            OWNER,
            0,
            0,
            count * FileNode.BLOCK_BYTES,
            Collections.nCopies(count, one));
    try (FlistWriter writer = new FlistWriter(work)) {
      assertThatThrownBy(() -> writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, List.of(huge)))
          .isInstanceOf(FlistTooLargeException.class)
          .hasMessageContaining("the limit is");
    }
  }
}
