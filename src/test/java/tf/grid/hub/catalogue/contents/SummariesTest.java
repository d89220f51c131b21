package tf.grid.hub.catalogue.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.json.RecordedAnswer;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.RepositoryName;

class SummariesTest {
  private static final long UPDATED = 1_700_000_000;
  private static final String TEXT = "hello";
  private static final String MD5 = "5d41402abc4b2a76b9719d911017c592";

  @TempDir Path data;
  private StoredFlists flists;

  @BeforeEach
  void open() throws IOException {
    flists = new StoredFlists(data);
    publish(StoredFlists.OWNER, "sample-full");
    publish(StoredFlists.OWNER, "sample-small");
    publish(new RepositoryName("other"), "tool");
    flists.link("latest.flist", "sample-full.flist");
    flists.link("latest3.flist", "latest.flist");
    flists.link("xtool.flist", "../other/tool.flist");
    Path tag = flists.catalogue().users().of(StoredFlists.OWNER).resolve(".tag-v2");
    Files.createDirectory(tag);
    Files.createSymbolicLink(tag.resolve("app.flist"), Path.of("../../other/tool.flist"));
    flists.link("stable", "../Administrator/.tag-v2");
  }

  @AfterEach
  void close() throws IOException {
    flists.close();
  }

  private void publish(RepositoryName owner, String name) throws IOException {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    LocatedFlist flist = flists.publish(owner, name, out -> out.write(bytes));
    Files.setLastModifiedTime(flist.file().path(), FileTime.from(Instant.ofEpochSecond(UPDATED)));
  }

  @ParameterizedTest
  @CsvSource({
    "sample-small, B-102-light",
    "latest, B-130-light-of-link",
    "latest3, B-132-light-of-link-to-link",
    "xtool, B-138-light-of-crosslink"
  })
  void a_summary_has_the_fields_that_the_earlier_hub_had_in_the_same_order(
      String name, String recorded) throws IOException {
    JsonStructure answer = RecordedAnswer.parse(flists.summaries().of(flists.find(name)));

    assertThat(answer.toString())
        .isEqualTo(here(name, RecordedAnswer.of(recorded).asJsonObject()).toString());
  }

  /** A recorded answer, as it is for the files of this test. */
  private JsonObject here(String name, JsonObject recorded) throws IOException {
    JsonObjectBuilder answer = Json.createObjectBuilder();
    for (String key : recorded.keySet()) {
      switch (key) {
        case "size" -> answer.add(key, TEXT.length());
        case "updated" -> answer.add(key, UPDATED);
        case "md5" -> answer.add(key, MD5);
        case "linktime" -> answer.add(key, linkTime(name));
        default -> answer.add(key, recorded.get(key));
      }
    }
    return answer.build();
  }

  private long linkTime(String name) throws IOException {
    Path link = flists.catalogue().users().of(StoredFlists.OWNER).resolve(name + ".flist");
    return Files.getLastModifiedTime(link, LinkOption.NOFOLLOW_LINKS).toInstant().getEpochSecond();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stable", "stable.flist"})
  void a_link_to_a_tag_tells_where_it_leads_with_and_without_the_suffix(String name) {
    assertThat(RecordedAnswer.parse(flists.summaries().ofTagLink(StoredFlists.OWNER, name)))
        .isEqualTo(RecordedAnswer.of("B-160-taglink-ok-flist-ext"));
  }

  @Test
  void a_link_to_a_tag_has_no_summary() {
    assertThatThrownBy(() -> flists.find("stable"))
        .isInstanceOf(FlistNotFoundException.class)
        .hasMessage(
            RecordedAnswer.of("B-162-light-of-taglink").asJsonObject().getString("message"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "sample-full", "gone"})
  void what_is_no_link_to_a_tag_leads_to_none(String name) {
    assertThatThrownBy(() -> flists.summaries().ofTagLink(StoredFlists.OWNER, name))
        .isInstanceOf(FlistNotFoundException.class);
  }

  @Test
  void a_flist_that_is_gone_by_now_is_not_found() throws IOException {
    LocatedFlist flist = flists.find("sample-small");
    Files.delete(flist.file().path());

    assertThatThrownBy(() -> flists.summaries().of(flist))
        .isInstanceOf(FlistNotFoundException.class);
  }
}
