package tf.grid.hub.catalogue.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.ALICE;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.BOB;
import static tf.grid.hub.catalogue.change.CatalogueOnDisk.flist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkConflictException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.CatalogueException.SourceNotFoundException;

class LinkChangesTest {
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
  void a_link_is_stored_by_the_name_beside_it() throws IOException {
    disk.publish(ALICE, "app", "app");

    disk.links.link(ALICE, flist("app"), flist("latest"));

    assertThat(disk.tree()).containsEntry("alice.3bot/latest.flist", "-> app.flist");
  }

  @Test
  void a_link_replaces_a_link_even_one_that_leads_nowhere() throws IOException {
    disk.publish(ALICE, "app", "app");
    disk.linkByHand("alice.3bot/latest.flist", "gone.flist");

    disk.links.link(ALICE, flist("app"), flist("latest"));
    disk.links.crosslink(ALICE, flist("latest"), BOB, flist("tool"));

    assertThat(disk.tree()).containsEntry("alice.3bot/latest.flist", "-> ../bob.3bot/tool.flist");
  }

  @Test
  void a_link_never_replaces_a_file() throws IOException {
    disk.publish(ALICE, "app", "app");
    disk.publish(ALICE, "other", "other");
    Map<String, String> before = disk.tree();

    assertThatThrownBy(() -> disk.links.link(ALICE, flist("app"), flist("other")))
        .isInstanceOf(LinkConflictException.class)
        .hasMessage("link destination is already a file");
    assertThatThrownBy(() -> disk.links.link(ALICE, flist("app"), flist("app")))
        .isInstanceOf(LinkConflictException.class);
    assertThatThrownBy(() -> disk.links.crosslink(ALICE, flist("app"), BOB, flist("tool")))
        .isInstanceOf(LinkConflictException.class);
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void a_link_to_what_is_not_there_is_refused_and_leaves_no_repository() throws IOException {
    disk.linkByHand("bob.3bot/dangling.flist", "gone.flist");
    Map<String, String> before = disk.tree();

    for (String source : new String[] {"gone", "dangling"}) {
      assertThatThrownBy(() -> disk.links.crosslink(ALICE, flist("x"), BOB, flist(source)))
          .isInstanceOf(FlistNotFoundException.class);
    }
    assertThatThrownBy(() -> disk.links.crosslink(BOB, flist("x"), ALICE, flist("tool")))
        .isInstanceOf(SourceNotFoundException.class)
        .hasMessage("source repository not found");
    assertThatThrownBy(() -> disk.links.link(ALICE, flist("tool"), flist("x")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void a_link_across_makes_the_own_repository_and_may_stay_in_it() throws IOException {
    disk.links.crosslink(ALICE, flist("tool"), BOB, flist("tool"));
    disk.links.crosslink(BOB, flist("same"), BOB, flist("tool"));

    assertThat(disk.tree())
        .containsEntry("alice.3bot/tool.flist", "-> ../bob.3bot/tool.flist")
        .containsEntry("bob.3bot/same.flist", "-> ../bob.3bot/tool.flist");
  }

  @Test
  void a_link_that_would_lead_to_itself_is_refused() throws IOException {
    disk.links.crosslink(ALICE, flist("a"), BOB, flist("tool"));
    disk.links.link(ALICE, flist("a"), flist("b"));
    Map<String, String> before = disk.tree();

    for (String source : new String[] {"a", "b"}) {
      assertThatThrownBy(() -> disk.links.link(ALICE, flist(source), flist("a")))
          .isInstanceOf(LinkConflictException.class)
          .hasMessage("link would lead to itself");
      assertThatThrownBy(() -> disk.links.crosslink(ALICE, flist("a"), ALICE, flist(source)))
          .isInstanceOf(LinkConflictException.class);
    }
    assertThat(disk.tree()).isEqualTo(before);
  }

  @Test
  void a_repository_that_is_a_link_to_somewhere_else_is_not_written_to() throws IOException {
    Path elsewhere = Files.createDirectories(data.resolve("elsewhere"));
    Files.createSymbolicLink(disk.path("alice.3bot"), elsewhere);

    assertThatThrownBy(() -> disk.links.crosslink(ALICE, flist("x"), BOB, flist("tool")))
        .isInstanceOf(LinkNotFollowedException.class);
    assertThatThrownBy(() -> disk.links.link(ALICE, flist("x"), flist("y")))
        .isInstanceOf(FlistNotFoundException.class);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void the_repository_has_changed_and_the_listing_shows_it_at_once() throws IOException {
    disk.publish(ALICE, "app", "app");
    assertThat(disk.listings.current().snapshot().entries(ALICE).orElseThrow()).hasSize(1);
    Files.setLastModifiedTime(disk.path("alice.3bot"), FileTime.fromMillis(1000));

    disk.links.link(ALICE, flist("app"), flist("latest"));

    assertThat(disk.listings.current().snapshot().entries(ALICE).orElseThrow()).hasSize(2);
    assertThat(disk.listings.current().snapshot().updated(ALICE)).isGreaterThan(1000);
  }
}
