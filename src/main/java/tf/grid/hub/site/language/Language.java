package tf.grid.hub.site.language;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The texts of the website in one language. Immutable. */
public final class Language {
  private final Locale locale;
  private final Map<String, String> sources;
  private final Map<String, Phrase> phrases = new HashMap<>();
  private final ReadableText readable;

  /**
   * @param texts by key, as in the bundle
   * @throws IllegalArgumentException if a text is malformed
   */
  Language(Locale locale, Map<String, String> texts) {
    this.locale = locale;
    this.sources = Map.copyOf(texts);
    sources.forEach((key, text) -> phrases.put(key, new Phrase(text)));
    this.readable = new ReadableText(this);
  }

  public Locale locale() {
    return locale;
  }

  /** The language tag, such as {@code en}. */
  public String tag() {
    return locale.toLanguageTag();
  }

  /** Its name in itself. */
  public String name() {
    return text("language");
  }

  /** Formats values in this language. */
  public ReadableText readable() {
    return readable;
  }

  /** Whether it has a text with this key. */
  public boolean has(String key) {
    return phrases.containsKey(key);
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if the bundle does not have the key
   */
  public String text(String key, Object... arguments) {
    return phrase(key).plain(List.of(arguments), readable::count);
  }

  /** A text as HTML, whose arguments are escaped; see {@link #text} for errors. */
  public Markup html(String key, List<?> arguments) {
    return new Markup(phrase(key).html(arguments, readable::count));
  }

  /** The text for a word of the hub, such as {@code tag link}; the word itself if there is none. */
  public String word(String group, String word) {
    String key = group + "." + word.replace(' ', '-');
    return has(key) ? text(key) : word;
  }

  /** The texts of some groups as they are in the bundle, for scripts. */
  public NavigableMap<String, String> sources(List<String> groups) {
    NavigableMap<String, String> chosen = new TreeMap<>();
    sources.forEach(
        (key, text) -> {
          if (groups.contains(key.substring(0, Math.max(0, key.indexOf('.'))))) {
            chosen.put(key, text);
          }
        });
    return chosen;
  }

  private Phrase phrase(String key) {
    Phrase phrase = phrases.get(key);
    if (phrase == null) {
      throw new IllegalArgumentException("unknown text: " + key);
    }
    return phrase;
  }
}
