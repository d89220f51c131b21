package tf.grid.hub.site.language;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  private final Languages languages = Bundles.all();

  private static HttpServletRequest request(String accepted, String cookie) {
    Cookie[] cookies = {new Cookie("other", "fr"), new Cookie("hub-language", cookie)};
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            LanguagesTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> arguments[0].equals("Accept-Language") ? accepted : null;
                  case "getCookies" -> cookie == null ? null : cookies;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private String of(String accepted, String cookie) {
    return languages.of(request(accepted, cookie)).tag();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "de | de",
        "de-AT, en | de",
        "DE_de | en",
        "en-US,en;q=0.9,de;q=0.8 | en",
        "fr,de;q=0.5,en;q=0.1 | de",
        "fr, it | en",
        "* | en",
        " | en",
        "de;q=x | en",
        ",,; | en",
      })
  void the_browser_asks_for_a_language(String header, String tag) {
    assertThat(of(header, null)).isEqualTo(tag);
  }

  @Test
  void a_header_of_any_length_is_no_work() {
    assertThat(of("x,".repeat(100_000) + "de", null)).isEqualTo("en");
  }

  @Test
  void the_choice_of_the_visitor_comes_first() {
    assertThat(of("en", "de")).isEqualTo("de");
    assertThat(of("de", "en")).isEqualTo("en");
    assertThat(of("de", "../de")).isEqualTo("de");
    assertThat(of("de", "")).isEqualTo("de");
    assertThat(languages.chosen("de").map(Language::name)).hasValue("Deutsch");
    assertThat(languages.chosen("fr")).isEmpty();
    assertThat(languages.chosen(null)).isEmpty();
  }

  @Test
  void a_hub_may_have_one_language_only() {
    Languages german = Bundles.only(Locale.GERMAN);
    assertThat(german.of(request("en", "en")).tag()).isEqualTo("de");
    assertThat(german.areChoosable()).isFalse();
    assertThat(german.chosen("en")).isEmpty();
  }

  @Test
  void english_stands_in_for_what_a_translation_lacks() {
    Map<String, String> files =
        Map.of("messages.properties", "a=one\nb=two", "messages_pt_BR.properties", "a=um");
    Language half = new Languages(files, Optional.empty()).chosen("pt-BR").orElseThrow();
    assertThat(half.text("a")).isEqualTo("um");
    assertThat(half.text("b")).isEqualTo("two");
  }

  @Test
  void the_class_path_tells_which_languages_there_are() {
    assertThat(Languages.has(Locale.ENGLISH)).isTrue();
    assertThat(Languages.has(Locale.GERMAN)).isTrue();
    assertThat(Languages.has(Locale.FRENCH)).isFalse();
    assertThat(Languages.has(Locale.ROOT)).isFalse();
  }
}
