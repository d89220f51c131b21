package tf.grid.hub.catalogue.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.contents.StoredFlists;
import tf.grid.hub.catalogue.json.RecordedAnswer;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidPageException;
import tf.grid.hub.flist.file.GeneratedTree;
import tf.grid.hub.flist.file.LongPaths;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.limit.ReadLimit;

class ComparisonsTest {
  @TempDir Path work;
  private StoredFlists flists;
  private Comparisons comparisons;

  @BeforeEach
  void open() throws IOException {
    flists = new StoredFlists(work);
    comparisons = new Comparisons(work, new ReadLimit(1, 1, Duration.ofSeconds(1)));
  }

  @AfterEach
  void close() throws IOException {
    flists.close();
  }

  @Test
  void pages_of_long_paths_end_early_and_together_have_everything() throws IOException {
    LocatedFlist before = publish("before", new GeneratedTree());
    GeneratedTree tree = LongPaths.files(600, 0);
    LocatedFlist after = publish("after", tree);

    Set<String> paths = new LinkedHashSet<>();
    String cursor = null;
    int pages = 0;
    do {
      JsonBody body = comparisons.page(before, after, ComparisonPage.parse(cursor, "10000", null));
      assertThat(body.plain().length).isLessThan(1_200_000);
      JsonObject page = RecordedAnswer.parse(body).asJsonObject();
      page.getJsonArray("changes")
          .getValuesAs(JsonObject.class)
          .forEach(change -> assertThat(paths.add(change.getString("path"))).isTrue());
      cursor = page.getString("next", null);
      pages++;
    } while (cursor != null);

    assertThat(pages).isEqualTo(3);
    assertThat(paths).hasSize(tree.nodes().size());
  }

  @Test
  void a_page_has_as_many_as_asked_and_the_last_one_no_cursor() throws IOException {
    LocatedFlist before = publish("before", new GeneratedTree());
    LocatedFlist after = publish("after", LongPaths.files(1, 0));

    JsonObject some = page(before, after, "10");
    assertThat(some.getJsonArray("changes")).hasSize(10);
    assertThat(some).containsKey("next");
    JsonObject all = page(before, after, "16");
    assertThat(all.getJsonArray("changes")).hasSize(16);
    assertThat(all).doesNotContainKey("next");
  }

  @Test
  void a_cursor_of_another_state_is_refused() throws IOException {
    LocatedFlist before = publish("before", new GeneratedTree());
    LocatedFlist after = publish("after", LongPaths.files(1, 0));
    String cursor = page(before, after, "1").getString("next");
    LocatedFlist changed = publish("after", LongPaths.files(2, 0));

    assertThatThrownBy(
            () -> comparisons.page(before, changed, ComparisonPage.parse(cursor, null, null)))
        .isInstanceOf(InvalidPageException.class);
  }

  private JsonObject page(LocatedFlist before, LocatedFlist after, String limit) {
    return RecordedAnswer.parse(
            comparisons.page(before, after, ComparisonPage.parse(null, limit, null)))
        .asJsonObject();
  }

  private LocatedFlist publish(String name, GeneratedTree tree) throws IOException {
    byte[] flist = tree.flist(work);
    return flists.publish(StoredFlists.OWNER, name, out -> out.write(flist));
  }
}
