package tf.grid.hub.search.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.store.LockObtainFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.search.index.PathMatches.FlistMatch;
import tf.grid.hub.search.index.PathQuery.Rank;

class PathIndexTest {
  private static final FlistVersion WEB = flist("alice", "web.flist");
  private static final FlistVersion TOOLS = flist("bob", "tools.flist");

  @TempDir Path directory;
  private PathIndex index;

  @BeforeEach
  void open() throws IOException {
    index = PathIndex.open(directory);
  }

  @AfterEach
  void close() throws IOException {
    index.close();
  }

  @Test
  void a_flist_is_found_by_a_whole_path() throws IOException {
    add(WEB, "usr/sbin", "usr/sbin/nginx", "etc/nginx/nginx.conf");
    assertThat(find("/usr/sbin/nginx")).containsExactly("alice/web.flist EXACT /usr/sbin/nginx");
  }

  @Test
  void a_path_from_the_root_does_not_match_the_end_of_a_longer_one_exactly() throws IOException {
    add(WEB, "opt/usr/sbin/nginx");
    assertThat(find("/usr/sbin/nginx"))
        .containsExactly("alice/web.flist PREFIX /opt/usr/sbin/nginx");
  }

  @Test
  void the_best_paths_come_first_and_others_are_counted_as_more() throws IOException {
    add(WEB, "a/not-nginx", "etc/nginx/x.conf", "nginx-extra", "usr/sbin/nginx");
    assertThat(find("nginx"))
        .containsExactly(
            "alice/web.flist EXACT /usr/sbin/nginx /nginx-extra /a/not-nginx and more");
  }

  @Test
  void flists_with_exact_names_come_before_others() throws IOException {
    add(TOOLS, "usr/bin/python3-config");
    add(WEB, "usr/bin/python3");
    assertThat(find("python3"))
        .containsExactly(
            "alice/web.flist EXACT /usr/bin/python3",
            "bob/tools.flist PREFIX /usr/bin/python3-config");
  }

  @Test
  void a_part_of_a_name_or_of_a_path_is_enough_in_any_case() throws IOException {
    add(WEB, "usr/share/doc/README.Debian");
    assertThat(find("readme.deb")).hasSize(1);
    assertThat(find("ADME.D")).hasSize(1);
    assertThat(find("doc/rea")).hasSize(1);
    assertThat(find("share/doc/")).hasSize(1);
    assertThat(find("doc-rea")).isEmpty();
  }

  @Test
  void fewer_than_three_characters_find_nothing() throws IOException {
    add(WEB, "ab", "a/b");
    assertThat(find("ab")).isEmpty();
    assertThat(find("///")).isEmpty();
    assertThat(find("")).isEmpty();
  }

  @Test
  void a_name_that_is_not_utf_8_keeps_its_bytes() throws IOException {
    byte[] latin = "etc/caf\u00e9.conf".getBytes(ISO_8859_1);
    index.add(
        WEB,
        visitor -> {
          visitor.path(latin);
          return 0;
        });
    index.commit();
    assertThat(index.find(PathQuery.of(".conf"), Set.of()).flists().get(0).paths().get(0).bytes())
        .isEqualTo(latin);
  }

  @Test
  void a_deleted_flist_is_not_found() throws IOException {
    add(WEB, "usr/sbin/nginx");
    add(TOOLS, "usr/sbin/nginx");
    index.delete(List.of(WEB));
    assertThat(find("nginx")).containsExactly("bob/tools.flist EXACT /usr/sbin/nginx");
    index.commit();
    assertThat(find("nginx")).containsExactly("bob/tools.flist EXACT /usr/sbin/nginx");
  }

  @Test
  void a_flist_whose_paths_cannot_be_read_is_not_found() throws IOException {
    assertThatThrownBy(
            () ->
                index.add(
                    WEB,
                    visitor -> {
                      for (int i = 0; i < 1000; i++) {
                        visitor.path(("usr/sbin/nginx" + i).getBytes(UTF_8));
                      }
                      throw new IOException("damaged");
                    }))
        .hasMessage("damaged");
    index.commit();
    assertThat(find("nginx")).isEmpty();
    assertThat(index.flists()).isEmpty();
  }

  @Test
  void an_index_that_is_opened_again_has_its_flists_and_their_sizes() throws IOException {
    add(WEB, "usr/sbin/nginx");
    add(TOOLS, "usr/bin/make");
    index.delete(List.of(TOOLS));
    index.close();
    index = PathIndex.open(directory);
    assertThat(index.flists()).containsExactly(WEB);
    assertThat(index.contentBytes(WEB)).isEqualTo(OptionalLong.of(1));
    assertThat(index.contentBytes(TOOLS)).isEmpty();
    assertThat(find("nginx")).hasSize(1);
    assertThat(find("make")).isEmpty();
  }

