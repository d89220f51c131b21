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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.EntryPath;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;

class TagChangesTest {
  private static final RepositoryName NOBODY = new RepositoryName("nobody");

  @TempDir Path data;
  private CatalogueOnDisk disk;

  @BeforeEach
  void open() throws IOException {
    disk = new CatalogueOnDisk(data);
    disk.publish(BOB, "tool", "of bob");
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  @Test
  void a_tag_is_a_directory_of_links_and_makes_the_repository() throws IOException {
    disk.tags.add(ALICE, tag("v1"), flist("tool"), BOB, flist("tool"));

    assertThat(disk.tree())
        .containsEntry("alice.3bot/.tag-v1", "/")
        .containsEntry("alice.3bot/.tag-v1/tool.flist", "-> ../../bob.3bot/tool.flist");
  }

  @Test
  void a_name_in_a_tag_is_replaced_also_where_an_earlier_hub_stored_it_bare() throws IOException {
    disk.publish(ALICE, "app", "app");
    disk.linkByHand("alice.3bot/.tag-v1/tool", "../../bob.3bot/tool.flist");

    disk.tags.add(ALICE, tag("v1"), flist("tool"), BOB, flist("tool"));
    disk.tags.add(ALICE, tag("v1"), flist("tool.flist"), ALICE, flist("app"));

    assertThat(disk.tree().subMap("alice.3bot/.tag-v1/", "alice.3bot/.tag-v10"))
        .isEqualTo(Map.of("alice.3bot/.tag-v1/tool.flist", "-> ../../alice.3bot/app.flist"));
  }

  @Test
  void only_an_existing_flist_gets_into_a_tag() throws IOException {
    disk.linkByHand("bob.3bot/dangling.flist", "gone.flist");
    Map<String, String> before = disk.tree();

    assertThatThrownBy(() -> disk.tags.add(ALICE, tag("v1"), flist("x"), NOBODY, flist("tool")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("source repository not found");
    for (String source : new String[] {"gone", "dangling"}) {
      assertThatThrownBy(() -> disk.tags.add(ALICE, tag("v1"), flist("x"), BOB, flist(source)))
          .isInstanceOf(FlistNotFoundException.class);
    }
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void a_name_is_taken_out_whatever_it_leads_to() throws IOException {
    disk.tags.add(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    disk.linkByHand("alice.3bot/.tag-v1/b.flist", "/elsewhere");
    disk.tagLinks.link(BOB, tagLink("v"), ALICE, tag("v1"));

    assertThat(disk.tags.remove(ALICE, tag("v1"), flist("b"))).isEqualTo(Effect.NONE);
    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v1"), flist("b")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("target not found on this tag");
    assertThat(disk.tags.remove(ALICE, tag("v1"), flist("a")).broken())
        .extracting(EntryPath::shown)
        .containsExactly("bob.3bot/v");
    assertThat(disk.tree()).doesNotContainKey("alice.3bot/.tag-v1");
  }

  @Test
  void a_tag_is_removed_with_all_that_is_in_it() throws IOException {
    disk.tags.add(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    disk.tags.add(ALICE, tag("v1"), flist("b"), BOB, flist("tool"));
    disk.tagLinks.link(BOB, tagLink("v"), ALICE, tag("v1"));

    assertThat(disk.tags.remove(ALICE, tag("v1")).broken())
        .extracting(EntryPath::shown)
        .containsExactly("bob.3bot/v");
    assertThat(disk.tree().keySet()).noneMatch(path -> path.startsWith("alice.3bot/"));
    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v1")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("source tag not found");
  }

  @Test
  void a_tag_goes_with_its_last_name() throws IOException {
    disk.tags.add(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    disk.tags.add(ALICE, tag("v1"), flist("b"), BOB, flist("tool"));

    disk.tags.remove(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    assertThat(disk.tree())
        .containsKey("alice.3bot/.tag-v1/b.flist")
        .doesNotContainKey("alice.3bot/.tag-v1/a.flist");

    disk.tags.remove(ALICE, tag("v1"), flist("b"), BOB, flist("tool"));
    assertThat(disk.tree()).containsOnlyKeys("alice.3bot", "bob.3bot", "bob.3bot/tool.flist");
  }

  @Test
  void the_target_of_a_name_that_is_removed_need_not_exist_any_more() throws IOException {
    disk.linkByHand("alice.3bot/.tag-v1/a.flist", "../../nobody/gone.flist");
    disk.linkByHand("alice.3bot/.tag-v1/b", "../../bob.3bot/gone.flist");

    disk.tags.remove(ALICE, tag("v1"), flist("a"), NOBODY, flist("gone"));
    disk.tags.remove(ALICE, tag("v1"), flist("b"), BOB, flist("gone"));

    assertThat(disk.path("alice.3bot/.tag-v1")).doesNotExist();
  }

  @Test
  void a_name_is_removed_by_any_flist_that_exists_but_by_none_that_does_not() throws IOException {
    disk.publish(ALICE, "app", "app");
    disk.tags.add(ALICE, tag("v1"), flist("a"), ALICE, flist("app"));
    Map<String, String> before = disk.tree();

    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v1"), flist("a"), NOBODY, flist("app")))
        .hasMessage("source repository not found");
    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v1"), flist("a"), BOB, flist("gone")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v1"), flist("x"), BOB, flist("tool")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("target not found on this tag");
    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v9"), flist("a"), BOB, flist("tool")))
        .hasMessage("target not found on this tag");
    assertThat(disk.tree()).isEqualTo(before);

    disk.tags.remove(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    assertThat(disk.path("alice.3bot/.tag-v1")).doesNotExist();
  }

  @Test
  void nothing_is_removed_from_a_repository_that_does_not_exist() throws IOException {
    assertThatThrownBy(() -> disk.tags.remove(NOBODY, tag("v1"), flist("a"), BOB, flist("tool")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("target not found on this tag");
    assertThatThrownBy(() -> disk.tags.remove(NOBODY, tag("v1"), flist("a"), BOB, flist("gone")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThatThrownBy(() -> disk.tagLinks.remove(NOBODY, tagLink("n"), BOB, tag("v1")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("source tag not found");
    assertThatThrownBy(() -> disk.links.link(NOBODY, flist("tool"), flist("latest")))
        .hasMessage("source not found");
    assertThat(disk.path("nobody")).doesNotExist();
  }

  @Test
  void a_tag_that_is_a_link_to_somewhere_else_is_neither_filled_nor_emptied() throws IOException {
    disk.publish(ALICE, "app", "app");
    Path elsewhere = Files.createDirectories(data.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("a.flist"), Path.of("x"));
    disk.linkByHand("alice.3bot/.tag-v1", elsewhere.toString());

    assertThatThrownBy(() -> disk.tags.add(ALICE, tag("v1"), flist("b"), BOB, flist("tool")))
        .isInstanceOf(LinkNotFollowedException.class);
    assertThatThrownBy(() -> disk.tags.remove(ALICE, tag("v1"), flist("a"), BOB, flist("tool")))
        .isInstanceOf(SourceNotFoundException.class);

    assertThat(elsewhere.toFile().list()).containsExactly("a.flist");
    assertThat(disk.path("alice.3bot").toFile().list())
        .containsExactlyInAnyOrder("app.flist", ".tag-v1");
  }

  @Test
  void what_lies_in_a_tag_by_hand_stays_and_keeps_it() throws IOException {
    disk.tags.add(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));
    Files.writeString(disk.path("alice.3bot/.tag-v1/notes"), "by hand");

    disk.tags.remove(ALICE, tag("v1"), flist("a"), BOB, flist("tool"));

    assertThat(disk.tree()).containsEntry("alice.3bot/.tag-v1/notes", "by hand");
  }

  @Test
  void links_to_a_tag_that_goes_are_named() throws IOException {
    disk.tags.add(BOB, tag("v1"), flist("tool"), BOB, flist("tool"));
    disk.tagLinks.link(ALICE, tagLink("stable"), BOB, tag("v1"));

    Effect effect = disk.tags.remove(BOB, tag("v1"), flist("tool"), BOB, flist("tool"));

    assertThat(effect.broken()).extracting(EntryPath::shown).containsExactly("alice.3bot/stable");
  }

  @Test
  void links_to_tags_are_made_led_elsewhere_and_removed() throws IOException {
    disk.tags.add(BOB, tag("v1"), flist("tool"), BOB, flist("tool"));
    disk.tags.add(BOB, tag("v2"), flist("tool"), BOB, flist("tool"));

    disk.tagLinks.link(ALICE, tagLink("stable"), BOB, tag("v1"));
    disk.tagLinks.link(ALICE, tagLink("stable"), BOB, tag("v2"));
    assertThat(disk.tree()).containsEntry("alice.3bot/stable", "-> ../bob.3bot/.tag-v2");

    assertThatThrownBy(() -> disk.tagLinks.remove(ALICE, tagLink("stable"), BOB, tag("v1")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("source tag not found");
    disk.tagLinks.remove(ALICE, tagLink("stable"), BOB, tag("v2"));
    assertThat(disk.path("alice.3bot")).isEmptyDirectory();
    assertThatThrownBy(() -> disk.tagLinks.remove(ALICE, tagLink("stable"), BOB, tag("v2")))
        .isInstanceOf(SourceNotFoundException.class);
  }

  @Test
  void a_link_to_a_tag_needs_a_tag_and_a_free_name() throws IOException {
    disk.tags.add(BOB, tag("v1"), flist("tool"), BOB, flist("tool"));
    Files.createDirectories(disk.path("bob.3bot/notes"));
    Map<String, String> before = disk.tree();

    assertThatThrownBy(() -> disk.tagLinks.link(ALICE, tagLink("x"), BOB, tag("v9")))
        .hasMessage("source tag not found");
    assertThatThrownBy(() -> disk.tagLinks.link(ALICE, tagLink("x"), NOBODY, tag("v1")))
        .hasMessage("source tag not found");
    assertThatThrownBy(() -> disk.tagLinks.link(BOB, tagLink("tool"), BOB, tag("v1")))
        .isInstanceOf(LinkConflictException.class)
        .hasMessage("there is a .flist file with the same name existing already");
    assertThatThrownBy(() -> disk.tagLinks.link(BOB, tagLink("notes"), BOB, tag("v1")))
        .hasMessage("link destination is already a file");
    assertThatThrownBy(() -> TagLinkChanges.nameOf("x.flist"))
        .isInstanceOf(LinkConflictException.class)
        .hasMessage("tag symlink cannot ends with .flist");
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void the_time_of_the_repository_moves_with_each_change() throws IOException {
    assertMoves(() -> disk.tags.add(BOB, tag("v1"), flist("a"), BOB, flist("tool")));
    assertMoves(() -> disk.tags.add(BOB, tag("v1"), flist("b"), BOB, flist("tool")));
    assertMoves(() -> disk.tagLinks.link(BOB, tagLink("stable"), BOB, tag("v1")));
    assertMoves(() -> disk.flists.delete(BOB, entry("stable")));
    assertMoves(() -> disk.tags.remove(BOB, tag("v1"), flist("b"), BOB, flist("tool")));
    assertMoves(() -> disk.tags.remove(BOB, tag("v1"), flist("a"), BOB, flist("tool")));
  }

  private void assertMoves(Change change) throws IOException {
    Path repository = disk.path("bob.3bot");
    Files.setLastModifiedTime(repository, FileTime.fromMillis(1000));
    change.make();
    assertThat(Files.getLastModifiedTime(repository).toMillis()).isGreaterThan(1_000_000);
    assertThat(disk.listings.current().snapshot().updated(BOB)).isGreaterThan(1000);
  }

  private interface Change {
    void make() throws IOException;
  }
}
