package tf.grid.hub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.Await;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistWriter;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.name.NameMatch.Kind;

class CatalogueSearchTest {
  private static final long MIB = 1 << 20;

  @TempDir Path data;
  private Md5Cache md5s;
  private Catalogue catalogue;
  private PathIndexer paths;
  private CatalogueSearch search;

  @BeforeEach
  void start() throws IOException {
    md5s = Md5Cache.rememberedIn(data.resolve("md5s"), Clock.systemUTC());
    catalogue = DirectoryCatalogue.open(data.resolve("users"), md5s);
    Listings listings = new Listings(catalogue, Set.of("official"), Clock.systemUTC());
    Path work = Files.createDirectories(data.resolve("work"));
    paths = new PathIndexer(catalogue, listings, data.resolve("index"), work, 1L << 30);
    search = new CatalogueSearch(listings, paths, Clock.systemUTC());
    paths.start();
  }

  @AfterEach
  void stop() throws Exception {
    paths.close();
    md5s.close();
  }

  @Test
  void a_published_flist_is_found_by_a_path_in_it_and_has_the_size_of_its_files()
      throws IOException {
    publish("alice", "web", 3 * MIB, "nginx", "index.html");
    Await.until("it is found", () -> results("/nginx").contains("flist alice/web.flist /nginx"));
    assertThat(search.find(criteria("nginx")).hits().get(0).contentBytes()).hasValue(6 * MIB);
  }

  @Test
  void a_replaced_flist_is_found_by_its_new_paths_only() throws IOException {
    publish("alice", "web", 1, "before");
    Await.until("it is found", () -> !results("before").isEmpty());
    publish("alice", "web", 1, "later");
    Await.until("it is found", () -> !results("later").isEmpty());
    assertThat(results("before")).isEmpty();
  }

  @Test
  void a_deleted_flist_is_not_found_from_the_moment_of_its_deletion() throws IOException {
    publish("alice", "web", 1, "nginx");
    Await.until("it is found", () -> !results("nginx").isEmpty());
    Files.delete(data.resolve("users/alice/web.flist"));
    catalogue.change(new RepositoryName("alice"), repository -> null);
    assertThat(results("nginx")).isEmpty();
  }

  @Test
  void a_damaged_flist_is_found_by_name_and_delays_no_other() throws IOException {
    catalogue.publish(
        new RepositoryName("alice"), FlistName.parse("broken"), out -> out.write(new byte[100]));
    publish("alice", "web", 1, "nginx");
    Await.until("the other is found", () -> !results("nginx").isEmpty());
    Await.until("nothing waits", () -> paths.waiting() == 0);
    assertThat(results("broken")).containsExactly("flist alice/broken.flist");
  }

  @Test
  void a_flist_found_by_its_name_and_by_a_path_is_one_result() throws IOException {
    publish("alice", "nginx", 1, "nginx");
    Await.until(
        "it is found", () -> results("nginx").equals(List.of("flist alice/nginx.flist /nginx")));
  }

  @Test
  void names_come_before_paths_and_official_repositories_before_others() throws IOException {
    publish("alice", "web", 1, "nginx");
    publish("official", "server", 1, "nginx");
    publish("zoe", "nginx", 1, "other");
    Await.until("all are found", () -> results("nginx").size() == 3);
    assertThat(results("nginx"))
        .containsExactly(
            "flist zoe/nginx.flist",
            "flist official/server.flist /nginx",
            "flist alice/web.flist /nginx");
  }

  @Test
  void each_criterion_restricts_the_results_and_facets_tell_what_the_others_leave()
      throws IOException {
    publish("alice", "big", 40 * MIB, "nginx");
    publish("alice", "small", 1, "nginx");
    publish("official", "nginx", 1, "x");
    SearchCriteria all = criteria("nginx");
    Await.until(
        "all sizes are known",
        () ->
            search.find(all).hits().stream().filter(hit -> hit.contentBytes().isPresent()).count()
                == 3);

    assertThat(search.find(all).facets())
        .isEqualTo(
            new SearchResults.Facets(
                Map.of(Kind.FLIST, 3L),
                Map.of("alice", 2L, "official", 1L),
                1,
                Map.of(ContentSize.UNDER_10_MB, 2L, ContentSize.UNDER_100_MB, 1L),
                Map.of(Age.DAY, 3L, Age.WEEK, 3L, Age.MONTH, 3L, Age.YEAR, 3L)));

    SearchCriteria small =
        new SearchCriteria(
            "nginx",
            Optional.of(Kind.FLIST),
            Optional.of("alice"),
            false,
            Optional.of(ContentSize.UNDER_10_MB),
            Optional.of(Age.DAY));
    SearchResults found = search.find(small);
    assertThat(texts(found)).containsExactly("flist alice/small.flist /nginx");
    assertThat(found.facets().repositories()).isEqualTo(Map.of("alice", 1L, "official", 1L));
    assertThat(found.facets().sizes())
        .isEqualTo(Map.of(ContentSize.UNDER_10_MB, 1L, ContentSize.UNDER_100_MB, 1L));
  }

  @Test
  void the_index_continues_after_a_restart() throws Exception {
    publish("alice", "web", 1, "nginx");
    Await.until("it is found", () -> !results("nginx").isEmpty());
    stop();
    start();
    publish("alice", "later", 1, "nginx");
    Await.until("both are found", () -> results("nginx").size() == 2);
  }

  private static SearchCriteria criteria(String text) {
    return new SearchCriteria(
        text, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
  }

  private List<String> results(String text) {
    return texts(search.find(criteria(text)));
  }

  private static List<String> texts(SearchResults results) {
    List<String> texts = new ArrayList<>();
    for (SearchHit hit : results.hits()) {
      StringBuilder text =
          new StringBuilder(SearchCriteria.word(hit.kind()))
              .append(' ')
              .append(hit.repository())
              .append('/')
              .append(hit.name());
      hit.paths().forEach(path -> text.append(" /").append(path));
      texts.add(text.toString());
    }
    return texts;
  }

  /** Publishes a flist of files of a size, which are not in any store. */
  private void publish(String repository, String name, long size, String... files)
      throws IOException {
    Permissions owner = DirectoryNode.ROOT.permissions();
    List<Node> nodes = new ArrayList<>();
    for (String file : new TreeSet<>(List.of(files))) {
      nodes.add(new FileNode(Name.of(file), owner, 1, 1, size, blocks(file, size)));
    }
    catalogue.publish(
        new RepositoryName(repository), FlistName.parse(name), out -> write(nodes, out));
  }

  private static List<Block> blocks(String file, long size) {
    return Collections.nCopies(
        (int) FileNode.blockCount(size),
        new Block(new ChunkId(file.hashCode(), 1), new ChunkKey(file.hashCode(), 2)));
  }

  private void write(List<Node> nodes, OutputStream out) throws IOException {
    try (FlistWriter writer = new FlistWriter(data.resolve("work"))) {
      writer.directory(FlistPath.ROOT, DirectoryNode.ROOT, nodes);
      writer.writeTo(out);
    }
  }
}
