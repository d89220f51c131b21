package tf.grid.hub.site.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.site.preview.MetadataRows.MetadataRow;
import tf.grid.hub.site.preview.MetadataRows.MetadataRow.Pair;

class MetadataRowsTest {

  @Test
  void what_hubs_know_comes_first_under_names_that_people_know() {
    Map<String, String> metadata =
        Map.of(
            "about", "{\"a\": 1}",
            "environ", "{\"PATH\":\"/bin\",\"A\":\"\"}",
            "entrypoint", "[\"/bin/sh\",\"-c\",\"echo it's\"]",
            "user", "www-data",
            "port", "{\"tcp/80\":8080}",
            "volume", "{\"/data\":{},\"/log\":{\"host\":\"/var/log\"}}");

    assertThat(new MetadataRows(metadata).list())
        .containsExactly(
            new MetadataRow("entrypoint", "/bin/sh -c 'echo it'\\''s'", List.of()),
            new MetadataRow("environ", "", List.of(new Pair("PATH", "/bin"), new Pair("A", ""))),
            new MetadataRow("port", "", List.of(new Pair("tcp/80", "8080"))),
            new MetadataRow(
                "volume", "", List.of(new Pair("/data", ""), new Pair("/log", "host: /var/log"))),
            new MetadataRow("user", "www-data", List.of()),
            new MetadataRow("about", "{\"a\": 1}", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{} {}", "text", "", "42", "null"})
  void what_is_not_as_it_should_be_is_shown_as_it_is(String text) {
    assertThat(new MetadataRows(Map.of("environ", text)).list())
        .containsExactly(new MetadataRow("environ", text, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[] | \"\"",
        "[1, null, true] | 1 null true",
        "[[1, {}], 2] | '1, ' 2",
        "[[[3]]] | 3",
      })
  void commands_may_be_made_of_anything(String text, String shown) {
    assertThat(new MetadataRows(Map.of("entrypoint", text)).list())
        .containsExactly(new MetadataRow("entrypoint", shown, List.of()));
  }

  @Test
  void long_texts_are_cut_and_that_is_said() {
    MetadataRows facts =
        new MetadataRows(Map.of("note", "x".repeat(4 << 20), "user", "y".repeat(4 << 20)));

    assertThat(facts.areCut()).isTrue();
    assertThat(facts.list()).allMatch(fact -> fact.text().length() == 2001);
    assertThat(new MetadataRows(Map.of("note", "x")).areCut()).isFalse();
  }

  @Test
  void many_facts_and_many_values_are_cut() {
    String variables =
        IntStream.range(0, 5000)
            .mapToObj(i -> "\"V" + i + "\":\"" + "v".repeat(30) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    Map<String, String> metadata = new HashMap<>(Map.of("environ", variables));
    IntStream.range(0, 50_000).forEach(i -> metadata.put("key-" + i, "some text"));

    MetadataRows facts = new MetadataRows(metadata);

    assertThat(facts.areCut()).isTrue();
    assertThat(facts.list().get(0).pairs()).hasSize(200);
    assertThat(facts.list().toString().length()).isLessThan(200_000);
  }

  @Test
  void what_would_take_much_memory_is_not_taken_apart() {
    String numbers = "[" + "0,".repeat(1 << 20) + "0]";

    assertThat(new MetadataRows(Map.of("entrypoint", numbers)).list().get(0).text())
        .startsWith("[0,0,");
  }
}
