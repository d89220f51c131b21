package tf.grid.hub.catalogue.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tf.grid.hub.Await;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.FileContent.ContentLostException;
import tf.grid.hub.catalogue.browse.FlistBrowser.FoundEntries;
import tf.grid.hub.catalogue.contents.StoredFlists;
import tf.grid.hub.catalogue.name.CatalogueException.EntryNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.chunk.codec.ChunkCodec;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.http.file.SeekableContent;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.store.MemoryStore;

class FlistBrowserTest {

  private static final Permissions ROOT = DirectoryNode.ROOT.permissions();
  private static final FlistPath BIN = FlistPath.of("usr/bin");
  private static final FlistPath BIG = FlistPath.of("usr/bin/big");

  @TempDir Path data;
  @TempDir Path work;
  private final MemoryStore store = new MemoryStore();
  private final byte[] big = new byte[2 * ChunkCodec.MAX_PLAIN + 1000];
  private StoredFlists flists;
  private FlistBrowser browser;
  private LocatedFlist flist;
  private FileNode file;

  @BeforeEach
  void publish() throws IOException {
    new Random(7).nextBytes(big);
    flists = new StoredFlists(data);
    browser = new FlistBrowser(work, store, new ReadLimit(1, 5, Duration.ofSeconds(10)));
    file = StoredFile.in(store, "big", big);
    flist =
        flists.publish(
            StoredFlists.OWNER,
            "tree",
            out -> {
              try (FlistWriter writer = new FlistWriter(work)) {
                writer.directory(
                    FlistPath.ROOT,
                    DirectoryNode.ROOT,
                    List.of(
                        directory("usr"),
                        new LinkNode(Name.of("bin"), ROOT, 1, 1, Name.of("usr/bin")),
                        new LinkNode(Name.of("circle"), ROOT, 1, 1, Name.of("circle"))));
                writer.directory(FlistPath.of("usr"), directory("usr"), List.of(directory("bin")));
                writer.directory(BIN, directory("bin"), List.of(file));
                writer.writeTo(out);
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    flists.close();
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void a_directory_is_listed_without_what_is_below() {
    DirectoryListing root = browser.directory(flist, FlistPath.ROOT);

    assertThat(root.contents())
        .extracting(node -> node.name().toString())
        .containsExactly("usr", "bin", "circle");
    assertThat(browser.directory(flist, BIN).contents()).containsExactly(file);
  }

  @Test
  void entries_are_found_by_parts_of_their_names_in_any_case() {
    assertThat(browser.search(flist, "B", 10).first())
        .extracting(place -> place.parent() + "/" + place.node().name())
        .containsExactly("usr/bin", "usr/bin/big", "/bin");
    assertThat(browser.search(flist, "usr", 10).total()).isEqualTo(1);
    assertThat(browser.search(flist, "usr/bin", 10)).isEqualTo(new FoundEntries(List.of(), 0));
  }

  @Test
  void all_that_is_found_is_counted_and_no_more_is_kept_than_asked() {
    FoundEntries found = browser.search(flist, "", 2);

    assertThat(found.total()).isEqualTo(5);
    assertThat(found.first()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"lib", "bin", "usr/bin/big", "usr/bin/big/more", "usr/binn"})
  void what_is_no_directory_cannot_be_listed(String path) {
    assertThatThrownBy(() -> browser.directory(flist, FlistPath.of(path)))
        .isInstanceOf(EntryNotFoundException.class)
        .hasMessage("the flist has no /" + path);
  }

  @ParameterizedTest
  @CsvSource({"''", "usr", "bin", "bin/big", "usr/bin/bigger"})
  void what_is_no_regular_file_has_no_content(String path) {
    assertThatThrownBy(() -> browser.file(flist, FlistPath.of(path)))
        .isInstanceOf(EntryNotFoundException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1049576",
    "0, 9223372036854775807",
    "0, 1",
    "524287, 2",
    "524288, 524288",
    "1048575, 1001",
    "1049575, 5",
    "1049576, 5",
    "2000000, 5",
    "17, 0"
  })
  void any_part_of_a_file_can_be_read(long from, long length) throws IOException {
    byte[] part = browser.file(flist, BIG).bytes(from, (int) Math.min(length, Integer.MAX_VALUE));

    int start = (int) Math.min(from, big.length);
    int end = (int) Math.min(big.length, start + Math.min(length, big.length));
    assertThat(part).isEqualTo(Arrays.copyOfRange(big, start, end));
  }

  @Test
  void only_the_chunks_that_are_read_are_fetched() throws IOException {
    store.chunks.remove(file.blocks().get(0).id());
    FileContent content = browser.file(flist, BIG);

    assertThat(content.bytes(ChunkCodec.MAX_PLAIN, 10)).hasSize(10);
    assertThatThrownBy(() -> content.bytes(0, 10))
        .isInstanceOf(ContentLostException.class)
        .hasMessageContaining("the store has no chunk");
  }

  @Test
  void a_slow_reader_holds_no_chunk_while_it_pauses() throws IOException {
    SeekableContent content = browser.file(flist, BIG).reader();
    byte[] part = new byte[10];
    content.read(0, part, 0, 5);
    store.chunks.remove(file.blocks().get(0).id());
    assertThat(content.read(5, part, 5, 5)).isEqualTo(5);
    assertThat(part).isEqualTo(Arrays.copyOf(big, 10));

    content.pause();

    Await.until("the chunk is gone", () -> isGone(content));
  }

  private static boolean isGone(SeekableContent content) {
    System.gc();
    try {
      content.read(0, new byte[1], 0, 1);
      content.pause();
      return false;
    } catch (IOException lost) {
      return true;
    }
  }

  @Test
  void a_damaged_chunk_is_never_shown() throws IOException {
    store.chunks.get(file.blocks().get(0).id())[100] ^= 1;
    FileContent content = browser.file(flist, BIG);

    assertThatThrownBy(() -> content.bytes(0, 10)).isInstanceOf(ContentLostException.class);
  }

  @Test
  void a_damaged_flist_says_so() throws IOException {
    LocatedFlist damaged =
        flists.publish(StoredFlists.OWNER, "damaged", out -> out.write(new byte[100]));

    assertThatThrownBy(() -> browser.directory(damaged, FlistPath.ROOT))
        .isInstanceOf(FlistUnreadableException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "usr, bin/big, usr/bin/big",
    "usr, ./bin/../bin/big, usr/bin/big",
    "usr/bin, /bin/big, usr/bin/big",
    "usr/bin, ../../bin, usr/bin",
    "usr, ../../.., ''",
    "usr, /, ''",
    "usr, /bin/, usr/bin"
  })
  void a_link_is_followed_through_others(String from, String target, String place) {
    assertThat(browser.follow(flist, FlistPath.of(from), Name.of(target)))
        .contains(FlistPath.of(place));
  }

  @ParameterizedTest
  @CsvSource({"none", "big/none", "/usr/bin/big/", "/usr/bin/big/..", "/circle", "/circle/x"})
  void a_link_that_leads_nowhere_is_not_followed(String target) {
    assertThat(browser.follow(flist, BIN, Name.of(target))).isEmpty();
  }

  private static DirectoryNode directory(String name) {
    return new DirectoryNode(Name.of(name), ROOT, 1, 1);
  }
}
