package tf.grid.hub.flist.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.flist.codec.DirectorySchema.*;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.flist.Counts;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.capnp.WireBuilder;
import tf.grid.hub.flist.codec.PermissionsCodec;

class HostileDirectoryTest {
  private static final Consumer<WireBuilder> EMPTY_FILE = Forge.file(0, 128, 0, 16);

  @TempDir Path folder;
  @TempDir Path work;

  private void assertRefused(Forge forge, String why) throws IOException {
    assertRefused(forge.flist(), why);
  }

  private void assertRefused(byte[] flist, String why) {
    assertThatThrownBy(
            () -> {
              try (FlistReader reader = FlistVectors.open(flist, work)) {
                reader.counts();
              }
            })
        .isInstanceOf(FlistRejectedException.class)
        .hasMessageContaining(why);
    assertThat(work).isEmptyDirectory();
  }

  private Forge forge() {
    return new Forge(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0b"})
  void a_name_that_no_file_can_have_is_refused(String name) throws IOException {
    assertRefused(forge().entry(Forge.inode(name, IS_FILE, EMPTY_FILE)), "a name that no file");
  }

  @Test
  void a_name_that_is_there_twice_is_refused() throws IOException {
    byte[] twins =
        Forge.directory(
            dir -> {
              var list = dir.list(DIR_CONTENTS, INODE, 2);
              Forge.inode("twin", IS_FILE, EMPTY_FILE).accept(list.get(0));
              Forge.inode("twin", IS_FILE, EMPTY_FILE).accept(list.get(1));
            });
    assertRefused(forge().row(FlistPath.ROOT.key(), twins), "is there twice");
  }

  @Test
  void of_a_directory_and_a_file_of_one_name_the_first_is_published_again() throws IOException {
    FlistDefects defects = new FlistDefects();
    try (FlistReader reader = openCollecting(twins(), defects)) {
      assertThat(reader.directory(FlistPath.ROOT).contents())
          .singleElement()
          .isInstanceOf(FileNode.class);
      assertThat(reader.counts().directory()).isZero();
    }
    assertThat(defects.warnings())
        .containsExactly(
            "\"/twin\" is there twice: the first, a file, is kept, the other, a directory, is left"
                + " out");
    try (FlistReader reader =
        FlistReader.open(new ByteArrayInputStream(twins()), work, FlistLimits.DEFAULT)) {
      assertThat(reader.directory(FlistPath.ROOT).contents()).hasSize(2);
    }
  }

  private byte[] twins() throws IOException {
    Consumer<WireBuilder> subdir =
        inode ->
            inode
                .struct(INODE_ATTRIBUTES, SUBDIR)
                .text(SUBDIR_KEY, Forge.bytes(FlistPath.of("twin").key()));
    byte[] root =
        Forge.directory(
            dir -> {
              var list = dir.list(DIR_CONTENTS, INODE, 2);
              Forge.inode("twin", IS_FILE, EMPTY_FILE).accept(list.get(0));
              Forge.inode("twin", IS_DIR, subdir).accept(list.get(1));
            });
    byte[] inside = Forge.directory(dir -> dir.list(DIR_CONTENTS, INODE, 0));
    return forge().row(FlistPath.ROOT.key(), root).row(FlistPath.of("twin").key(), inside).flist();
  }

  @Test
  void a_lost_tail_is_published_again_with_a_warning() throws IOException {
    FlistDefects defects = new FlistDefects();
    try (FlistReader reader = openCollecting(Forge.withLostTail(folder), defects);
        FlistWriter writer = new FlistWriter(work, TruncatedFiles.SHOWN);
        FlistWriter strict = new FlistWriter(work)) {
      DirectoryListing root = reader.directory(FlistPath.ROOT);
      writer.directory(root.path(), root.self(), root.contents());
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      writer.writeTo(again);
      try (FlistReader copy = openShowingTruncatedFiles(again.toByteArray())) {
        assertThat(copy.directory(FlistPath.ROOT).contents()).isEqualTo(root.contents());
      }
      assertThatThrownBy(() -> strict.directory(root.path(), root.self(), root.contents()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(defects.warnings())
        .containsExactly(
            "\"/f\" has 1 block for 524289 bytes: it is published as it is, but its end cannot be"
                + " read");
  }

  private FlistReader openCollecting(byte[] flist, FlistDefects defects) throws IOException {
    return FlistReader.open(
        new ByteArrayInputStream(flist), work, FlistLimits.DEFAULT, FlistReader.IN_MEMORY, defects);
  }

  @Test
  void blocks_that_do_not_fit_the_size_are_refused() throws IOException {
    long limit = FileNode.BLOCK_BYTES;
    assertRefused(forge().entry(Forge.inode("f", IS_FILE, Forge.file(1, 128, 0, 16))), "0 blocks");
    assertRefused(forge().entry(Forge.inode("f", IS_FILE, Forge.file(0, 128, 1, 16))), "1 blocks");
    assertRefused(
        forge().entry(Forge.inode("f", IS_FILE, Forge.file(limit + 1, 128, 1, 16))), "1 blocks");
    assertRefused(forge().entry(Forge.inode("f", IS_FILE, Forge.file(-1, 128, 1, 16))), "1 blocks");
  }

  @Test
  void a_file_that_lost_its_tail_is_shown_as_it_is_when_that_is_wanted() throws IOException {
    long size = FileNode.BLOCK_BYTES + 1;
    byte[] lost = Forge.withLostTail(folder);
    assertRefused(lost, "1 blocks");
    List<Node> seen = new ArrayList<>();
    try (FlistReader reader = openShowingTruncatedFiles(lost)) {
      reader.walk((path, node) -> seen.add(node));
      assertThat(reader.counts()).isEqualTo(new Counts(1, 0, 0, 0, size));
    }
    assertThat(seen)
        .singleElement()
        .isInstanceOfSatisfying(
            FileNode.class,
            file -> {
              assertThat(file.size()).isEqualTo(size);
              assertThat(file.blocks()).hasSize(1);
            });
  }

  @Test
  void more_blocks_than_the_size_needs_are_refused_even_then() throws IOException {
    Forge tooMany = forge().entry(Forge.inode("f", IS_FILE, Forge.file(1, 128, 2, 16)));
    try (FlistReader reader = openShowingTruncatedFiles(tooMany.flist())) {
      assertThatThrownBy(reader::counts)
          .isInstanceOf(FlistRejectedException.class)
          .hasMessageContaining("2 blocks for 1 bytes");
    }
  }

  private FlistReader openShowingTruncatedFiles(byte[] flist) throws IOException {
    return FlistReader.open(
        new ByteArrayInputStream(flist), work, FlistLimits.DEFAULT, TruncatedFiles.SHOWN);
  }

  @Test
  void blocks_of_another_size_are_refused() throws IOException {
    assertRefused(forge().entry(Forge.inode("f", IS_FILE, Forge.file(1, 64, 1, 16))), "512 KiB");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 17, 32})
  void a_chunk_named_by_anything_but_16_bytes_is_refused(int length) throws IOException {
    assertRefused(
        forge().entry(Forge.inode("f", IS_FILE, Forge.file(1, 128, 1, length))), "16 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "cae66941d9efbd404e4d88758ea67670", "b8862a5d52c28fa86517eb8e"})
  void a_directory_under_a_key_of_another_path_is_refused(String key) throws IOException {
    Consumer<WireBuilder> subdir =
        inode -> inode.struct(INODE_ATTRIBUTES, SUBDIR).text(SUBDIR_KEY, Forge.bytes(key));
    assertRefused(forge().entry(Forge.inode("loop", IS_DIR, subdir)), "not the hash of its path");
  }

  @Test
  void a_directory_that_is_named_and_missing_is_refused() throws IOException {
    String key = FlistPath.of("gone").key();
    Consumer<WireBuilder> subdir =
        inode -> inode.struct(INODE_ATTRIBUTES, SUBDIR).text(SUBDIR_KEY, Forge.bytes(key));
    assertRefused(forge().entry(Forge.inode("gone", IS_DIR, subdir)), "no directory");
  }

  @Test
  void an_entry_of_unknown_type_is_refused() throws IOException {
    assertRefused(forge().entry(Forge.inode("f", 4, inode -> {})), "a type that nobody knows");
  }

  @Test
  void a_link_with_a_nul_in_its_target_is_refused() throws IOException {
    Consumer<WireBuilder> link =
        inode -> inode.struct(INODE_ATTRIBUTES, LINK).text(LINK_TARGET, new byte[] {'a', 0, 'b'});
    assertRefused(forge().entry(Forge.inode("l", IS_LINK, link)), "NUL");
  }

  @Test
  void permissions_that_are_missing_or_damaged_are_refused() throws IOException {
    assertRefused(forge().entry(inode -> inode.text(INODE_NAME, Forge.bytes("f"))), "permissions");
    assertRefused(forge().row(Forge.OWNER, new byte[8]), "damaged");
    assertRefused(forge().row(Forge.OWNER, new byte[3]), "damaged");
  }

  @Test
  void an_owner_s_name_with_a_line_break_is_refused() throws IOException {
    Permissions odd = new Permissions(Name.of("a\ngroup:b"), Name.of("b"), 0755, 1, 1);
    assertRefused(forge().row(Forge.OWNER, PermissionsCodec.encode(odd)), "control characters");
  }

  @Test
  void owners_without_numbers_are_read_as_such() throws IOException {
    Permissions names = new Permissions(Name.of("jim"), Name.of("staff"), 0755, -1, -1);
    byte[] flist = forge().row(Forge.OWNER, PermissionsCodec.encode(names)).flist();
    try (FlistReader reader = FlistVectors.open(flist, work)) {
      assertThat(reader.directory(FlistPath.ROOT).self().permissions()).isEqualTo(names);
    }
  }

  /** A message of one segment with these words. */
  private static byte[] message(long... words) {
    ByteBuffer message = ByteBuffer.allocate(8 + 8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(4, words.length);
    for (int i = 0; i < words.length; i++) {
      message.putLong(8 + 8 * i, words[i]);
    }
    return message.array();
  }

  private static long struct(int offset, int data, int pointers) {
    return (long) offset << 2 | (long) data << 32 | (long) pointers << 48;
  }

  private static long list(int offset, int elementSize, long count) {
    return 1 | ((long) offset << 2 & 0xffff_fffcL) | (long) elementSize << 32 | count << 35;
  }

  @Test
  void pointers_that_lead_in_circles_or_outside_are_refused() throws IOException {
    long farToItself = 2;
    long doubleFarToItself = 6;
    assertRefused(forge().row(FlistPath.ROOT.key(), message(farToItself)), "damaged");
    assertRefused(forge().row(FlistPath.ROOT.key(), message(doubleFarToItself)), "damaged");
    assertRefused(forge().row(FlistPath.ROOT.key(), message(struct(100, 2, 5))), "damaged");
    assertRefused(forge().row(FlistPath.ROOT.key(), message(struct(-1, 2, 5))), "damaged");
    assertRefused(forge().row(FlistPath.ROOT.key(), message(2 | 7L << 32)), "damaged");
  }

  @Test
  void segment_tables_that_lie_are_refused() throws IOException {
    for (int count : new int[] {-1, Integer.MAX_VALUE, 1, 1000}) {
      byte[] lying = message(0, 0);
      ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(0, count).putInt(4, -1);
      assertRefused(forge().row(FlistPath.ROOT.key(), lying), "damaged");
    }
  }

  @Test
  void a_list_of_very_many_empty_entries_is_refused_at_once() throws IOException {
    long tag = (1L << 29) << 2;
    long[] words = new long[13];
    words[0] = struct(0, 2, 5);
    words[5] = list(2, 7, 0);
    words[7] = list(1, 2, 17);
    words[8] = tag;
    ByteBuffer owner = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    owner.put(Forge.bytes(Forge.OWNER));
    for (int i = 0; i < 3; i++) {
      words[9 + i] = owner.getLong(8 * i);
    }
    assertRefused(forge().row(FlistPath.ROOT.key(), message(words)), "damaged");
  }

  @Test
  void many_entries_that_share_one_long_name_are_refused() throws IOException {
    int count = 1000;
    int inodes = 9;
    int text = inodes + 6 * count;
    long[] words = new long[text + 512 + 3];
    words[0] = struct(0, 2, 5);
    words[5] = list(inodes - 1 - 5 - 1, 7, 6L * count);
    words[inodes - 1] = (long) count << 2 | 3L << 32 | 3L << 48;
    words[7] = list(text + 512 - 8, 2, 17);
    for (int i = 0; i < count; i++) {
      int name = inodes + 6 * i + 3;
      words[name] = list(text - name - 1, 2, 4096);
    }
    for (int i = 0; i < 511; i++) {
      words[text + i] = 0x6161616161616161L;
    }
    words[text + 511] = 0x0061616161616161L;
    ByteBuffer owner = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    owner.put(Forge.bytes(Forge.OWNER));
    for (int i = 0; i < 3; i++) {
      words[text + 512 + i] = owner.getLong(8 * i);
    }
    for (int i = 0; i < count; i++) {
      int acl = inodes + 6 * i + 5;
      words[acl] = list(text + 512 - acl - 1, 2, 17);
      words[inodes + 6 * i + 1] = 1;
    }
    assertRefused(forge().row(FlistPath.ROOT.key(), message(words)), "is damaged");
  }
}
