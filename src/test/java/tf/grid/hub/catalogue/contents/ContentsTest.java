package tf.grid.hub.catalogue.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.Backend;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.json.RecordedAnswer;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.Forge;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.http.send.Body;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.TryAgainLaterException;

class ContentsTest {
  private static final Backend BACKEND = new Backend("127.0.0.1", 9900, "default");
  private static final int MEMORY = 8 << 20;
  private static final ReadLimit PATIENT = new ReadLimit(1, 50, Duration.ofMinutes(1));

  @TempDir Path data;
  @TempDir Path work;
  private StoredFlists flists;
  private Contents contents;

  @BeforeEach
  void open() throws IOException {
    flists = new StoredFlists(data);
    contents = contents(MEMORY, PATIENT);
  }

  @AfterEach
  void close() throws IOException {
    flists.close();
    assertThat(work).isEmptyDirectory();
  }

  private LocatedFlist recorded(String name) throws IOException {
    return flists.publish(name, RecordedAnswer.bytes("flists/" + name + ".flist"));
  }

  private JsonObject entries(LocatedFlist flist) {
    return RecordedAnswer.parse(contents.entries(flist).orElseThrow()).asJsonObject();
  }

  @ParameterizedTest
  @CsvSource({"sample-full, B-090-contents-full", "sample-small, B-092-contents-small"})
  void the_entries_are_what_the_earlier_hub_answered(String flist, String answer)
      throws IOException {
    assertThat(entries(recorded(flist))).isEqualTo(RecordedAnswer.of(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "merge-a",
        "merge-b",
        "merge-c",
        "sample-empty",
        "sample-full",
        "sample-readme2",
        "sample-small"
      })
  void the_entries_are_what_the_format_s_own_tool_finds(String name) throws IOException {
    assertThat(entries(recorded(name)))
        .isEqualTo(
            RecordedAnswer.json("flists/" + name + ".find.json")
                .asJsonObject()
                .getJsonObject("response"));
  }

  @Test
  void a_merged_flist_is_in_tree_order_although_the_tool_that_merged_it_was_not()
      throws IOException {
    JsonObject found = RecordedAnswer.json("flists/merged-ab.find.json").asJsonObject();
    JsonArray content = entries(recorded("merged-ab")).getJsonArray("content");

    assertThat(content)
        .containsExactlyInAnyOrderElementsOf(
            found.getJsonObject("response").getJsonArray("content"))
        .isNotEqualTo(found.getJsonObject("response").getJsonArray("content"));
    assertThat(content.getJsonObject(content.size() - 1).getString("path")).isEqualTo("/same.txt");
  }

  @Test
  void a_file_that_lost_its_tail_is_listed_with_its_size() throws IOException {
    LocatedFlist flist = flists.publish("old", Forge.withLostTail(work));

    assertThat(entries(flist).getJsonArray("content").getJsonObject(0))
        .isEqualTo(Json.createObjectBuilder().add("size", 524_289).add("path", "/f").build());
    assertThat(RecordedAnswer.parse(contents.metadata(flist)).asJsonObject())
        .containsOnlyKeys("backend-forced");
  }

  @Test
  void bytes_of_a_name_that_are_no_utf_8_become_replacement_characters() throws IOException {
    LocatedFlist flist =
        flists.publish(
            "odd",
            List.of(
                file(new byte[] {'b', 'a', 'd', (byte) 0xff, (byte) 0xfe, '.', 't'}),
                file("ok é☃".getBytes(StandardCharsets.UTF_8))),
            Map.of());

    assertThat(entries(flist).getJsonArray("content").getValuesAs(JsonObject.class))
        .extracting(entry -> entry.getString("path"))
        .containsExactly("/bad\ufffd\ufffd.t", "/ok é☃");
  }

  @Test
  void what_was_read_is_remembered_until_the_file_is_replaced() throws IOException {
    LocatedFlist flist = recorded("sample-small");
    JsonBody first = contents.entries(flist).orElseThrow();
    JsonBody metadata = contents.metadata(flist);
    assertThat(contents.entries(flist)).containsSame(first);
    assertThat(contents.metadata(flist)).isSameAs(metadata);

    flists.publish("sample-small", RecordedAnswer.bytes("flists/merge-a.flist"));

    assertThat(entries(flist))
        .isEqualTo(
            RecordedAnswer.json("flists/merge-a.find.json")
                .asJsonObject()
                .getJsonObject("response"));
  }

  @Test
  void what_is_too_large_to_be_held_is_written_while_it_is_read() throws IOException {
    contents = contents(4_000, PATIENT);
    LocatedFlist flist = recorded("sample-full");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(contents.entries(flist)).isEmpty();
    assertThat(contents.entries(flist)).isEmpty();
    write(flist, out);

    assertThat(RecordedAnswer.parse(out.toString(StandardCharsets.UTF_8)))
        .isEqualTo(RecordedAnswer.of("B-090-contents-full"));
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("}\n");
  }

  @Test
  void metadata_is_parsed_when_it_is_an_object_or_array_and_text_otherwise() throws IOException {
    Map<String, String> metadata =
        Map.of(
            "", "nokey",
            "author", "Alice <a@b>",
            "backend", "{\"namespace\": \"default\", \"host\": \"127.0.0.1\", \"port\": 9900}",
            "dash", "--help",
            "empty", "",
            "json", " {\"a\": [1, 2, \"x\"]}\n",
            "number", "42",
            "true", "true",
            "unicode", "é☃");

    assertThat(metadataOf(metadata)).isEqualTo(RecordedAnswer.of("B-108-metadata-small-noext"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42",
        "true",
        "null",
        "\"quoted\"",
        "{",
        "[1,",
        "{} {}",
        "{\"a\":1}x",
        "{a:1}",
        "[1e99999999999]",
        ""
      })
  void what_is_no_object_or_array_stays_the_text_that_it_is(String text) throws IOException {
    assertThat(metadataOf(Map.of("key", text)).getString("key")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "1"})
  void what_is_too_deep_or_too_long_to_parse_stays_text(String part) throws IOException {
    String text = "[" + part.repeat(5_000);

    assertThat(metadataOf(Map.of("key", text + "]")).getString("key")).isEqualTo(text + "]");
  }

  @Test
  void what_is_remembered_needs_no_turn_and_what_is_not_is_refused_without_one()
      throws IOException {
    ReadLimit readLimit = new ReadLimit(1, 50, Duration.ofMillis(10));
    contents = contents(4_000, readLimit);
    LocatedFlist small = recorded("sample-small");
    LocatedFlist large = recorded("sample-full");
    JsonBody known = contents.entries(small).orElseThrow();
    assertThat(contents.entries(large)).isEmpty();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    readLimit.take(
        () -> {
          assertThat(contents.entries(small)).containsSame(known);
          assertThatThrownBy(() -> contents.metadata(small))
              .isInstanceOf(TryAgainLaterException.class);
          assertThatThrownBy(() -> write(large, out)).isInstanceOf(TryAgainLaterException.class);
          return null;
        });

    assertThat(out.size()).isZero();
    assertThat(RecordedAnswer.parse(contents.metadata(small)).asJsonObject()).isNotEmpty();
  }

  @Test
  void a_client_that_takes_its_time_keeps_no_turn() throws IOException {
    contents = contents(4_000, new ReadLimit(1, 50, Duration.ofMillis(10)));
    LocatedFlist large = recorded("sample-full");
    LocatedFlist small = recorded("sample-small");
    List<JsonObject> meanwhile = new ArrayList<>();
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            meanwhile.add(entries(small));
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            meanwhile.add(entries(small));
          }
        };

    write(large, slow);

    assertThat(meanwhile)
        .isNotEmpty()
        .contains(RecordedAnswer.of("B-092-contents-small").asJsonObject());
  }

