package tf.grid.hub.search.name;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

class NameSearchTest {

  @TempDir Path data;
  private Path users;
  private Md5Cache md5s;
  private Catalogue catalogue;

  @BeforeEach
  void publish() throws IOException {
    users = data.resolve("users");
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(users, md5s);
    for (String path :
        List.of("alice/web-server", "alice/my-web", "web/base", "bob/WEB", "bob/x")) {
      String[] parts = path.split("/", -1);
      catalogue.publish(
          new RepositoryName(parts[0]),
          FlistName.parse(parts[1]),
          out -> out.write(path.getBytes(UTF_8)));
    }
    link("alice/latest.flist", "web-server.flist");
    link("alice/.tag-stable/web.flist", "../../alice/web-server.flist");
    link("bob/stable", "../alice/.tag-stable");
  }

  private void link(String path, String target) throws IOException {
    Files.createDirectories(users.resolve(path).getParent());
    Files.createSymbolicLink(users.resolve(path), Path.of(target));
  }

  @AfterEach
  void close() throws IOException {
    md5s.close();
  }

  @Test
  void the_same_name_comes_first_then_what_begins_with_it_then_all_else() {
    assertThat(found("web"))
        .containsExactly(
            "REPOSITORY web",
            "FLIST bob/WEB.flist",
            "FLIST alice/web-server.flist",
            "FLIST alice/my-web.flist");
  }

  @ParameterizedTest
  @CsvSource({
    "latest, LINK alice/latest.flist",
    "STABLE, TAG alice/stable",
    "bob stable, TAG_LINK bob/stable",
    "alice/web-server, FLIST alice/web-server.flist",
    "server web, FLIST alice/web-server.flist",
    "' alice  my ', FLIST alice/my-web.flist"
  })
  void all_that_has_a_name_is_found_by_words_of_it(String words, String first) {
    assertThat(found(words)).startsWith(first);
  }

  @Test
  void a_repository_does_not_bring_all_that_is_in_it() {
    assertThat(found("alice")).containsExactly("REPOSITORY alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "no-such", "web no-such", "w*b", ".*"})
  void what_is_not_there_is_not_found(String words) {
    assertThat(found(words)).isEmpty();
  }

  @Test
  void long_questions_are_cut() {
    assertThat(found("x" + " ".repeat(600) + "no-such")).containsExactly("FLIST bob/x.flist");
  }

  private List<String> found(String words) {
    Listings listings = new Listings(catalogue, Set.of(), Clock.systemUTC());
    return NameSearch.of(words).in(listings.current().snapshot()).stream()
        .map(NameSearchTest::text)
        .toList();
  }

  private static String text(NameMatch hit) {
    return hit.kind() == NameMatch.Kind.REPOSITORY
        ? "REPOSITORY " + hit.name()
        : hit.kind() + " " + hit.repository() + "/" + hit.name();
  }
}