  @Test
  void what_a_killed_process_left_half_written_is_deleted(@TempDir Path killed) throws IOException {
    add(TOOLS, "usr/bin/make");
    index.add(
        WEB,
        visitor -> {
          for (int i = 0; i < 1000; i++) {
            visitor.path(("usr/sbin/nginx" + i).getBytes(UTF_8));
          }
          index.commit();
          copy(killed);
          return 1;
        });
    try (PathIndex after = PathIndex.open(killed)) {
      assertThat(after.flists()).containsExactly(TOOLS);
      assertThat(after.find(PathQuery.of("nginx"), Set.of()).flists()).isEmpty();
      assertThat(after.find(PathQuery.of("make"), Set.of()).flists()).hasSize(1);
    }
  }

  @Test
  void a_damaged_index_is_replaced() throws IOException {
    add(WEB, "usr/sbin/nginx");
    index.close();
    for (Path file : files(directory)) {
      if (!file.endsWith("write.lock")) {
        Files.write(file, new byte[20]);
      }
    }
    assertThatThrownBy(() -> PathIndex.open(directory)).isInstanceOf(IOException.class);
    index = PathIndex.openOrReplace(directory);
    assertThat(index.flists()).isEmpty();
    add(WEB, "usr/sbin/nginx");
    assertThat(find("nginx")).hasSize(1);
  }

  @Test
  void an_index_in_use_is_not_replaced() throws IOException {
    add(WEB, "usr/sbin/nginx");
    assertThatThrownBy(() -> PathIndex.openOrReplace(directory))
        .isInstanceOf(LockObtainFailedException.class);
    assertThat(find("nginx")).hasSize(1);
  }

  @Test
  void flists_of_preferred_repositories_are_among_the_first_two_hundred() throws IOException {
    for (int i = 0; i < 250; i++) {
      addUncommitted(flist("r" + i, "x.flist"), "usr/sbin/nginx");
    }
    FlistVersion last = flist("official", "x.flist");
    addUncommitted(last, "usr/sbin/nginx");
    index.commit();
    PathMatches found = index.find(PathQuery.of("nginx"), Set.of("official"));
    assertThat(found.flists()).hasSize(200).extracting(FlistMatch::flist).contains(last);
    assertThat(found.more()).isTrue();
  }

  @Test
  void a_search_finds_what_comparing_all_paths_finds() throws IOException {
    Random random = new Random(7);
    Map<String, Set<String>> trees = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      FlistVersion flist = flist("r" + i % 5, i + ".flist");
      Set<String> paths = new TreeSet<>();
      for (int n = random.nextInt(2000); n >= 0; n--) {
        paths.add(path(random));
      }
      trees.put(flist.repository() + "/" + flist.name(), paths);
      addUncommitted(flist, paths.toArray(new String[0]));
    }
    index.commit();
    for (int i = 0; i < 100; i++) {
      String whole = "/" + path(random);
      int from = random.nextInt(whole.length());
      String text = whole.substring(from, from + random.nextInt(whole.length() - from) + 1);
      Set<String> expected =
          text.strip().length() < 3 || text.matches("/+")
              ? Set.of()
              : trees.entrySet().stream()
                  .filter(tree -> tree.getValue().stream().anyMatch(p -> ("/" + p).contains(text)))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.toSet());
      PathMatches found = index.find(PathQuery.of(text), Set.of());
      assertThat(found.flists())
          .as(text)
          .extracting(match -> match.flist().repository() + "/" + match.flist().name())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String path(Random random) {
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      StringBuilder part = new StringBuilder();
      for (int n = random.nextInt(4); n >= 0; n--) {
        part.append("abcé".charAt(random.nextInt(4)));
      }
      parts.add(part.toString());
    }
    return String.join("/", parts);
  }

  private static FlistVersion flist(String repository, String name) {
    return new FlistVersion(repository, name, "1");
  }

  private void add(FlistVersion flist, String... paths) throws IOException {
    addUncommitted(flist, paths);
    index.commit();
  }

  private void addUncommitted(FlistVersion flist, String... paths) throws IOException {
    index.add(
        flist,
        visitor -> {
          for (String path : paths) {
            visitor.path(path.getBytes(UTF_8));
          }
          return 1;
        });
  }

  private List<String> find(String text) throws IOException {
    return index.find(PathQuery.of(text), Set.of()).flists().stream()
        .map(PathIndexTest::text)
        .toList();
  }

  private static String text(FlistMatch match) {
    Rank rank = match.rank();
    String paths = match.paths().stream().map(path -> " /" + path).collect(Collectors.joining());
    return match.flist().repository()
        + "/"
        + match.flist().name()
        + " "
        + rank
        + paths
        + (match.more() ? " and more" : "");
  }

  private void copy(Path target) throws IOException {
    for (Path file : files(directory)) {
      if (!file.endsWith("write.lock")) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
