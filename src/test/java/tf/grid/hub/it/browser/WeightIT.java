package tf.grid.hub.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.RunningHub;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistWriter;

/** What a page costs a visitor: bytes, and how long until something is to be seen. */
@NeedsPrograms({"chromium", "chromedriver"})
class WeightIT {
  private static final Path SAMPLE = Path.of("src/test/resources/vectors/samples/good.flist");
  private static final int REPOSITORIES = 200;
  private static final RunningHub HUB = RunningHub.shared();
  private static final Path LARGE = repository(0).resolve("large.flist");
  private static Chromium browser;

  @BeforeAll
  static void publish() throws IOException {
    for (int i = 0; i < REPOSITORIES; i++) {
      Files.createDirectories(repository(i));
      Files.copy(SAMPLE, repository(i).resolve("good.flist"));
    }
    browser = Chromium.at(HUB.uri("/"));
  }

  @AfterAll
  static void tidy() throws IOException {
    browser.close();
    Files.deleteIfExists(LARGE);
    for (int i = 0; i < REPOSITORIES; i++) {
      Files.delete(repository(i).resolve("good.flist"));
      Files.delete(repository(i));
    }
  }

  private static Path repository(int number) {
    return HUB.dataDirectory().resolve("public/users/weighed-" + number);
  }

  @Test
  void a_page_is_light_and_its_parts_are_kept(TestReporter report) {
    browser.open("/weighed-1/good.flist.md");
    browser.command("Network.clearBrowserCache", Map.of());

    browser.open("/");
    assertThat(browser.text()).contains("weighed-1");
    long page = transferred("navigation");
    long parts = transferred("resource");
    report.publishEntry("bytes of the home page with 200 repositories", page + " + " + parts);
    report.publishEntry("milliseconds until it is seen", String.valueOf(seen()));
    assertThat(parts).isPositive();
    assertThat(page + parts).isLessThan(300_000);
    assertThat(seen()).isLessThan(10_000);

    browser.open("/weighed-1/good.flist.md");
    browser.open("/weighed-1/good.flist.md");
    assertThat(transferred("resource")).as("style sheets and scripts once more").isZero();
    assertThat(transferred("navigation")).isBetween(1L, 100_000L);
  }

  @Test
  void pages_are_packed() {
    browser.open("/");
    assertThat(navigation("encodedBodySize")).isLessThan(navigation("decodedBodySize") / 3);
  }

  @Test
  void a_large_flist_opens_at_its_first_level(TestReporter report) throws IOException {
    publishLarge();
    browser.open("/weighed-0/large.flist.md");
    assertThat(browser.text()).contains("50,000 files", "dir-49/");
    report.publishEntry("milliseconds until 50,000 entries are seen", String.valueOf(seen()));
    report.publishEntry("bytes of their page", String.valueOf(transferred("navigation")));
    assertThat(transferred("navigation")).isLessThan(100_000);
    assertThat(seen()).isLessThan(10_000);
  }

  private static void publishLarge() throws IOException {
    Permissions owner = DirectoryNode.ROOT.permissions();
    List<Node> files = new ArrayList<>();
    for (int i = 1000; i < 2000; i++) {
      files.add(new FileNode(Name.of("file-" + i), owner, 1, 1, 0, List.of()));
    }
    try (FlistWriter writer = new FlistWriter(HUB.dataDirectory());
        OutputStream out = Files.newOutputStream(LARGE)) {
      List<Node> directories = new ArrayList<>();
      for (int i = 10; i < 60; i++) {
        DirectoryNode directory = new DirectoryNode(Name.of("dir-" + i), owner, 1, 1);
        directories.add(directory);
        writer.directory(FlistPath.of("dir-" + i), directory, files);
      }
      writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, directories);
      writer.writeTo(out);
    }
  }

  private static long navigation(String what) {
    return number("return performance.getEntriesByType('navigation')[0][arguments[0]]", what);
  }

  /** Bytes that came over the network for the open page or for its parts, headers included. */
  private static long transferred(String type) {
    return number(
        "return performance.getEntriesByType(arguments[0])"
            + ".reduce((sum, entry) => sum + entry.transferSize, 0)",
        type);
  }

  /** Milliseconds from the start of loading to the first contentful paint. */
  private static long seen() {
    return number(
        "return Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)");
  }

  private static long number(String script, Object... arguments) {
    return ((Number) browser.ask(script, arguments)).longValue();
  }
}
