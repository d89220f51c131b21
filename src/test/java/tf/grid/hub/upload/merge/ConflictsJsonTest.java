package tf.grid.hub.upload.merge;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tf.grid.hub.catalogue.json.RecordedAnswer;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.flist.file.LongPaths;
import tf.grid.hub.flist.merge.FlistMerge;
import tf.grid.hub.http.json.JsonBody;

class ConflictsJsonTest {
  @TempDir Path work;

  @Test
  void conflicts_at_long_paths_are_told_up_to_a_megabyte() throws IOException {
    JsonBody body = conflicts(600);

    assertThat(body.plain().length).isBetween(1_000_000, 1_200_000);
    JsonObject answer = RecordedAnswer.parse(body).asJsonObject();
    assertThat(answer.getJsonArray("conflicts").size()).isBetween(200, 300);
    assertThat(answer.getBoolean("more")).isTrue();
  }

  @Test
  void all_are_told_when_they_are_few() throws IOException {
    JsonObject answer = RecordedAnswer.parse(conflicts(5)).asJsonObject();

    assertThat(answer.getJsonArray("conflicts")).hasSize(5);
    assertThat(answer.getBoolean("more")).isFalse();
    JsonObject first = answer.getJsonArray("conflicts").getJsonObject(0);
    assertThat(first.getJsonObject("kept").getString("source")).isEqualTo("a/first");
    assertThat(first.getJsonArray("dropped").getJsonObject(0).getInt("size")).isEqualTo(2);
  }

  private JsonBody conflicts(int count) throws IOException {
    try (FlistReader first = LongPaths.files(count, 1).open(work);
        FlistReader second = LongPaths.files(count, 2).open(work)) {
      return ConflictsJson.of(
          new FlistMerge(List.of(first, second)), List.of("a/first", "b/second"));
    }
  }
}
