package tf.grid.hub.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveLimits;
import tf.grid.hub.build.limit.EntryBudget;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.build.tar.TarBytes.Header;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.limit.Ticker;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.progress.Progress;

/** What people send to break a hub, and what the hub says to it. */
class HostileArchiveTest {
  private final Builds builds = new Builds();

  @AfterEach
  void nothingIsKept() throws Exception {
    builds.awaitAllUnitsFree();
    assertThat(builds.budget.free()).isEqualTo(Builds.BUDGET);
    builds.close();
  }

  private void refused(TarBytes archive, String why) {
    refused(archive.gzip(), why);
  }

  private void refused(byte[] archive, String why) {
    refused(archive, ArchiveLimits.DEFAULT, why);
  }

  private void refused(byte[] archive, ArchiveLimits limits, String why) {
    assertThatThrownBy(() -> builds.build(archive, limits))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../x", "a/..", "..", "/..", "./../x", "a/b/../../../x"})
  void paths_with_two_dots_are_refused(String path) {
    refused(new TarBytes().file(path, "x"), "'..'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"...", "..a", "a..", "..\\x"})
  void dots_that_lead_nowhere_are_names(String path) throws Exception {
    try (BuiltTree tree = builds.build(new TarBytes().file(path, "x").gzip())) {
      assertThat(Builds.paths(tree)).containsExactly("/" + path);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new\nline", "tab\t", "\u001b[31m", "del\u007f", "csi\u00c2\u009b", "\u0001"})
  void control_characters_are_data_and_harmless_in_messages(String path) throws Exception {
    try (BuiltTree tree = builds.build(new TarBytes().file(path, "x").gzip())) {
      byte[] name = path.getBytes(StandardCharsets.ISO_8859_1);
      assertThat(Builds.nodes(tree).values())
          .singleElement()
          .extracting(Node::name)
          .isEqualTo(Name.of(name));
    }
    assertThatThrownBy(() -> builds.build(new TarBytes().file(path + "/..", "x").gzip()))
        .isInstanceOf(ArchiveException.class)
        .satisfies(e -> assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl))
        .hasMessageContaining("\\x");
  }

  @Test
  void a_nul_in_a_pax_path_is_refused() {
    refused(new TarBytes().pax("path=a\0b").file("a", "x"), "control character");
    refused(new TarBytes().pax("linkpath=a\0b").symbolicLink("a", "x"), "NUL");
  }

  @Test
  void entries_without_a_name_are_refused() {
    refused(new TarBytes().file("", "x"), "without a name");
    refused(new TarBytes().pax("path=").file("", "x"), "without a name");
  }

  @Test
  void names_and_paths_over_their_length_are_refused() throws Exception {
    String longest = "n".repeat(255);
    try (BuiltTree tree = builds.build(new TarBytes().longName(longest).file("x", "x").gzip())) {
      assertThat(Builds.paths(tree)).containsExactly("/" + longest);
    }
    refused(new TarBytes().longName(longest + "n").file("x", "x"), "a name of 256 bytes");
    refused(new TarBytes().longName("d/".repeat(2049)).directory("x"), "a path of 4098 bytes");
    refused(new TarBytes().pax("path=" + "d/".repeat(2049)).directory("x"), "a path of 4098");
  }

  @Test
  void nothing_is_reached_through_a_link_or_a_file() {
    refused(
        new TarBytes().symbolicLink("d", "/etc").file("d/passwd", "x"), "no directory: /d/passwd");
    refused(new TarBytes().file("f", "x").file("f/x", "x"), "no directory");
    refused(new TarBytes().file("f", "x").hardLink("f/x", "f"), "no directory");
    refused(
        new TarBytes().file("e/x", "x").symbolicLink("d", "e").hardLink("y", "d/x"),
        "not an earlier file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "/etc/passwd", "dir", ".", "later"})
  void hard_links_to_anything_but_an_earlier_file_are_refused(String target) {
    refused(
        new TarBytes().directory("dir").hardLink("x", target).file("later", "x"),
        "not an earlier file");
  }

  @Test
  void hard_links_out_of_the_archive_are_refused() {
    refused(new TarBytes().hardLink("x", "../../etc/passwd"), "'..'");
  }

  @Test
  void links_without_a_target_are_refused() {
    refused(new TarBytes().symbolicLink("x", ""), "target is empty");
    refused(new TarBytes().longTarget("t".repeat(5000)).symbolicLink("x", "t"), "longer than 4096");
  }

  @Test
  void owners_that_could_forge_permissions_are_refused() {
    refused(
        new TarBytes().entry(new Header("x").names("root\ngroup:x", "root")), "control character");
    refused(new TarBytes().pax("uname=" + "u".repeat(256)).file("x", ""), "owner's name");
    refused(new TarBytes().entry(new Header("x").names("root", "a\r")), "control character");
    refused(new TarBytes().entry(new Header("x").binary(108, 8, 1L << 32)), "out of range");
    refused(new TarBytes().entry(new Header("x").binary(116, 8, 1L << 33)), "out of range");
  }

  @Test
  void nothing_at_all_and_other_things_are_no_archives() throws IOException {
    refused(new byte[0], "empty");
    refused(
        "not a\ttar".getBytes(StandardCharsets.US_ASCII), "9 bytes and begins with 'not a\\x09");
    refused(TarBytes.gzip(new byte[] {'x'}), "ends early");
    byte[] noise = new byte[4096];
    new Random(3).nextBytes(noise);
    noise[0] = 1;
    refused(noise, "not a tar archive");
    refused(TarBytes.gzip(noise), "not a tar archive");
    refused(TarBytes.gzip(new byte[0]), "end mark is missing");
    refused(new byte[] {(byte) 0xFD, '7', 'z', 'X', 'Z', 0, 0}, "xz");
    refused(new byte[] {'B', 'Z', 'h', '9', 0, 0, 0}, "bzip2");
    refused(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0}, "zstd");
    refused(new byte[] {'P', 'K', 3, 4, 0, 0}, "zip");
  }

  private static TarBytes several() {
    byte[] noise = new byte[5000];
    new Random(5).nextBytes(noise);
    return new TarBytes()
        .directory("d")
        .file("d/noise", noise)
        .pax("path=d/" + "long".repeat(50))
        .file("x", "content")
        .symbolicLink("l", "d")
        .longName("d/" + "other".repeat(40))
        .file("y", "more");
  }

  @Test
  void an_archive_cut_anywhere_is_refused() {
    byte[] packed = several().gzip();
    for (int length = 0; length < packed.length; length += 7) {
      refused(Arrays.copyOf(packed, length), "");
    }
    refused(Arrays.copyOf(packed, packed.length - 1), "cut off");
    byte[] plain = several().unfinished();
    for (int length = 0; length <= plain.length; length += 256) {
      refused(Arrays.copyOf(plain, length), "");
    }
  }

  /** Packing proves that nothing is missing, unless the end is inside of an entry. */
  @Test
  void a_packed_archive_that_ends_inside_an_entry_is_refused() throws Exception {
    byte[] content = new byte[1000];
    Arrays.fill(content, (byte) 'c');
    byte[] plain = new TarBytes().file("a", content).pax("mtime=5").file("b", "x").unfinished();
    for (int length = 0; length <= plain.length; length += 256) {
      byte[] packed = TarBytes.gzip(Arrays.copyOf(plain, length));
      boolean whole = length == 1536 || length == plain.length;
      if (whole) {
        builds.build(packed).close();
      } else {
        refused(packed, "");
      }
    }
  }

  /** Some bits mean nothing, such as the time in the gzip header: then nothing changes. */
  @Test
  void a_damaged_byte_is_noticed_or_makes_no_difference() throws Exception {
    byte[] packed = several().gzip();
    int noticed = 0;
    try (BuiltTree whole = builds.build(packed)) {
      for (int at = 0; at < packed.length; at++) {
        byte[] damaged = packed.clone();
        damaged[at] ^= 0x10;
        try (BuiltTree tree = builds.build(damaged)) {
          assertThat(Builds.nodes(tree)).isEqualTo(Builds.nodes(whole));
        } catch (ArchiveException e) {
          noticed++;
        }
      }
    }
    assertThat(noticed).isGreaterThan(packed.length - 50);
  }

  @Test
  void concatenated_members_are_one_archive() throws Exception {
    byte[] plain = several().tar();
    int middle = 700;
    byte[] members =
        concat(
            TarBytes.gzip(Arrays.copyOf(plain, middle)),
            TarBytes.gzip(new byte[0]),
            TarBytes.gzip(Arrays.copyOfRange(plain, middle, plain.length)));
    try (BuiltTree one = builds.build(members);
        BuiltTree other = builds.build(plain)) {
      assertThat(Builds.nodes(one)).isEqualTo(Builds.nodes(other));
    }
  }

  @Test
  void zeros_behind_the_end_are_padding_and_anything_else_is_refused() throws Exception {
    byte[] packed = several().gzip();
    builds.build(concat(packed, new byte[100_000])).close();
    builds.build(concat(several().tar(), new byte[100_000])).close();
    refused(concat(packed, new byte[700], new byte[] {1}), "behind the end of the gzip data");
    refused(concat(packed, "junk".getBytes(StandardCharsets.US_ASCII)), "behind");
    refused(concat(several().tar(), new byte[99_999], new byte[] {1}), "behind the end");
  }

  @Test
  void records_that_lie_about_their_length_are_refused() {
    refused(paxPayload("99 path=x\n"), "lies about its length");
    refused(paxPayload("0 path=x\n"), "lies about its length");
    refused(paxPayload("5 path=x\n"), "");
    refused(paxPayload("999999999999999999999 path=x\n"), "not a valid number");
    refused(paxPayload("-9 path=x\n"), "not a valid number");
    refused(paxPayload("10 pathxx\n"), "malformed");
    refused(paxPayload("garbage"), "malformed");
  }

  private static TarBytes paxPayload(String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return new TarBytes().header('x', bytes).file("x", "x");
  }

  @Test
  void sizes_that_are_not_what_follows_are_refused() {
    refused(new TarBytes().entry(new Header("x").binary(124, 12, -1)), "negative size");
    refused(new TarBytes().entry(new Header("x").binary(124, 12, Long.MIN_VALUE)), "negative");
    refused(new TarBytes().pax("size=-1").file("x", "x"), "not a valid number");
    refused(new TarBytes().pax("size=1e9").file("x", "x"), "not a valid number");
    refused(new TarBytes().pax("size=2000").file("x", "x"), "");
    refused(new TarBytes().pax("size=100000000000").file("x", "x"), "ends early");
    refused(new TarBytes().entry(new Header("x").text(124, "9zzzzzzzzzz")), "not a valid number");
    refused(new TarBytes().globalPax("size=5").file("x", "x"), "global PAX header");
    refused(new TarBytes().globalPax("path=all").file("x", "x"), "global PAX header");
  }

  @Test
  void names_and_attributes_cost_bounded_memory() {
    refused(
        new TarBytes().entry(new Header("@").type('L').binary(124, 12, 8L << 30)),
        "names and attributes");
    refused(
        new TarBytes().entry(new Header("@").type('x').binary(124, 12, 8L << 30)),
        "names and attributes");
    TarBytes many = new TarBytes();
    for (int i = 0; i < 5; i++) {
      many.pax("comment=" + "c".repeat(300_000));
    }
    refused(many.file("x", "x"), "names and attributes");
  }

  @Test
  void types_that_a_flist_cannot_hold_are_refused() {
    refused(new TarBytes().entry(new Header("x").type('M')), "volume");
  }

  @Test
  void sparse_maps_that_cannot_be_are_refused() {
    String[] sparse = {"GNU.sparse.major=0", "GNU.sparse.minor=1", "GNU.sparse.size=100"};
    refused(sparse("GNU.sparse.map=0,5,3,5", sparse).file("x", "0123456789"), "out of order");
    refused(sparse("GNU.sparse.map=95,10", sparse).file("x", "0123456789"), "out of order");
    refused(sparse("GNU.sparse.map=0,5", sparse).file("x", "0123456789"), "does not fit");
    refused(sparse("GNU.sparse.map=0,10,5", sparse).file("x", "0123456789"), "does not fit");
    refused(sparse("GNU.sparse.map=a,10", sparse).file("x", "0123456789"), "not a valid number");
    refused(new TarBytes().pax("GNU.sparse.map=0,1").file("x", "1"), "without its size");
    refused(
        new TarBytes()
            .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=9")
            .file("x", "99999999"),
        "");
    refused(
        new TarBytes().pax("GNU.sparse.major=2", "GNU.sparse.realsize=9").file("x", "1"),
        "not known");
  }

  private static TarBytes sparse(String map, String... records) {
    String[] all = Arrays.copyOf(records, records.length + 1);
    all[records.length] = map;
    return new TarBytes().pax(all);
  }

  @Test
  void holes_count_as_bytes_of_files_and_zeros_that_fill_up_chunks_have_a_bound() {
    String[] tebibyte = {
      "GNU.sparse.major=0", "GNU.sparse.minor=1", "GNU.sparse.size=1099511627776"
    };
    refused(
        sparse("GNU.sparse.map=0,1", tebibyte).file("x", "1").gzip(),
        ArchiveLimits.DEFAULT,
        "hub.limits.unpacked-bytes");
    TarBytes many = new TarBytes();
    String[] gibibyte = {
      "GNU.sparse.major=0", "GNU.sparse.minor=1", "GNU.sparse.size=100000000000"
    };
    StringBuilder map = new StringBuilder("GNU.sparse.map=0,1");
    for (int i = 1; i < 100; i++) {
      map.append(',').append(i * 1_000_000L).append(",1");
    }
    for (int i = 0; i < 2; i++) {
      many.raw(sparse(map.toString(), gibibyte).file("x", "1".repeat(100)).unfinished());
    }
    refused(many.gzip(), ArchiveLimits.DEFAULT.withRatio(100, 1 << 20), "hub.limits.ratio");
  }

  @Test
  void more_entries_than_the_limit_are_refused() throws Exception {
    ArchiveLimits ten = ArchiveLimits.DEFAULT.withEntries(10);
    TarBytes archive = new TarBytes();
    for (int i = 0; i < 10; i++) {
      archive.file("f" + i, "");
    }
    builds.build(archive.gzip(), ten).close();
    refused(archive.file("one-more", "").gzip(), ten, "limit of 10");
    refused(new TarBytes().directory("a/b/c/d/e/f/g/h/i/j/k").gzip(), ten, "limit of 10");
  }

  @Test
  void unpacked_bytes_are_limited_for_one_file_and_for_all() {
    ArchiveLimits limits = ArchiveLimits.DEFAULT.withUnpackedBytes(100_000);
    refused(new TarBytes().file("x", new byte[100_001]).gzip(), limits, "a file of 100001 bytes");
    TarBytes two = new TarBytes().file("x", new byte[60_000]).file("y", new byte[60_000]);
    refused(two.gzip(), limits, "unpacks to more than 100000 bytes");
    refused(two.tar(), limits, "unpacks to more than 100000 bytes");
  }

  @Test
  void what_unpacks_to_far_too_much_is_refused_early() {
    byte[] bomb = TarBytes.gzip(new TarBytes().file("zeros", new byte[50 << 20]).tar());
    ArchiveLimits limits = ArchiveLimits.DEFAULT.withRatio(100, 1 << 20);
    AtomicLong stored = new AtomicLong();
    assertThatThrownBy(
            () ->
                builds.build(
                    new ByteArrayInputStream(bomb),
                    limits,
                    new Progress() {
                      @Override
                      public void chunks(int fresh, int known) {
                        stored.addAndGet(fresh + (long) known);
                      }
                    }))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("decompression bombs");
    assertThat(stored.get()).isLessThan(20);
  }

  @Test
  void an_upload_may_not_take_for_ever() {
    AtomicLong now = new AtomicLong();
    Ticker ticker = () -> Duration.ofSeconds(now.addAndGet(10)).toNanos();
    FlistBuilder builder =
        builds.builder(ArchiveLimits.DEFAULT.withTime(Duration.ofSeconds(60)), ticker);
    byte[] archive = new TarBytes().file("x", new byte[10 << 20]).tar();
    assertThatThrownBy(
            () -> builder.build("alice", new ByteArrayInputStream(archive), Progress.NONE))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("longer than 60 seconds");
  }

  @Test
  void memory_for_trees_is_one_budget_for_all_uploads() throws Exception {
    TarBytes wide = new TarBytes();
    for (int i = 0; i < 2000; i++) {
      wide.directory("directory-" + i);
    }
    byte[] archive = wide.gzip();
    EntryBudget small = new EntryBudget(1 << 20);
    FlistBuilder builder =
        new FlistBuilder(builds.pipeline, small, ArchiveLimits.DEFAULT, Ticker.SYSTEM);
    BuiltTree first = builder.build("alice", new ByteArrayInputStream(archive), Progress.NONE);
    assertThatThrownBy(
            () -> builder.build("alice", new ByteArrayInputStream(archive), Progress.NONE))
        .isInstanceOf(TryAgainLaterException.class)
        .hasMessageContaining("memory for uploads");
    first.close();
    first.close();
    builder.build("alice", new ByteArrayInputStream(archive), Progress.NONE).close();
    assertThat(small.free()).isEqualTo(1 << 20);
  }

  /** The tree of a large archive of few entries is small, and so is everything else. */
  @Test
  void memory_is_flat_in_the_size_of_the_archive() throws Exception {
    long size = 1L << 28;
    byte[] header = new Header("zeros").binary(124, 12, size).bytes();
    InputStream archive =
        new SequenceInputStream(new ByteArrayInputStream(header), new Zeros(size + 1024));
    try (BuiltTree tree = builds.build(archive, ArchiveLimits.DEFAULT, Progress.NONE)) {
      assertThat(Builds.counts(tree).fullsize()).isEqualTo(size);
      assertThat(builds.store.put).as("equal pieces are stored once or twice").hasValueLessThan(4);
      assertThat(Builds.BUDGET - builds.budget.free()).isLessThan(200_000);
    }
  }

  @Test
  void a_break_in_the_line_is_no_fault_of_the_archive() {
    InputStream breaking =
        new SequenceInputStream(new ByteArrayInputStream(several().unfinished()), new Broken());
    assertThatThrownBy(() -> builds.build(breaking, ArchiveLimits.DEFAULT, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void a_gzip_header_may_have_all_its_fields() throws Exception {
    byte[] tar = several().tar();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    byte[] body = Arrays.copyOfRange(packed.toByteArray(), 10, packed.size());
    byte[] header = {0x1F, (byte) 0x8B, 8, 0x1E, 0, 0, 0, 0, 0, 0};
    byte[] extra = {3, 0, 'a', 'b', 'c'};
    byte[] texts = {'n', 0, 'c', 0, 7, 7};
    builds.build(concat(header, extra, texts, body)).close();
    header[3] = 0x20;
    refused(concat(header, body), "flags");
    header[3] = 0x08;
    byte[] endless = new byte[100_000];
    Arrays.fill(endless, (byte) 'n');
    refused(concat(header, endless, body), "gzip header is too long");
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(into, offset, offset + count, (byte) 0);
      left -= count;
      return count;
    }
  }
}
