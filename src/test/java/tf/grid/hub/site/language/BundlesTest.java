package tf.grid.hub.site.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tf.grid.hub.flist.diff.DifferenceAspect;
import tf.grid.hub.flist.diff.EntryKind;
import tf.grid.hub.search.SearchCriteria;
import tf.grid.hub.search.SearchCriteria.Age;
import tf.grid.hub.search.SearchCriteria.ContentSize;
import tf.grid.hub.search.name.NameMatch;

/** Texts of the bundles and their use in pages, views and scripts. */
class BundlesTest {
  private static final Path WEB = Path.of("src", "main", "webapp");
  private static final Path VIEWS = Path.of("src/main/java/tf/grid/hub/site");
  private static final String KEY = "([a-z][a-z0-9-]*\\.(?!xhtml)[a-z0-9-]*[a-z0-9])";
  private static final Pattern IN_PAGE = Pattern.compile("'" + KEY + "'");
  private static final Pattern IN_VIEW = Pattern.compile("\"" + KEY + "\"");
  private static final Pattern IN_SCRIPT =
      Pattern.compile("(?:\\b(?:text|content)\\(|\\btexts\\[|[?:] )\"" + KEY + "\"");

  /** The start of keys whose end is computed. */
  private static final Pattern STARTS =
      Pattern.compile(
          "\\bword\\(['\"]([a-z]+)['\"]|\"([a-z]+\\.(?:[a-z]+-)?)\" \\+|`([a-z]+\\.(?:[a-z]+-)?)\\$\\{");

  /** What a page may say itself: examples of input, and commands. */
  private static final Set<String> NOT_TEXT =
      Set.of("alpine:3.20", "linux/amd64", "curl -O ''", "utf-8", "HH", "x");

  private static final List<String> MALICIOUS =
      List.of(
          "<svg onload=window.hit=1>",
          "\"><svg onload=window.hit=1>",
          "' onmouseover=window.hit=1 x='",
          "</a></code><script>window.hit=1</script>",
          "#{facesContext}${7*191}{0}",
          "[a](javascript:window.hit=1)`**");

  private static final NavigableMap<String, String> ENGLISH = texts("messages.properties");

