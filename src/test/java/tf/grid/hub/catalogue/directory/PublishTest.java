package tf.grid.hub.catalogue.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.Catalogue.FlistContent;
import tf.grid.hub.catalogue.Catalogue.PublishedFlist;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.digest.FileOnDisk;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

class PublishTest {

  private static final RepositoryName ALICE = new RepositoryName("alice.3bot");
  private static final FlistName APP = FlistName.parse("app");

  @TempDir Path data;
  private Path users;
  private Md5Cache md5s;
  private DirectoryCatalogue catalogue;

  @BeforeEach
  void open() throws IOException {
    users = data.resolve("public/users");
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(users, md5s);
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @Test
  void publishing_makes_the_repository_and_the_file() throws IOException {
    PublishedFlist published = catalogue.publish(ALICE, APP, text("hello"));

    assertThat(published)
        .isEqualTo(new PublishedFlist(ALICE, APP, 5, "5d41402abc4b2a76b9719d911017c592"));
    assertThat(users.resolve("alice.3bot/app.flist")).hasContent("hello");
    assertThat(md5s.known(FileIdentity.of(users.resolve("alice.3bot/app.flist"))))
        .contains(published.md5());
  }

  @Test
  void publishing_again_replaces_the_file_and_moves_the_time_of_the_repository()
      throws IOException {
    catalogue.publish(ALICE, APP, text("old"));
    Files.setLastModifiedTime(users.resolve("alice.3bot"), FileTime.fromMillis(1000));
    long before = catalogue.changes();

    catalogue.publish(ALICE, APP, text("new"));

    assertThat(users.resolve("alice.3bot/app.flist")).hasContent("new");
    assertThat(Files.getLastModifiedTime(users.resolve("alice.3bot")).toMillis())
        .isGreaterThan(1_000_000);
    assertThat(catalogue.changes()).isGreaterThan(before);
  }

  @Test
  void publishing_onto_a_link_replaces_the_link_and_not_what_it_leads_to() throws IOException {
    catalogue.publish(new RepositoryName("bob.3bot"), APP, text("of bob"));
    Files.createDirectories(users.resolve("alice.3bot"));
    Path link = users.resolve("alice.3bot/app.flist");
    Files.createSymbolicLink(link, Path.of("../bob.3bot/app.flist"));

    catalogue.publish(ALICE, APP, text("of alice"));

    assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(link).hasContent("of alice");
    assertThat(users.resolve("bob.3bot/app.flist")).hasContent("of bob");
  }

  @Test
  void content_that_fails_half_way_leaves_the_old_version_and_no_other_file() throws IOException {
    catalogue.publish(ALICE, APP, text("old"));

    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, PublishTest::failHalfWay))
        .hasMessage("half way");

    assertThat(users.resolve("alice.3bot/app.flist")).hasContent("old");
    assertThat(filesOf("alice.3bot")).containsExactly("app.flist");
  }

  @Test
  void content_that_fails_leaves_no_new_repository() {
    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, PublishTest::failHalfWay))
        .hasMessage("half way");

    assertThat(users).isEmptyDirectory();
  }

  @Test
  void a_directory_of_that_name_stays_and_the_publisher_is_told() throws IOException {
    Files.createDirectories(users.resolve("alice.3bot/app.flist/inner"));

    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, text("x")))
        .isInstanceOf(IOException.class);

    assertThat(users.resolve("alice.3bot/app.flist/inner")).isDirectory();
    assertThat(filesOf("alice.3bot")).containsExactly("app.flist");
  }

  @Test
  void a_repository_that_is_a_link_is_not_published_into() throws IOException {
    Path elsewhere = Files.createDirectory(data.resolve("elsewhere"));
    Files.createSymbolicLink(users.resolve("alice.3bot"), elsewhere);

    assertThatThrownBy(() -> catalogue.publish(ALICE, APP, text("x")))
        .isInstanceOf(LinkNotFollowedException.class);

    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void the_longest_name_can_be_published() throws IOException {
    FlistName longest = FlistName.parse("é".repeat(124) + "x");

    catalogue.publish(ALICE, longest, text("x"));

    assertThat(catalogue.entries().locate(ALICE, longest).file().path()).hasContent("x");
  }

  @Test
  void sixteen_publishers_of_one_name_leave_one_whole_file_and_readers_see_only_whole_ones()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> publishers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        byte fill = (byte) ('a' + i);
        publishers.add(threads.submit(() -> publishRepeatedly(fill)));
      }
      Path file = users.resolve("alice.3bot/app.flist");
      while (!publishers.stream().allMatch(Future::isDone)) {
        if (Files.exists(file)) {
          assertThat(isWhole(Files.readAllBytes(file))).isTrue();
        }
      }
      for (Future<?> publisher : publishers) {
        publisher.get();
      }
      assertThat(isWhole(Files.readAllBytes(file))).isTrue();
      assertThat(filesOf("alice.3bot")).containsExactly("app.flist");
      assertThat(md5s.of(new FileOnDisk(file)).md5())
          .isEqualTo(
              java.util.HexFormat.of()
                  .formatHex(Md5Cache.newDigest().digest(Files.readAllBytes(file))));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void temporary_files_of_a_killed_hub_are_removed_at_start() throws IOException {
    catalogue.publish(ALICE, APP, text("kept"));
    Files.writeString(users.resolve("alice.3bot/.tmp-123"), "torn");

    DirectoryCatalogue.open(users, md5s);

    assertThat(filesOf("alice.3bot")).containsExactly("app.flist");
  }

  private Void publishRepeatedly(byte fill) throws IOException {
    byte[] content = new byte[100_000 + fill];
    Arrays.fill(content, fill);
    for (int round = 0; round < 10; round++) {
      catalogue.publish(ALICE, APP, out -> out.write(content));
    }
    return null;
  }

  private static boolean isWhole(byte[] content) {
    byte fill = content[0];
    for (byte b : content) {
      if (b != fill) {
        return false;
      }
    }
    return content.length == 100_000 + fill;
  }

  private List<String> filesOf(String repository) throws IOException {
    try (Stream<Path> files = Files.list(users.resolve(repository))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static FlistContent text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void failHalfWay(OutputStream out) throws IOException {
    out.write(new byte[10_000]);
    throw new IOException("half way");
  }
}
