package tf.grid.hub.catalogue.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.KillHarness;
import tf.grid.hub.NeedsPrograms;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.RepositoryContent;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.event.CatalogueListener;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.postgresql.PostgresqlCatalogue;
import tf.grid.hub.catalogue.postgresql.PostgresqlServer;
import tf.grid.hub.catalogue.postgresql.connection.Database;

/** A directory that becomes rows of a real PostgreSQL, and a directory again. */
@NeedsPrograms(PostgresqlServer.PROGRAM)
class CatalogueMoveTest {

  @TempDir private Path directory;
  private final List<String> lines = new ArrayList<>();
  private Path published;
  private String name;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    published = Files.createDirectories(directory.resolve("public"));
    name = PostgresqlServer.shared().newDatabase();
    database = Database.open(PostgresqlServer.shared().settings(name, 4));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> moveIn(boolean replace) throws IOException {
    MoveReport report = new MoveReport(lines::add);
    new CatalogueImport(MovableTree.users(published), database, replace, report).run();
    return report.summary();
  }

  private List<String> moveOut(Path to, boolean replace) throws IOException {
    MoveReport report = new MoveReport(lines::add);
    new CatalogueExport(MovableTree.users(to), database, replace, report).run();
    return report.summary();
  }

  private long changes() throws IOException {
    return database.ask(
        connection -> {
          try (var statement = connection.createStatement();
              var row = statement.executeQuery("SELECT number FROM catalogue_change")) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  @Test
  void a_directory_comes_back_equal_and_a_second_move_writes_nothing() throws Exception {
    new MovableTree(published).makeEntries();

    assertThat(moveIn(false))
        .contains(
            "Repositories: 3 written, 0 replaced, 0 already there",
            "Flists: 5 written, 0 replaced, 0 already there",
            "Links: 5 written, 0 replaced, 0 already there",
            "Tags: 3 written, 0 replaced, 0 already there",
            "Links in tags: 4 written, 0 replaced, 0 already there",
            "Skipped: 0");
    assertThat(lines).isEmpty();
    long changes = changes();
    assertThat(moveIn(true)).contains("Flists: 0 written, 0 replaced, 5 already there");
    assertThat(changes()).isEqualTo(changes);

    Path back = directory.resolve("back");
    moveOut(back, false);
    assertThat(MovableTree.tree(back)).isEqualTo(MovableTree.tree(published));
    assertThat(moveOut(back, true))
        .contains(
            "Flists: 0 written, 0 replaced, 5 already there",
            "Links: 0 written, 0 replaced, 5 already there",
            "Links in tags: 0 written, 0 replaced, 4 already there");
    assertThat(MovableTree.tree(back)).isEqualTo(MovableTree.tree(published));
    assertThat(lines).isEmpty();
  }

  @Test
  void a_hub_with_the_database_answers_as_the_one_with_the_directory() throws Exception {
    MovableTree tree = new MovableTree(published);
    tree.makeEntries();
    tree.makeLeftovers();
    SortedMap<String, String> before = MovableTree.tree(published);
    moveIn(false);
    assertThat(MovableTree.tree(published)).isEqualTo(before);
    long time = MovedFiles.modified(published.resolve("users/alice"));
    Md5Cache md5s = Md5Cache.rememberedIn(directory.resolve("md5s"), Clock.systemUTC());
    Catalogue old = DirectoryCatalogue.open(published.resolve("users"), List.of(published), md5s);
    // It has removed the unfinished publication.
    MovedFiles.setModified(published.resolve("users/alice"), time);
    try (PostgresqlCatalogue moved =
        PostgresqlCatalogue.open(
            database,
            directory.resolve("cache"),
            1 << 30,
            Optional.empty(),
            CatalogueListener.NONE)) {
      assertThat(answers(moved)).isEqualTo(answers(old));
    }
    md5s.close();
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "skipped: .dot does not have the name of a repository",
            "skipped: stray is no directory",
            "skipped: alice/notes.txt does not have the name of a flist",
            "skipped: alice/.tmp-1 is an unfinished publication",
            "skipped: alice/stuff is a directory and no tag",
            "skipped: alice/.tag-v1/file.flist is no link",
            "skipped: alice/.hidden is a link without the name of a flist or a link to a tag",
            "note: alice/out.flist is a link out of the repositories: its flist is copied");
  }

  /** What readers get: all names with the time of each, the bytes behind each, and the listings. */
  private static SortedMap<String, String> answers(Catalogue catalogue) throws IOException {
    SortedMap<String, String> answers = new TreeMap<>();
    for (Map.Entry<RepositoryName, RepositoryContent> found :
        catalogue.reader(Clock.systemUTC()).read().entrySet()) {
      RepositoryName repository = found.getKey();
      answers.put(repository.value(), "of " + found.getValue().modified());
      for (Map.Entry<String, StoredItem> item : found.getValue().items().entrySet()) {
        // A link that people made is a flist then.
        boolean isCopied = item.getKey().equals("out.flist");
        answers.put(
            repository + "/" + item.getKey(),
            (isCopied ? "" : shown(item.getValue()))
                + FlistName.ofStored(item.getKey())
                    .map(flist -> bytes(catalogue, repository, flist))
                    .orElse(""));
      }
      found
          .getValue()
          .tags()
          .forEach(
              (tag, links) ->
                  links.forEach(
                      (link, item) ->
                          answers.put(repository + "/" + tag.stored() + "/" + link, shown(item))));
    }
    answers.put("", repositories(catalogue));
    return answers;
  }

  private static String repositories(Catalogue catalogue) {
    Listings listings = new Listings(catalogue, Set.of("alice"), Clock.systemUTC());
    return new String(listings.current().names().plain(), UTF_8)
        + new String(listings.current().repositories().plain(), UTF_8);
  }

  private static String shown(StoredItem item) {
    String time = " of " + item.modified();
    if (item instanceof StoredItem.Link link) {
      return "-> " + link.target() + time;
    }
    return item instanceof StoredItem.Directory ? "tag" + time : item.size() + " bytes" + time;
  }

  private static String bytes(Catalogue catalogue, RepositoryName repository, FlistName flist) {
    try {
      LocatedFlist located = catalogue.entries().locate(repository, flist);
      try (InputStream in = Channels.newInputStream(located.open())) {
        return " " + Arrays.hashCode(in.readAllBytes());
      }
    } catch (CatalogueException.FlistNotFoundException dangling) {
      return " dangles";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void what_is_different_is_kept_unless_it_is_to_be_replaced() throws Exception {
    MovableTree tree = new MovableTree(published);
    tree.makeEntries();
    moveIn(false);
    Path back = directory.resolve("back");
    moveOut(back, false);

    tree.file("alice/app.flist", "changed");
    Files.delete(published.resolve("users/alice/latest.flist"));
    tree.link("alice/latest.flist", "empty.flist");
    Files.delete(published.resolve("users/alice/empty.flist"));
    tree.setDirectoryTimes();

    MoveReport report = new MoveReport(lines::add);
    new CatalogueImport(MovableTree.users(published), database, false, report).run();
    assertThat(report.isComplete()).isFalse();
    assertThat(lines)
        .contains(
            "different: alice/app.flist has other bytes at the destination",
            "different: alice/latest.flist leads to app.flist at the destination",
            "only at the destination: alice/empty.flist");
    assertThat(moveOut(back, false)).contains("Flists: 0 written, 0 replaced, 5 already there");

    assertThat(moveIn(true))
        .contains(
            "Flists: 0 written, 1 replaced, 3 already there",
            "Links: 0 written, 1 replaced, 4 already there",
            "Different and left as they are: 0");
    lines.clear();
    assertThat(moveOut(back, false)).contains("Different and left as they are: 2");
    assertThat(lines).contains("different: alice/app.flist has other bytes at the destination");
    assertThat(Files.readString(back.resolve("users/alice/app.flist"))).isEqualTo("app");
    moveOut(back, true);
    assertThat(Files.readString(back.resolve("users/alice/app.flist"))).isEqualTo("changed");
    assertThat(Files.readSymbolicLink(back.resolve("users/alice/latest.flist")))
        .hasToString("empty.flist");
  }

  @Test
  void a_move_that_is_killed_again_and_again_ends_as_one_that_is_not() throws Exception {
    MovableTree tree = new MovableTree(published);
    tree.makeEntries();
    for (int i = 0; i < 1_500; i++) {
      tree.file("many" + i % 3 + "/flist" + i + ".flist", "content " + i);
    }
    tree.setDirectoryTimes();
    Path back = directory.resolve("back");
    String url = PostgresqlServer.shared().url(name);

    for (int kill = 0; kill < 2; kill++) {
      kill("import", published, url);
    }
    assertThat(moveIn(false)).noneMatch(line -> line.startsWith("Flists: 0 written"));
    assertThat(moveIn(false)).contains("Flists: 0 written, 0 replaced, 1505 already there");
    for (int kill = 0; kill < 2; kill++) {
      kill("export", back, url);
    }
    moveOut(back, false);
    assertThat(MovableTree.tree(back)).isEqualTo(MovableTree.tree(published));
    assertThat(moveOut(back, false)).contains("Flists: 0 written, 0 replaced, 1505 already there");
  }

  private void kill(String direction, Path to, String url) throws Exception {
    String output =
        KillHarness.runAndKill(
            MoveUntilKilled.class,
            directory,
            said -> said.contains("1000 entries so far"),
            20,
            direction,
            to,
            url);
    assertThat(output).doesNotContain("different", "unreadable");
  }

  @Test
  void a_flist_that_cannot_be_read_is_named_and_the_others_are_moved() throws Exception {
    new MovableTree(published).makeEntries();
    moveIn(false);
    database.ask(
        connection -> {
          try (var statement = connection.createStatement()) {
            return statement.executeUpdate(
                "UPDATE flist_part SET bytes = 'x' WHERE flist = (SELECT id FROM flist"
                    + " WHERE size = 4 LIMIT 1)");
          } catch (SQLException e) {
            throw new IOException(e);
          }
        });
    Path back = directory.resolve("back");

    assertThat(moveOut(back, false))
        .contains("Flists: 4 written, 0 replaced, 0 already there", "Unreadable: 1");

    assertThat(lines)
        .containsExactly("unreadable: bob.3bot/tool.flist: the database has not all of its bytes");
    assertThat(back.resolve("users/bob.3bot")).isDirectoryNotContaining("glob:**tool.flist");
    assertThat(back.resolve("users/bob.3bot")).isDirectoryNotContaining("glob:**.tmp*");
  }
}