  @Test
  void an_array_is_parsed() throws IOException {
    JsonObject metadata = metadataOf(Map.of("entrypoint", "[\"/bin/sh\", \"-c\"]"));

    assertThat(metadata.getJsonArray("entrypoint").getString(1)).isEqualTo("-c");
  }

  @Test
  void a_flist_without_a_backend_is_told_where_the_chunks_are() throws IOException {
    LocatedFlist flist =
        flists.publish("good", RecordedAnswer.bytes("samples/good-nobackend.flist"));

    assertThat(RecordedAnswer.parse(contents.metadata(flist)))
        .isEqualTo(RecordedAnswer.of("B-084-metadata-good-nobackend"));
  }

  @Test
  void a_flist_with_a_backend_keeps_it_and_its_readme_is_whole() throws IOException {
    JsonObject metadata =
        RecordedAnswer.parse(contents.metadata(recorded("sample-full"))).asJsonObject();

    // The record has an empty readme, which is a fault that is not repeated.
    assertThat(metadata.keySet())
        .isEqualTo(RecordedAnswer.of("B-106-metadata-full").asJsonObject().keySet())
        .doesNotContain("backend-forced");
    assertThat(metadata.getJsonObject("readme").getString("readme")).startsWith("# Sample flist");
    assertThat(metadata.getJsonObject("backend").getString("namespace")).isEqualTo("vectors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "corrupt-baddb.flist",
        "corrupt-garbage.flist",
        "corrupt-nodb.flist",
        "corrupt-truncated.flist"
      })
  void a_damaged_flist_is_unreadable_but_its_summary_is_not(String sample) throws IOException {
    byte[] bytes = RecordedAnswer.bytes("samples/" + sample);
    LocatedFlist flist = flists.publish("damaged", bytes);

    assertThatThrownBy(() -> contents.entries(flist))
        .isInstanceOf(FlistUnreadableException.class)
        .hasMessageStartingWith("tried to read damaged.flist but it is unreadable: ");
    assertThatThrownBy(() -> contents.metadata(flist)).isInstanceOf(FlistUnreadableException.class);
    assertThat(RecordedAnswer.parse(flists.summaries().of(flist)).asJsonObject().getInt("size"))
        .isEqualTo(bytes.length);
  }

