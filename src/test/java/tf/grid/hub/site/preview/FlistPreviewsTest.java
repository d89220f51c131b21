package tf.grid.hub.site.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.contents.StoredFlists;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.store.MemoryStore;

class FlistPreviewsTest {

  @TempDir Path data;
  @TempDir Path work;
  private StoredFlists flists;
  private Md5Cache md5s;
  private FlistPreviews previews;

  @BeforeEach
  void open() throws IOException {
    flists = new StoredFlists(data);
    md5s = Md5Cache.rememberedIn(work.resolve("md5s"), Clock.systemUTC());
    ReadLimit readLimit = new ReadLimit(1, 5, Duration.ofSeconds(10));
    previews = new FlistPreviews(new FlistBrowser(work, new MemoryStore(), readLimit), md5s);
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
    flists.close();
  }

  @Test
  void a_flist_is_seen_at_a_glance() throws Exception {
    LocatedFlist flist =
        publish("{\"readme\": \"# Hi <b>\", \"license\": \"MIT\"}", List.of(file("a")));
    byte[] bytes = Files.readAllBytes(flist.file().path());

    FlistPreview preview = previews.of(flist);

    assertThat(preview.md5()).isEqualTo(digest("MD5", bytes));
    assertThat(preview.sha256()).isEqualTo(digest("SHA-256", bytes));
    assertThat(preview.size()).isEqualTo(bytes.length);
    assertThat(preview.counts().regular()).isEqualTo(1);
    assertThat(preview.readme()).contains("Hi &lt;b&gt;");
    assertThat(preview.license()).isEqualTo("MIT");
    assertThat(preview.facts()).isEmpty();
  }

  @Test
  void it_is_read_again_only_when_it_has_changed() throws IOException {
    LocatedFlist flist = publish("one", List.of());
    FlistPreview first = previews.of(flist);

    assertThat(previews.of(flist)).isSameAs(first);
    assertThat(previews.of(publish("another", List.of())).readme()).contains("another");
  }

  @Test
  void metadata_of_any_size_makes_a_small_preview() throws IOException {
    LocatedFlist flist = publish("*a* ".repeat(1 << 18), List.of());

    assertThat(previews.of(flist).readme().length()).isLessThan(1 << 20);
    assertThat(previews.of(flist).readmeCut()).isTrue();
  }

  @Test
  void a_damaged_one_says_so() throws IOException {
    LocatedFlist damaged =
        flists.publish(StoredFlists.OWNER, "damaged", out -> out.write(new byte[100]));

    assertThatThrownBy(() -> previews.of(damaged)).isInstanceOf(FlistUnreadableException.class);
  }

  private LocatedFlist publish(String readme, List<FileNode> files) throws IOException {
    return flists.publish(
        StoredFlists.OWNER,
        "seen",
        out -> {
          try (FlistWriter writer = new FlistWriter(data)) {
            writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, List.copyOf(files));
            writer.metadata("readme", readme);
            writer.writeTo(out);
          }
        });
  }

  private static FileNode file(String name) {
    return new FileNode(Name.of(name), DirectoryNode.ROOT.permissions(), 1, 1, 0, List.of());
  }

  private static String digest(String name, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(bytes));
  }
}
