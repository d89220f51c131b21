package tf.grid.hub.catalogue.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.ALICE;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.BOB;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.entry;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.flist;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.tag;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.tagLink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;

class FlistChangesTest {
  @TempDir Path data;
  private CatalogueOnDisk disk;

  @BeforeEach
  void open() throws IOException {
    disk = new CatalogueOnDisk(data);
    disk.publish(ALICE, "app", "app");
    disk.publish(BOB, "tool", "of bob");
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  @Test
  void counts_of_downloads_follow_renamed_flists_and_end_with_deleted_ones() throws IOException {
    disk.counts.downloaded(disk.path("alice.3bot/app.flist"));
    disk.links.link(ALICE, flist("app"), flist("latest"));

    disk.flists.rename(ALICE, entry("latest"), entry("newest"));
    disk.flists.rename(ALICE, entry("app"), entry("renamed"));
    disk.publish(ALICE, "renamed", "another version");
    disk.flists.promote(BOB, ALICE, flist("renamed"), flist("copy"));

    assertThat(disk.counts.of(disk.path("alice.3bot/app.flist")).downloads()).isZero();
    assertThat(disk.counts.of(disk.path("alice.3bot/renamed.flist")).downloads()).isEqualTo(1);
    assertThat(disk.counts.of(disk.path("bob.3bot/copy.flist")).downloads()).isZero();
    disk.flists.delete(ALICE, entry("renamed"));
    disk.publish(ALICE, "renamed", "a new one");
    assertThat(disk.counts.of(disk.path("alice.3bot/renamed.flist")).downloads()).isZero();
  }

  @Test
  void flists_links_and_links_to_tags_are_removed() throws IOException {
    disk.links.crosslink(ALICE, flist("tool"), BOB, flist("tool"));
    disk.linkByHand("alice.3bot/dangling.flist", "gone.flist");
    disk.tags.add(BOB, tag("v1"), flist("tool"), BOB, flist("tool"));
    disk.tagLinks.link(ALICE, tagLink("stable"), BOB, tag("v1"));
    disk.linkByHand("alice.3bot/lost", "../bob.3bot/.tag-v9");

    for (String name : List.of("tool", "dangling.flist", "stable", "lost", "app")) {
      disk.flists.delete(ALICE, entry(name));
    }

    assertThat(disk.tree())
        .containsOnlyKeys(
            "alice.3bot",
            "bob.3bot",
            "bob.3bot/tool.flist",
            "bob.3bot/.tag-v1",
            "bob.3bot/.tag-v1/tool.flist");
  }

  @Test
  void only_what_is_there_can_be_removed() throws IOException {
    Files.createDirectories(disk.path("alice.3bot/directory.flist"));
    Files.createDirectories(disk.path("alice.3bot/directory"));
    Files.writeString(disk.path("alice.3bot/notes"), "by hand");
    Map<String, String> before = disk.tree();

    for (String name : List.of("gone", "directory", "directory.flist", "notes")) {
      assertThatThrownBy(() -> disk.flists.delete(ALICE, entry(name)))
          .isInstanceOf(FlistNotFoundException.class);
    }
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void nothing_is_removed_or_renamed_in_a_repository_that_does_not_exist() {
    EntryName name = entry("app");
    RepositoryName nobody = new RepositoryName("nobody");

    assertThatThrownBy(() -> disk.flists.delete(nobody, name))
        .isInstanceOf(RepositoryNotFoundException.class);
    assertThatThrownBy(() -> disk.flists.rename(nobody, name, entry("x")))
        .isInstanceOf(RepositoryNotFoundException.class);
    assertThat(disk.path("nobody")).doesNotExist();
  }

  @Test
  void a_renamed_flist_or_link_takes_the_place_of_what_has_the_name() throws IOException {
    disk.links.crosslink(ALICE, flist("tool"), BOB, flist("tool"));
    disk.linkByHand("alice.3bot/dangling.flist", "gone.flist");

    disk.flists.rename(ALICE, entry("app"), entry("tool"));
    assertThat(disk.tree())
        .containsEntry("alice.3bot/tool.flist", "app")
        .doesNotContainKey("alice.3bot/app.flist");

    disk.flists.rename(ALICE, entry("dangling"), entry("tool.flist"));
    assertThat(disk.tree())
        .containsEntry("alice.3bot/tool.flist", "-> gone.flist")
        .doesNotContainKey("alice.3bot/dangling.flist")
        .containsEntry("bob.3bot/tool.flist", "of bob");
  }

  @Test
  void a_flist_that_is_renamed_to_its_own_name_stays() throws IOException {
    Map<String, String> before = disk.tree();

    assertThat(disk.flists.rename(ALICE, entry("app"), entry("app.flist"))).isEqualTo(Effect.NONE);

    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void one_of_two_names_of_the_same_file_goes_when_it_is_renamed_to_the_other() throws IOException {
    Files.createLink(disk.path("alice.3bot/twin.flist"), disk.path("alice.3bot/app.flist"));

    disk.flists.rename(ALICE, entry("app"), entry("twin"));

    assertThat(disk.tree())
        .containsEntry("alice.3bot/twin.flist", "app")
        .doesNotContainKey("alice.3bot/app.flist");
  }

  @Test
  void a_link_is_not_renamed_to_what_it_leads_to() throws IOException {
    disk.links.link(ALICE, flist("app"), flist("latest"));
    Map<String, String> before = disk.tree();

    assertThatThrownBy(() -> disk.flists.rename(ALICE, entry("latest"), entry("app")))
        .isInstanceOf(LinkConflictException.class)
        .hasMessage("link would lead to itself");
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void links_to_tags_are_renamed_among_themselves() throws IOException {
    disk.linkByHand("alice.3bot/stable", "../bob.3bot/.tag-v1");
    disk.linkByHand("alice.3bot/old", "../bob.3bot/.tag-v0");

    disk.flists.rename(ALICE, entry("stable"), entry("old"));

    assertThat(disk.tree())
        .containsEntry("alice.3bot/old", "-> ../bob.3bot/.tag-v1")
        .doesNotContainKey("alice.3bot/stable");
    assertThatThrownBy(() -> disk.flists.rename(ALICE, entry("old"), entry("old.flist")))
        .hasMessage("tag symlink cannot ends with .flist");
    assertThatThrownBy(() -> disk.flists.rename(ALICE, entry("old"), entry("app")))
        .hasMessage("there is a .flist file with the same name existing already");
    assertThatThrownBy(() -> disk.flists.rename(ALICE, entry("gone"), entry("x")))
        .isInstanceOf(FlistNotFoundException.class);
  }

  @Test
  void a_promoted_flist_is_a_copy_and_makes_the_repository() throws IOException {
    disk.links.crosslink(BOB, flist("link"), BOB, flist("tool"));
    disk.flists.delete(ALICE, entry("app"));
    Files.delete(disk.path("alice.3bot"));

    disk.flists.promote(ALICE, BOB, flist("link"), flist("mine"));
    disk.publish(BOB, "tool", "newer");

    assertThat(disk.tree()).containsEntry("alice.3bot/mine.flist", "of bob");
  }

  @Test
  void a_promoted_flist_replaces_a_link_and_not_what_that_leads_to() throws IOException {
    disk.links.crosslink(ALICE, flist("tool"), BOB, flist("tool"));

    disk.flists.promote(ALICE, ALICE, flist("app"), flist("tool"));

    assertThat(disk.tree())
        .containsEntry("alice.3bot/tool.flist", "app")
        .containsEntry("bob.3bot/tool.flist", "of bob");
  }

  @Test
  void what_cannot_be_read_is_not_promoted_and_leaves_no_repository() throws IOException {
    disk.linkByHand("bob.3bot/dangling.flist", "gone.flist");
    Files.createDirectories(data.resolve("secret"));
    Files.writeString(data.resolve("secret/x.flist"), "secret");
    disk.linkByHand("bob.3bot/outside.flist", "../../../secret/x.flist");
    disk.linkByHand("bob.3bot/absolute.flist", data.resolve("secret/x.flist").toString());
    RepositoryName carol = new RepositoryName("carol.3bot");
    Map<String, String> before = disk.tree();

    for (String source : List.of("gone", "dangling", "outside", "absolute")) {
      assertThatThrownBy(() -> disk.flists.promote(carol, BOB, flist(source), flist("x")))
          .isInstanceOf(FlistNotFoundException.class);
    }
    assertThatThrownBy(() -> disk.flists.promote(BOB, carol, flist("tool"), flist("x")))
        .isInstanceOf(RepositoryNotFoundException.class);
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void a_removed_flist_names_the_links_that_it_breaks() throws IOException {
    disk.links.link(ALICE, flist("app"), flist("latest"));
    disk.links.crosslink(BOB, flist("theirs"), ALICE, flist("latest"));
    disk.tags.add(BOB, tag("v1"), flist("app"), ALICE, flist("app"));
    disk.linkByHand("alice.3bot/lost.flist", "app.flist/x");

    Effect effect = disk.flists.delete(ALICE, entry("app"));

    assertThat(effect.broken())
        .extracting(EntryPath::shown)
        .containsExactly(
            "alice.3bot/latest.flist", "bob.3bot/tags/v1/app.flist", "bob.3bot/theirs.flist");
    assertThat(effect.redirected()).isEmpty();
    assertThat(effect.unlisted()).isZero();
    // They are broken already: another removal of the same breaks nothing more.
    disk.publish(BOB, "app", "x");
    assertThat(disk.flists.delete(BOB, entry("app"))).isEqualTo(Effect.NONE);
  }

  @Test
  void a_renamed_flist_names_the_links_to_both_its_names() throws IOException {
    disk.publish(ALICE, "old", "old");
    disk.links.link(ALICE, flist("app"), flist("latest"));
    disk.links.crosslink(BOB, flist("previous"), ALICE, flist("old"));

    Effect effect = disk.flists.rename(ALICE, entry("app"), entry("old"));

    assertThat(effect.broken())
        .extracting(EntryPath::shown)
        .containsExactly("alice.3bot/latest.flist");
    assertThat(effect.redirected())
        .extracting(EntryPath::shown)
        .containsExactly("bob.3bot/previous.flist");
  }

  @Test
  void a_promoted_flist_names_the_links_that_lead_to_another_now() throws IOException {
    disk.links.link(ALICE, flist("app"), flist("latest"));

    Effect effect = disk.flists.promote(ALICE, BOB, flist("tool"), flist("app"));

    assertThat(effect.broken()).isEmpty();
    assertThat(effect.redirected())
        .extracting(EntryPath::shown)
        .containsExactly("alice.3bot/latest.flist");
  }

  @Test
  void of_many_broken_links_some_are_named_and_the_rest_counted() throws IOException {
    for (int i = 0; i < Dependents.MOST_NAMED + 7; i++) {
      disk.linkByHand("bob.3bot/l%03d.flist".formatted(i), "../alice.3bot/app.flist");
    }
    // By hand: the listing learns of it with the next change.
    disk.publish(ALICE, "other", "other");

    Effect effect = disk.flists.delete(ALICE, entry("app"));

    assertThat(effect.broken()).hasSize(Dependents.MOST_NAMED);
    assertThat(effect.unlisted()).isEqualTo(7);
  }

  @Test
  void the_time_of_the_repository_moves_with_each_change() throws IOException {
    disk.publish(ALICE, "b", "b");
    assertMoves(() -> disk.flists.rename(ALICE, entry("b"), entry("c")));
    assertMoves(() -> disk.flists.promote(ALICE, BOB, flist("tool"), flist("c")));
    assertMoves(() -> disk.flists.delete(ALICE, entry("c")));
  }

  private void assertMoves(Change change) throws IOException {
    Path repository = disk.path("alice.3bot");
    Files.setLastModifiedTime(repository, FileTime.fromMillis(1000));
    change.make();
    assertThat(Files.getLastModifiedTime(repository).toMillis()).isGreaterThan(1_000_000);
    assertThat(disk.listings.current().snapshot().updated(ALICE)).isGreaterThan(1000);
  }

  private interface Change {
    void make() throws IOException;
  }
}
