package tf.grid.hub.catalogue.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.event.CatalogueEvent;
import tf.grid.hub.catalogue.event.CatalogueEvent.Deleted;
import tf.grid.hub.catalogue.event.CatalogueEvent.FlistPublished;
import tf.grid.hub.catalogue.event.CatalogueEvent.Linked;
import tf.grid.hub.catalogue.event.CatalogueEvent.Renamed;
import tf.grid.hub.catalogue.event.CatalogueEvent.TagChanged;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;

/** What a listener learns of the changes of a catalogue. */
class CatalogueEventsTest {
  private static final RepositoryName ALICE = new RepositoryName("alice");
  private static final FlistName APP = FlistName.parse("app");
  private static final TagName V1 = new TagName("v1");

  @TempDir Path directory;
  private final List<CatalogueEvent> events = new ArrayList<>();
  private Md5Cache md5s;
  private DirectoryCatalogue catalogue;

  @BeforeEach
  void open() throws IOException {
    md5s = Md5Cache.rememberedIn(directory.resolve("md5s"), Clock.systemUTC());
    Path users = directory.resolve("users");
    catalogue =
        DirectoryCatalogue.open(
            users, List.of(users), md5s, () -> false, Optional.empty(), events::add);
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @Test
  void a_published_flist_is_told_with_its_digest_when_it_is_there() throws IOException {
    var published = catalogue.publish(ALICE, APP, out -> out.write(1));
    assertThat(events).containsExactly(new FlistPublished(ALICE, "app.flist", 1, published.md5()));
  }

  @Test
  void a_flist_that_was_not_published_is_not_told() {
    assertThatThrownBy(
            () ->
                catalogue.publish(
                    ALICE,
                    APP,
                    out -> {
                      throw new IOException("broken");
                    }))
        .hasMessage("broken");
    assertThat(events).isEmpty();
  }

  @Test
  void every_change_of_names_is_told() throws IOException {
    catalogue.changeOrMake(
        ALICE,
        open -> {
          open.link("a.flist", "app.flist");
          open.rename("a.flist", "b.flist");
          open.rename("b.flist", "b.flist");
          open.remove("b.flist");
          open.link(V1, APP, "../../alice/app.flist");
          open.link(V1, FlistName.parse("two"), "../../alice/app.flist");
          open.remove(V1, "two.flist");
          open.remove(V1);
          return open;
        });
    assertThat(events)
        .containsExactly(
            new Linked(ALICE, "a.flist", "app.flist"),
            new Renamed(ALICE, "a.flist", "b.flist"),
            new Deleted(ALICE, "b.flist"),
            new TagChanged(ALICE, V1),
            new TagChanged(ALICE, V1),
            new TagChanged(ALICE, V1),
            new TagChanged(ALICE, V1));
  }

  @Test
  void steps_before_one_that_fails_are_told() {
    assertThatThrownBy(
            () ->
                catalogue.changeOrMake(
                    ALICE,
                    open -> {
                      open.link("a.flist", "app.flist");
                      open.remove("none.flist");
                      return open;
                    }))
        .isInstanceOf(IOException.class);
    assertThat(events).containsExactly(new Linked(ALICE, "a.flist", "app.flist"));
  }
}
