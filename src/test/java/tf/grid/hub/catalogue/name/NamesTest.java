package tf.grid.hub.catalogue.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;
import tf.grid.hub.catalogue.name.CatalogueException.RepositoryNotFoundException;

class NamesTest {

  static List<String> badNames() {
    return List.of(
        "",
        ".",
        "..",
        "...",
        ".flist",
        "...flist",
        ".hidden",
        ".hidden.flist",
        ".tmp-1",
        ".tmp-1.flist",
        ".tag-v1",
        ".tag-v1.flist",
        "/",
        "//",
        "/etc/passwd",
        "a/b",
        "a/b.flist",
        "a/",
        "../x",
        "../../etc/passwd",
        "x/../y",
        "x/..",
        "./x",
        "a\0b",
        "a\0.flist",
        "a\nb",
        "a\r\nb.flist",
        "a\tb",
        "\u0001",
        "a\u001fb",
        "a\u007fb",
        "a\u0080b",
        "a\u0085b",
        "a\u009fb.flist",
        "\ud800",
        "a\udc00b",
        "\udc00\ud800.flist",
        "x".repeat(256),
        "x".repeat(250) + ".flist",
        "é".repeat(128),
        "\ud83d\ude00".repeat(64));
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void a_bad_name_is_refused_as_a_flist(String bad) {
    assertThatThrownBy(() -> FlistName.parse(bad)).isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void a_bad_name_is_refused_as_a_tag(String bad) {
    assertThatThrownBy(() -> new TagName(bad)).isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void a_bad_name_is_refused_as_a_tag_link(String bad) {
    assertThatThrownBy(() -> new TagLinkName(bad)).isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void a_bad_name_is_refused_as_a_repository(String bad) {
    assertThatThrownBy(() -> new RepositoryName(bad)).isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "/", "../x", "a/b", "..\0/", "/etc", "me", "upload", "health"})
  void a_repository_that_leads_elsewhere_is_said_not_to_exist(String elsewhere) {
    assertThatThrownBy(() -> RepositoryName.requested(elsewhere))
        .isInstanceOf(RepositoryNotFoundException.class)
        .hasMessage("user not found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".hidden", "a\0b", "a\nb", ".tmp-x"})
  void a_repository_asked_for_by_a_name_against_the_rules_is_refused(String bad) {
    assertThatThrownBy(() -> RepositoryName.requested(bad))
        .isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"me", "api", "health", "metrics", "openapi", "upload", "token", "search", "tags"})
  void no_repository_is_made_with_a_word_of_the_site(String word) {
    assertThatThrownBy(() -> new RepositoryName(word)).hasMessageContaining("reserved");
  }

  static Stream<String> goodNames() {
    return Stream.of(
        "a",
        "My App 1.0 (x)",
        "a.b:c",
        "-dash",
        "~",
        "..a".substring(2),
        "naïve",
        "名前",
        "\ud83d\ude00",
        "a\\b",
        "%2e%2e",
        "a;b",
        "CON",
        "x.tar.gz",
        "alice.3bot");
  }

  @ParameterizedTest
  @MethodSource("goodNames")
  void a_good_name_is_kept_as_it_is(String good) {
    assertThat(FlistName.parse(good).stored()).isEqualTo(good + ".flist");
    assertThat(FlistName.parse(good + ".flist")).isEqualTo(FlistName.parse(good));
    assertThat(new RepositoryName(good).value()).isEqualTo(good);
    assertThat(new TagName(good).stored()).isEqualTo(".tag-" + good);
    assertThat(new TagLinkName(good).value()).isEqualTo(good);
  }

  @Test
  void the_length_counts_as_stored() {
    assertThat(FlistName.parse("x".repeat(249)).stored()).hasSize(255);
    assertThat(new TagName("x".repeat(250)).stored()).hasSize(255);
    assertThat(new TagLinkName("x".repeat(255)).value()).hasSize(255);
    assertThatThrownBy(() -> new TagName("x".repeat(251))).isInstanceOf(InvalidNameException.class);
  }

  @Test
  void a_tag_link_is_neither_called_tags_nor_like_a_flist() {
    assertThatThrownBy(() -> new TagLinkName("tags")).isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> new TagLinkName("a.flist")).isInstanceOf(InvalidNameException.class);
  }

  @Test
  void names_are_ordered_by_code_points() {
    assertThat(Stream.of("\ud83d\ude00", "\uffee", "b", "a", "ab", "Z", "é"))
        .satisfies(
            names ->
                assertThat(names.stream().map(FlistName::parse).sorted().map(FlistName::stored))
                    .containsExactly(
                        "Z.flist",
                        "a.flist",
                        "ab.flist",
                        "b.flist",
                        "é.flist",
                        "\uffee.flist",
                        "\ud83d\ude00.flist"));
  }
}