  private static NavigableMap<String, String> texts(String file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Bundles.files().get(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NavigableMap<String, String> texts = new TreeMap<>();
    properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
    return texts;
  }

  static Stream<String> translations() {
    return Bundles.files().keySet().stream().filter(file -> !file.equals("messages.properties"));
  }

  static Stream<Language> languages() {
    return Bundles.all().all().stream();
  }

  @ParameterizedTest
  @MethodSource("translations")
  void a_translation_is_complete_and_has_the_same_parameters_and_marks(String file) {
    NavigableMap<String, String> translated = texts(file);
    assertThat(translated.keySet()).isEqualTo(ENGLISH.keySet());
    translated.forEach(
        (key, text) -> {
          Phrase phrase = new Phrase(text);
          Phrase english = new Phrase(ENGLISH.get(key));
          assertThat(phrase.parameters()).as(key).isEqualTo(english.parameters());
          assertThat(phrase.isMarked()).as(key).isEqualTo(english.isMarked());
          assertThat(text).as(key).isNotBlank().isEqualTo(text.strip());
        });
  }

  @ParameterizedTest
  @MethodSource("translations")
  void no_key_is_there_twice(String file) {
    for (String each : List.of(file, "messages.properties")) {
      List<String> keys =
          Bundles.files()
              .get(each)
              .lines()
              .filter(line -> line.contains(" = "))
              .map(line -> line.substring(0, line.indexOf(" = ")))
              .toList();
      assertThat(keys).doesNotHaveDuplicates().hasSameSizeAs(ENGLISH.keySet());
    }
  }

  @Test
  void every_used_text_exists() {
    Set<String> used = new TreeSet<>();
    used.addAll(found(WEB, ".xhtml", IN_PAGE));
    used.addAll(found(WEB, ".js", IN_SCRIPT));
    Set<String> groups =
        ENGLISH.keySet().stream().map(key -> group(key)).collect(Collectors.toSet());
    found(VIEWS, ".java", IN_VIEW).stream()
        .filter(key -> groups.contains(group(key)))
        .forEach(used::add);
    assertThat(used).hasSizeGreaterThan(300);
    assertThat(ENGLISH.keySet()).containsAll(used);
  }

  @Test
  void every_text_is_used() {
    Set<String> used = new TreeSet<>(List.of("language"));
    used.addAll(found(WEB, ".xhtml", IN_PAGE));
    used.addAll(found(WEB, ".js", IN_SCRIPT));
    used.addAll(found(VIEWS, ".java", IN_VIEW));
    Set<String> starts = new TreeSet<>();
    starts.addAll(found(WEB, ".xhtml", STARTS));
    starts.addAll(found(WEB, ".js", STARTS));
    starts.addAll(found(VIEWS, ".java", STARTS));
    // The filters of a search are named by the API.
    starts.addAll(List.of("official", "size", "changed"));
    assertThat(ENGLISH.keySet())
        .filteredOn(key -> !used.contains(key))
        .allMatch(key -> starts.stream().anyMatch(start -> begins(key, start)));
  }

  private static boolean begins(String key, String start) {
    return key.startsWith(start.contains(".") ? start : start + ".");
  }

  @Test
  void scripts_use_only_texts_that_they_get() {
    assertThat(found(WEB, ".js", IN_SCRIPT)).allMatch(key -> key.matches("(script|kind)\\..*"));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void there_is_a_text_for_every_word_of_the_hub(Language language) {
    List<String> keys = new ArrayList<>();
    for (EntryKind kind : EntryKind.values()) {
      keys.add("kind." + SearchCriteria.word(kind));
    }
    for (NameMatch.Kind kind : NameMatch.Kind.values()) {
      keys.add("kind." + SearchCriteria.word(kind));
    }
    for (ContentSize size : ContentSize.values()) {
      keys.add("size." + SearchCriteria.word(size));
    }
    for (Age age : Age.values()) {
      keys.add("changed." + SearchCriteria.word(age));
    }
    for (DifferenceAspect aspect : DifferenceAspect.values()) {
      keys.add("aspect." + SearchCriteria.word(aspect));
    }
    assertThat(keys).allMatch(language::has);
  }

  @Test
  void marked_texts_are_shown_as_html_and_others_are_not() {
    List<String> wrong = new ArrayList<>();
    for (Path file : files(WEB, ".xhtml")) {
      Pattern calls = Pattern.compile("msg(\\.html\\(|\\.of\\(|\\[)([^,\\]]*)[,\\]]");
      for (MatchResult call : calls.matcher(text(file)).results().toList()) {
        boolean html = call.group(1).equals(".html(");
        IN_PAGE
            .matcher(call.group(2))
            .results()
            .map(key -> key.group(1))
            .filter(key -> !html && new Phrase(ENGLISH.get(key)).isMarked())
            .forEach(key -> wrong.add(file.getFileName() + ": " + key));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Attributes whose values people read or hear. */
  private static final Pattern READ =
      Pattern.compile(
          "\\s(?:aria-label|alt|button|hint|itemLabel|label|placeholder|requiredMessage|text|title)"
              + "=\"([^\"]*)\"|>([^<]+)<|<h:(?:outputLabel|commandButton)[^>]* value=\"([^\"]*)\"");

  @Test
  void pages_contain_no_text() {
    List<String> texts = new ArrayList<>();
    for (Path file : files(WEB, ".xhtml")) {
      String page = text(file).replaceAll("#\\{[^}]*}", "").replaceAll("(?s)<!--.*?-->", "");
      READ.matcher(page)
          .results()
          .flatMap(found -> Stream.of(1, 2, 3).map(found::group))
          .filter(text -> text != null && text.matches("(?s).*\\p{L}.*"))
          .map(String::strip)
          .filter(text -> !NOT_TEXT.contains(text))
          .forEach(text -> texts.add(file.getFileName() + ": " + text));
    }
    assertThat(texts).isEmpty();
  }

  /** Identifiers and words of the API have neither capitals nor stops. */
  @Test
  void expressions_contain_no_text() {
    List<String> texts = new ArrayList<>();
    Pattern expression = Pattern.compile("#\\{([^}]*)}");
    Pattern literal = Pattern.compile("'([^']*)'");
    for (Path file : files(WEB, ".xhtml")) {
      expression
          .matcher(text(file))
          .results()
          .flatMap(found -> literal.matcher(found.group(1)).results())
          .map(found -> found.group(1))
          .filter(text -> !text.strip().startsWith("d-none"))
          .filter(text -> text.matches(".*([A-Z]|[a-z] [a-z]|[a-z][.,:;?!](\\s|$)).*"))
          .forEach(text -> texts.add(file.getFileName() + ": " + text));
    }
    assertThat(texts).isEmpty();
  }

  @Test
  void only_these_places_insert_html() {
    Map<String, Long> places = new TreeMap<>();
    for (Path file : files(WEB, ".xhtml")) {
      long count = Pattern.compile("escape=\"false\"").matcher(text(file)).results().count();
      if (count > 0) {
        places.put(file.getFileName().toString(), count);
      }
    }
    assertThat(places)
        .containsOnly(
            Map.entry("ago.xhtml", 1L),
            Map.entry("size.xhtml", 1L),
            Map.entry("time.xhtml", 1L),
            Map.entry("text.xhtml", 1L),
            // A README, the welcome text of the operator, and numbered lines, which are escaped.
            Map.entry("flist.xhtml", 1L),
            Map.entry("home.xhtml", 1L),
            Map.entry("file.xhtml", 1L));
  }

  /** Every argument of every text is shown as text: it adds no element and no attribute. */
  @ParameterizedTest
  @MethodSource("languages")
  void no_argument_becomes_markup(Language language) {
    Pattern tag = Pattern.compile("<[^>]*>");
    List<String> groups = ENGLISH.keySet().stream().map(key -> group(key)).distinct().toList();
    for (Map.Entry<String, String> entry : language.sources(groups).entrySet()) {
      Phrase phrase = new Phrase(entry.getValue());
      int count = phrase.parameters().isEmpty() ? 0 : phrase.parameters().last() + 1;
      for (int index : phrase.parameters()) {
        for (String payload : MALICIOUS) {
          List<Object> usual = new ArrayList<>(Collections.nCopies(count, 7L));
          boolean address = entry.getValue().contains("]({" + index + "})");
          boolean number = entry.getValue().contains("{" + index + "|");
          if (number) {
            continue;
          }
          for (int other = 0; other < count; other++) {
            if (entry.getValue().contains("]({" + other + "})")) {
              usual.set(other, "/x");
            }
          }
          List<Object> attacked = new ArrayList<>(usual);
          attacked.set(index, (address ? "/" : "") + payload);
          String html = language.html(entry.getKey(), attacked).getHtml();
          String harmless = language.html(entry.getKey(), usual).getHtml();
          assertThat(html.replaceAll("href=\"[^\"]*\"", "href=\"/x\""))
              .as("%s with %s", entry.getKey(), payload)
              .satisfies(
                  shown ->
                      assertThat(tag.matcher(shown).results().map(MatchResult::group))
                          .containsExactlyElementsOf(
                              tag.matcher(harmless).results().map(MatchResult::group).toList()));
          assertThat(html).doesNotContain("<svg", "<script", "' onmouse");
        }
      }
    }
  }

  /** The part of a key before the dot. */
  private static String group(String key) {
    return key.substring(0, Math.max(0, key.indexOf('.')));
  }

  private static Set<String> found(Path directory, String suffix, Pattern pattern) {
    return files(directory, suffix).stream()
        .flatMap(file -> pattern.matcher(text(file)).results())
        .flatMap(
            found ->
                Stream.iterate(1, at -> at <= found.groupCount(), at -> at + 1).map(found::group))
        .filter(group -> group != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files(Path directory, String suffix) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
