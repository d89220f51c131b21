package tf.grid.hub.catalogue.listing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.HandClock;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.json.RecordedAnswer;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.json.JsonBody;

class ListingsTest {

  private static final RepositoryName ALICE = new RepositoryName("alice");

  @TempDir Path data;
  private final HandClock clock = new HandClock(Instant.now());
  private Path users;
  private Md5Cache md5s;
  private Catalogue catalogue;
  private Listings listings;

  @BeforeEach
  void open() throws IOException {
    users = data.resolve("users");
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), clock);
    catalogue = DirectoryCatalogue.open(users, md5s);
    listings = new Listings(catalogue, Set.of("Administrator"), clock);
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @Test
  void an_empty_catalogue_has_empty_listings() {
    assertThat(text(listings.current().names())).isEqualTo("[]\n");
    assertThat(text(listings.current().repositories())).isEqualTo("[]\n");
    assertThat(text(listings.current().everything())).isEqualTo("{}\n");
    assertThat(listings.current().repository(ALICE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"B-088-api-user", "B-150-fileslist-with-tags-links"})
  void a_repository_is_listed_as_it_was_by_the_earlier_hub(String vector) throws IOException {
    JsonStructure recorded = RecordedAnswer.of(vector);
    JsonArray entries =
        recorded instanceof JsonObject all
            ? all.getJsonArray("Administrator")
            : (JsonArray) recorded;
    recreate("Administrator", entries);
    if (recorded instanceof JsonObject all) {
      recreate("other", all.getJsonArray("other"));
    }

    JsonStructure listed =
        RecordedAnswer.parse(
            listings.current().repository(new RepositoryName("Administrator")).orElseThrow());

    assertThat(listed.asJsonArray()).containsExactlyElementsOf(valid(entries));
  }

  @Test
  void the_repositories_are_listed_as_they_were_by_the_earlier_hub() throws IOException {
    JsonArray recorded = (JsonArray) RecordedAnswer.of("B-086-api-repositories");
    for (JsonObject repository : recorded.getValuesAs(JsonObject.class)) {
      Path made = Files.createDirectories(users.resolve(repository.getString("name")));
      setTime(made, repository.getInt("updated"));
    }

    assertThat(RecordedAnswer.parse(listings.current().repositories())).isEqualTo(recorded);
  }

  @Test
  void all_names_are_listed_as_they_were_by_the_earlier_hub() throws IOException {
    JsonArray recorded = (JsonArray) RecordedAnswer.of("B-342-final-api-flist");
    List<String> names =
        recorded.getValuesAs(jakarta.json.JsonString.class).stream()
            .map(jakarta.json.JsonString::getString)
            .filter(name -> !name.contains("/..") && !name.contains("/.flist"))
            .filter(name -> !name.contains("/.tag-v2.flist"))
            .toList();
    for (String name : names) {
      Path path = users.resolve(name);
      if (name.contains(".tag-")) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.getParent());
        Files.createFile(path);
      }
    }

    assertThat(
            RecordedAnswer.parse(listings.current().names())
                .asJsonArray()
                .getValuesAs(jakarta.json.JsonString.class))
        .extracting(jakarta.json.JsonString::getString)
        .containsExactlyElementsOf(names.stream().sorted().toList());
  }

  @Test
  void tags_and_links_to_tags_are_listed() throws IOException {
    flist("bob/app.flist", 2048);
    Path tag = Files.createDirectories(users.resolve("alice/.tag-v1"));
    Files.createSymbolicLink(tag.resolve("web.flist"), Path.of("../../bob/app.flist"));
    Files.writeString(tag.resolve("no-link.flist"), "x");
    Files.createSymbolicLink(users.resolve("alice/stable"), Path.of("../alice/.tag-v1"));
    Files.createSymbolicLink(users.resolve("alice/gone"), Path.of("../bob/.tag-v9"));
    Files.createSymbolicLink(users.resolve("alice/no-tag"), Path.of("../bob/app.flist"));

    assertThat(fields("name")).containsExactly("v1", "gone", "stable");
    assertThat(fields("type")).containsExactly("tag", "taglink", "taglink");
    assertThat(entries().get(0).asJsonObject()).doesNotContainKey("target");
    assertThat(entries().get(0).asJsonObject().getString("size")).isEqualTo("0 KB");
    assertThat(entries().get(1).asJsonObject().getString("target")).isEqualTo("bob/tags/v9");
    assertThat(entries().get(2).asJsonObject().getString("target")).isEqualTo("alice/tags/v1");
    assertThat(text(listings.current().names())).contains("alice/.tag-v1", "alice/stable");
    JsonObject tagged = tagged().get(0).asJsonObject();
    assertThat(tagged()).hasSize(1);
    assertThat(tagged.getString("name")).isEqualTo("web.flist");
    assertThat(tagged.getString("type")).isEqualTo("symlink");
    assertThat(tagged.getString("size")).isEqualTo("2.00 KB");
    assertThat(tagged.getString("target")).isEqualTo("bob/app.flist");
  }

  @Test
  void links_show_what_they_lead_to_through_other_links() throws IOException {
    flist("bob/app.flist", 3072);
    setTime(users.resolve("bob/app.flist"), 1_000_000);
    Files.createDirectories(users.resolve("alice"));
    link("a.flist", "b.flist");
    link("b.flist", "../bob/app.flist");

    JsonObject first = entries().get(0).asJsonObject();
    assertThat(first.getString("size")).isEqualTo("3.00 KB");
    assertThat(first.getInt("updated")).isEqualTo(1_000_000);
    assertThat(first.getInt("linktime")).isGreaterThan(1_000_000);
    assertThat(first.getString("target")).isEqualTo("b.flist");
    assertThat(entries().get(1).asJsonObject().getString("target")).isEqualTo("bob/app.flist");
  }

  @Test
  void links_that_lead_nowhere_are_listed_with_their_own_size() throws IOException {
    Files.createDirectories(users.resolve("alice"));
    Files.writeString(data.resolve("secret.flist"), "secret");
    link("circle1.flist", "circle2.flist");
    link("circle2.flist", "circle1.flist");
    link("dangling.flist", "nothing.flist");
    link("itself.flist", "itself.flist");
    link("outside.flist", "../../secret.flist");
    link("root.flist", data.resolve("secret.flist").toString());
    link("users.flist", "..");

    assertThat(fields("type")).hasSize(7).containsOnly("symlink");
    assertThat(entries().get(0).asJsonObject().getString("size")).isEqualTo("0.01 KB");
    assertThat(fields("target"))
        .containsExactly(
            "circle2.flist",
            "circle1.flist",
            "nothing.flist",
            "itself.flist",
            "secret.flist",
            "secret.flist",
            "..");
    assertThat(text(listings.current().everything())).doesNotContain(data.toString());
  }

  @Test
  void odd_things_in_a_repository_are_left_out() throws IOException {
    flist("alice/good.flist", 10);
    Files.createDirectories(users.resolve("alice/dir.flist/inner"));
    Files.createDirectories(users.resolve("alice/plain"));
    Files.createDirectories(users.resolve("alice/.hidden"));
    Files.createDirectories(users.resolve("alice/.tag-"));
    Files.createDirectories(users.resolve("alice/.tag-.x"));
    flist("alice/.tmp-0", 10);
    flist("alice/.hidden.flist", 10);
    flist("alice/.flist", 10);
    flist("alice/a\nb.flist", 10);
    flist("alice/readme.txt", 10);
    flist("alice/.tag-file", 10);
    flist("stray.flist", 10);
    Files.createSymbolicLink(users.resolve("mallory"), data);
    Files.createDirectories(users.resolve("upload"));
    Files.createDirectories(users.resolve(".lost"));

    assertThat(fields("name")).containsExactly("good.flist");
    assertThat(text(listings.current().names())).isEqualTo("[\"alice/good.flist\"]\n");
    assertThat(listings.current().snapshot().repositories()).containsExactly(ALICE);
  }

  @Test
  void the_overview_has_the_newest_flists_of_official_and_other_repositories() throws IOException {
    for (int age = 0; age < 10; age++) {
      String name = "f" + age + ".flist";
      flist("alice/" + name, 1);
      flist("bob/" + name, 1);
      flist("Administrator/" + name, 1);
      setTime(users.resolve("alice/" + name), 2_000_000 - age);
      setTime(users.resolve("bob/" + name), 2_000_000 - age);
      setTime(users.resolve("Administrator/" + name), 1_000_000 + age);
    }
    Files.createSymbolicLink(users.resolve("alice/link.flist"), Path.of("f0.flist"));

    CatalogueOverview overview = listings.current().overview();

    assertThat(overview.newestOthers())
        .extracting(flist -> flist.repository() + "/" + flist.name())
        .containsExactly(
            "alice/f0.flist",
            "bob/f0.flist",
            "alice/f1.flist",
            "bob/f1.flist",
            "alice/f2.flist",
            "bob/f2.flist");
    assertThat(overview.newestOfficial())
        .extracting(CatalogueOverview.RecentFlist::name)
        .containsExactly("f9.flist", "f8.flist", "f7.flist", "f6.flist", "f5.flist", "f4.flist");
    assertThat(overview.repositories())
        .extracting(repository -> repository.name() + " " + repository.flists())
        .containsExactly("Administrator 10", "alice 11", "bob 10");
  }

  @Test
  void the_overview_is_made_once_for_each_state_of_the_catalogue() throws IOException {
    flist("alice/app.flist", 1);
    CatalogueOverview before = listings.current().overview();

    assertThat(listings.current().overview()).isSameAs(before);

    catalogue.publish(ALICE, FlistName.parse("new"), out -> out.write(1));
    assertThat(listings.current().overview().newestOthers())
        .extracting(CatalogueOverview.RecentFlist::name)
        .contains("new.flist");
  }

  @Test
  void what_is_published_shows_at_once() throws IOException {
    listings.current();

    catalogue.publish(ALICE, FlistName.parse("new"), out -> out.write(1));

    assertThat(text(listings.current().names())).isEqualTo("[\"alice/new.flist\"]\n");
  }

  @Test
  void a_change_by_hand_shows_after_a_second() throws IOException {
    flist("alice/a.flist", 1024);
    flist("bob/b.flist", 1024);
    assertThat(fields("name")).containsExactly("a.flist");

    flist("alice/c.flist", 1024);
    Files.delete(users.resolve("alice/a.flist"));
    assertThat(fields("name")).containsExactly("a.flist");
    clock.pass(Duration.ofSeconds(1));

    assertThat(fields("name")).containsExactly("c.flist");
  }

  @Test
  void a_directory_that_did_not_change_for_long_is_noticed_when_it_does() throws IOException {
    flist("alice/a.flist", 1024);
    setTime(users.resolve("alice"), 1_000_000);
    ListingBodies before = listings.current();
    clock.pass(Duration.ofMillis(600));
    assertThat(listings.current()).isSameAs(before);

    flist("alice/b.flist", 1024);
    clock.pass(Duration.ofMillis(600));

    assertThat(fields("name")).containsExactly("a.flist", "b.flist");
  }

  @Test
  void a_file_that_is_written_in_place_shows_its_new_size() throws IOException {
    flist("alice/a.flist", 1024);
    setTime(users.resolve("alice"), 1_000_000);
    assertThat(fields("size")).containsExactly("1.00 KB");

    flist("alice/a.flist", 5120);
    setTime(users.resolve("alice"), 1_000_000);
    clock.pass(Duration.ofMinutes(1));

    assertThat(fields("size")).containsExactly("5.00 KB");
  }

  @Test
  void a_change_in_one_repository_shows_in_links_of_others_and_in_tags() throws IOException {
    flist("bob/app.flist", 1024);
    Path tag = Files.createDirectories(users.resolve("alice/.tag-v1"));
    Files.createSymbolicLink(tag.resolve("app.flist"), Path.of("../../bob/app.flist"));
    link("app.flist", "../bob/app.flist");
    assertThat(tagged().get(0).asJsonObject().getString("size")).isEqualTo("1.00 KB");

    catalogue.publish(
        new RepositoryName("bob"), FlistName.parse("app"), out -> out.write(new byte[2048]));

    assertThat(tagged().get(0).asJsonObject().getString("size")).isEqualTo("2.00 KB");
    assertThat(entries().get(1).asJsonObject().getString("size")).isEqualTo("2.00 KB");
  }

  @Test
  void a_link_added_to_a_tag_by_hand_shows() throws IOException {
    flist("alice/app.flist", 1024);
    Path tag = Files.createDirectories(users.resolve("alice/.tag-v1"));
    assertThat(tagged()).isEmpty();

    Files.createSymbolicLink(tag.resolve("app.flist"), Path.of("../../alice/app.flist"));
    clock.pass(Duration.ofSeconds(1));

    assertThat(tagged()).hasSize(1);
  }

  @Test
  void a_removed_users_directory_is_an_empty_catalogue() throws IOException {
    flist("alice/a.flist", 1);
    assertThat(fields("name")).hasSize(1);

    Files.delete(users.resolve("alice/a.flist"));
    Files.delete(users.resolve("alice"));
    Files.delete(users);
    clock.pass(Duration.ofSeconds(1));

    assertThat(text(listings.current().names())).isEqualTo("[]\n");
  }

  @Test
  void the_compressed_answer_is_the_plain_one_and_the_tag_changes_with_it() throws IOException {
    flist("alice/a.flist", 1);
    JsonBody body = listings.current().names();

    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body.compressed()))) {
      assertThat(in.readAllBytes()).isEqualTo(body.plain());
    }
    catalogue.publish(ALICE, FlistName.parse("b"), out -> out.write(1));
    assertThat(listings.current().names().tag()).isNotEqualTo(body.tag());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 5, 128, 384, 1023, 1024, 1189, 3897, 10_240, 123_456_789, 1L << 45})
  void sizes_have_two_decimals_rounded_as_the_exact_value(long size) {
    String expected =
        new java.math.BigDecimal(size)
                .divide(new java.math.BigDecimal(1024))
                .setScale(2, java.math.RoundingMode.HALF_EVEN)
                .toPlainString()
            + " KB";
    assertThat(KiloBytes.of(size)).isEqualTo(expected);
  }

  private JsonArray entries() {
    return RecordedAnswer.parse(listings.current().repository(ALICE).orElseThrow()).asJsonArray();
  }

  private JsonArray tagged() {
    return RecordedAnswer.parse(listings.current().tag(ALICE, new TagName("v1")).orElseThrow())
        .asJsonArray();
  }

  private List<String> fields(String field) {
    return entries().stream().map(entry -> entry.asJsonObject().getString(field)).toList();
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(users.resolve("alice").resolve(name), Path.of(target));
  }

  private void flist(String path, long size) throws IOException {
    Path file = users.resolve(path);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(size);
    }
  }

  /** Makes the files and links that a recorded listing shows. */
  private void recreate(String repository, JsonArray entries) throws IOException {
    Path directory = Files.createDirectories(users.resolve(repository));
    for (JsonObject entry : entries.getValuesAs(JsonObject.class)) {
      String name = entry.getString("name");
      if (entry.getString("type").equals("tag")) {
        setTime(Files.createDirectory(directory.resolve(".tag-" + name)), entry.getInt("updated"));
      } else if (entry.getString("type").equals("symlink")) {
        String target = entry.getString("target");
        String stored = target.contains("/") ? "../" + target : target;
        Files.createSymbolicLink(directory.resolve(name), Path.of(stored));
        setTime(directory.resolve(name), entry.getInt("linktime"));
      } else {
        double kilos = Double.parseDouble(entry.getString("size").replace(" KB", ""));
        flist(repository + "/" + name, Math.round(kilos * 1024));
        setTime(directory.resolve(name), entry.getInt("updated"));
      }
    }
  }

  /** What may be listed of a record: names with a leading dot were possible once. */
  private static List<JsonValue> valid(JsonArray entries) {
    return entries.stream()
        .filter(entry -> !entry.asJsonObject().getString("name").startsWith("."))
        .sorted(Comparator.comparing(ListingsTest::stored))
        .toList();
  }

  private static String stored(JsonValue entry) {
    JsonObject fields = entry.asJsonObject();
    return (fields.getString("type").equals("tag") ? ".tag-" : "") + fields.getString("name");
  }

  private static void setTime(Path path, long seconds) throws IOException {
    if (Files.isSymbolicLink(path)) {
      Process touch =
          new ProcessBuilder("touch", "-h", "-d", "@" + seconds, path.toString()).start();
      try {
        assertThat(touch.waitFor()).isZero();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    } else {
      FileTime time = FileTime.from(seconds, TimeUnit.SECONDS);
      Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(time, null, null);
    }
  }

  private static String text(JsonBody body) {
    return new String(body.plain(), StandardCharsets.UTF_8);
  }
}