  @Test
  void a_flist_is_readable_again_once_it_is_replaced_by_a_good_one() throws IOException {
    LocatedFlist flist = flists.publish("x", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> contents.entries(flist)).isInstanceOf(FlistUnreadableException.class);

    flists.publish("x", RecordedAnswer.bytes("flists/sample-small.flist"));

    assertThat(entries(flist)).isEqualTo(RecordedAnswer.of("B-092-contents-small"));
  }

  @Test
  void temporary_files_of_large_databases_are_removed() throws IOException {
    byte[] name = new byte[200];
    FileNode[] files = new FileNode[60_000];
    for (int i = 0; i < files.length; i++) {
      Arrays.fill(name, (byte) 'n');
      System.arraycopy("%06d".formatted(i).getBytes(StandardCharsets.US_ASCII), 0, name, 0, 6);
      files[i] = file(name);
    }
    LocatedFlist flist = flists.publish("large", List.of(files), Map.of());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    write(flist, out);

    assertThat(
            RecordedAnswer.parse(out.toString(StandardCharsets.UTF_8))
                .asJsonObject()
                .getInt("regular"))
        .isEqualTo(60_000);
  }

  private void write(LocatedFlist flist, OutputStream out) throws IOException {
    try (Body body = contents.spooledEntries(flist)) {
      body.writeTo(out);
    }
  }

  private Contents contents(long memory, ReadLimit readLimit) {
    return new Contents(memory, work, BACKEND, readLimit);
  }

  private JsonObject metadataOf(Map<String, String> metadata) throws IOException {
    LocatedFlist flist = flists.publish("described", List.of(), metadata);
    return RecordedAnswer.parse(contents.metadata(flist)).asJsonObject();
  }

  private static FileNode file(byte[] name) {
    return new FileNode(Name.of(name), Permissions.ROOT_DIRECTORY, 1, 1, 0, List.of());
  }
}
