package tf.grid.hub.catalogue.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.change.Dependents;
import tf.grid.hub.catalogue.change.TagChanges;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.listing.ListingEntry;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagLinkName;
import tf.grid.hub.catalogue.name.TagName;

/** Symbolic links that an operator made: where they may end, and where they may not. */
class OperatorLinksTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final RepositoryName BOB = new RepositoryName("bob");
  private static final FlistName APP = FlistName.parse("app");

  @TempDir private Path disk;
  private Path users;
  private Path allowed;
  private Path secret;
  private Md5Cache md5s;
  private DirectoryCatalogue catalogue;

  @BeforeEach
  void open() throws IOException {
    Path shared = Files.createDirectories(disk.resolve("public"));
    users = shared.resolve("users");
    allowed = Files.createDirectories(disk.resolve("disk2"));
    secret = Files.createDirectories(disk.resolve("secret"));
    md5s = Md5Cache.rememberedIn(disk.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(users, List.of(shared, allowed), md5s);
    catalogue.publish(BOB, APP, out -> out.write("bob's".getBytes(UTF_8)));
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"public/archive/alice", "disk2/alice"})
  void a_repository_may_be_a_link_to_a_directory(String target) throws IOException {
    Path directory = Files.createDirectories(disk.resolve(target));
    Files.createSymbolicLink(users.resolve("alice"), directory);
    catalogue.publish(ALICE, APP, out -> out.write("alice's".getBytes(UTF_8)));

    assertThat(directory.resolve("app.flist")).hasContent("alice's");
    assertThat(read(ALICE, "app")).isEqualTo("alice's");
    assertThat(names(ALICE)).containsExactly("app.flist");
  }

  @Test
  void a_repository_may_be_another_name_of_one() throws IOException {
    Files.createSymbolicLink(users.resolve("alice"), Path.of("bob"));
    assertThat(read(ALICE, "app")).isEqualTo("bob's");
    assertThat(names(ALICE)).containsExactly("app.flist");
  }

  @Test
  void a_repository_that_leads_out_is_none() throws IOException {
    Files.writeString(secret.resolve("app.flist"), "secret");
    Files.createSymbolicLink(users.resolve("alice"), secret);
    Files.createSymbolicLink(allowed.resolve("way"), secret);
    Files.createSymbolicLink(users.resolve("carol"), allowed.resolve("way"));
    for (RepositoryName name : List.of(ALICE, new RepositoryName("carol"))) {
      assertThatThrownBy(() -> catalogue.entries().locate(name, APP))
          .isInstanceOf(RepositoryNotFoundException.class);
    }
    assertThat(listings().current().snapshot().repositories()).containsExactly(BOB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s/public/users/bob/app.flist",
        "%s/public/users/bob/../bob/./app.flist",
        "../../users/bob/app.flist",
        "../../../public/users/bob/app.flist",
        "../bob/app.flist",
      })
  void a_link_to_a_flist_of_a_repository_may_take_any_way(String text) throws IOException {
    link("alice/app.flist", text.formatted(disk));
    assertThat(read(ALICE, "app")).isEqualTo("bob's");
    assertThat(entry(ALICE)).isEqualTo("bob/app.flist");
    LocatedFlist found = catalogue.entries().locate(ALICE, APP);
    assertThat(found.link().orElseThrow().target()).isEqualTo("../bob/app.flist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s/public/archive/app.flist", "../../archive/app.flist", "%s/disk2/app.flist"})
  void a_link_may_end_at_a_flist_of_no_repository(String text) throws IOException {
    Files.createDirectories(disk.resolve("public/archive"));
    Files.writeString(disk.resolve("public/archive/app.flist"), "archived");
    Files.writeString(allowed.resolve("app.flist"), "archived");
    link("alice/app.flist", text.formatted(disk));
    assertThat(read(ALICE, "app")).isEqualTo("archived");
    assertThat(entry(ALICE)).isEqualTo("app.flist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s/secret/app.flist",
        "../../../secret/app.flist",
        "%s/disk2/way",
        "%s/public",
        "/etc/passwd",
        "app.flist",
      })
  void a_link_that_leads_elsewhere_is_listed_and_leads_to_nothing(String text) throws IOException {
    Files.writeString(secret.resolve("app.flist"), "secret");
    Files.createSymbolicLink(allowed.resolve("way"), secret.resolve("app.flist"));
    link("alice/app.flist", text.formatted(disk));
    assertThatThrownBy(() -> catalogue.entries().locate(ALICE, APP))
        .isInstanceOf(FlistNotFoundException.class);
    assertThat(names(ALICE)).containsExactly("app.flist");
  }

  @Test
  void an_absolute_link_to_a_tag_is_one() throws IOException {
    Files.createDirectories(users.resolve("bob/.tag-v1"));
    link("alice/stable", users.resolve("bob/.tag-v1").toString());
    TagLinkName stable = new TagLinkName("stable");
    assertThat(catalogue.entries().tagBehind(ALICE, stable).shown()).isEqualTo("bob/.tag-v1");
    Files.delete(users.resolve("bob/.tag-v1"));
    assertThat(catalogue.entries().tagNamedBy(ALICE, stable).shown()).isEqualTo("bob/.tag-v1");
    assertThatThrownBy(() -> catalogue.entries().tagBehind(ALICE, stable))
        .isInstanceOf(FlistNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/disk2/v1", "%s/public/archive/v1", ".tag-real", "../bob/.tag-real"})
  void a_tag_may_be_a_link_to_a_directory(String target) throws IOException {
    Files.createDirectories(users.resolve("alice/.tag-real"));
    Files.createDirectories(users.resolve("bob/.tag-real"));
    Files.createDirectories(disk.resolve("public/archive/v1"));
    Files.createDirectories(allowed.resolve("v1"));
    link("alice/.tag-v1", target.formatted(disk));
    TagName tag = new TagName("v1");
    TagChanges changes = new TagChanges(catalogue, new Dependents(catalogue, listings()));
    changes.add(ALICE, tag, APP, BOB, APP);
    Path directory = users.resolve("alice/.tag-v1").toRealPath();

    assertThat(files(directory)).containsExactly("app.flist");
    assertThat(Files.readString(catalogue.entries().locate(ALICE, tag, APP).file().path()))
        .isEqualTo("bob's");
    assertThat(listings().current().snapshot().entries(ALICE, tag).orElseThrow())
        .extracting(ListingEntry::name)
        .containsExactly("app.flist");

    changes.remove(ALICE, tag, APP, BOB, APP);
    assertThat(files(directory)).isEmpty();
    changes.add(ALICE, tag, APP, BOB, APP);
    changes.remove(ALICE, tag);
    assertThat(users.resolve("alice/.tag-v1")).doesNotExist();
    assertThat(files(directory)).as("what the link led to").containsExactly("app.flist");
  }

  @Test
  void a_tag_that_leads_out_is_none() throws IOException {
    Files.createSymbolicLink(secret.resolve("app.flist"), users.resolve("bob/app.flist"));
    link("alice/.tag-v1", secret.toString());
    assertThatThrownBy(() -> catalogue.entries().locate(ALICE, new TagName("v1"), APP))
        .isInstanceOf(FlistNotFoundException.class);
    assertThat(names(ALICE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/secret", "%s/nothing", "../../../secret", ".tag-v1"})
  void nothing_is_published_behind_a_link_that_is_not_followed(String target) throws IOException {
    link("alice/.tag-v1", target.formatted(disk));
    link("carol", target.formatted(disk));
    TagChanges changes = new TagChanges(catalogue, new Dependents(catalogue, listings()));
    assertThatThrownBy(() -> changes.add(ALICE, new TagName("v1"), APP, BOB, APP))
        .isInstanceOf(LinkNotFollowedException.class)
        .hasMessageContaining("the tag v1 is a symbolic link");
    RepositoryName carol = new RepositoryName("carol");
    assertThatThrownBy(() -> catalogue.publish(carol, APP, out -> out.write(1)))
        .isInstanceOf(LinkNotFollowedException.class)
        .hasMessageContaining("the repository carol");
    assertThatThrownBy(() -> changes.add(carol, new TagName("v1"), APP, BOB, APP))
        .isInstanceOf(LinkNotFollowedException.class);
    assertThat(files(secret)).isEmpty();
    assertThat(files(users.resolve("alice"))).containsExactly(".tag-v1");
  }

  @Test
  void temporary_files_behind_links_are_removed_at_the_start() throws IOException {
    Path repository = Files.createDirectories(disk.resolve("disk2/alice"));
    Path tag = Files.createDirectories(disk.resolve("disk2/v1"));
    link("alice", repository.toString());
    Files.createSymbolicLink(repository.resolve(".tag-v1"), tag);
    link("dave", secret.toString());
    for (Path directory : List.of(repository, tag, secret)) {
      Files.writeString(directory.resolve(".tmp-left"), "half");
    }
    DirectoryCatalogue.open(users, List.of(disk.resolve("public"), allowed), md5s);
    assertThat(repository.resolve(".tmp-left")).doesNotExist();
    assertThat(tag.resolve(".tmp-left")).doesNotExist();
    assertThat(secret.resolve(".tmp-left")).exists();
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void link(String name, String text) throws IOException {
    Files.createDirectories(users.resolve(name).getParent());
    Files.createSymbolicLink(users.resolve(name), Path.of(text));
  }

  private String read(RepositoryName repository, String name) throws IOException {
    return Files.readString(
        catalogue.entries().locate(repository, FlistName.parse(name)).file().path());
  }

  private Listings listings() {
    return new Listings(catalogue, Set.of(), Clock.systemUTC());
  }

  private List<String> names(RepositoryName repository) {
    return listings().current().snapshot().entries(repository).orElseThrow().stream()
        .map(ListingEntry::name)
        .toList();
  }

  private String entry(RepositoryName repository) {
    List<ListingEntry> entries = listings().current().snapshot().entries(repository).orElseThrow();
    return ((ListingEntry.SymbolicLink) entries.get(0)).target();
  }
}
