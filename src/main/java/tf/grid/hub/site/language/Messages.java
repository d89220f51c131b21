package tf.grid.hub.site.language;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The texts of pages in the language of the visitor: {@code msg['site.search']}, {@code
 * msg.of('merge.up', [name])}, and {@code msg.html('home.token', [address])} for texts with links
 * and other marks. Values of other types than text are given in {@link Markup}.
 */
@Named("msg")
@RequestScoped
public class Messages extends AbstractMap<String, String> {
  private final HttpServletRequest request;
  private final Languages languages;
  private final Clock clock;
  private Language language;

  protected Messages() {
    this(null, null, null);
  }

  @Inject
  public Messages(HttpServletRequest request, Languages languages, Clock clock) {
    this.request = request;
    this.languages = languages;
    this.clock = clock;
  }

  /** The language of the visitor. */
  public Language language() {
    if (language == null) {
      language = languages.of(request);
    }
    return language;
  }

  private ReadableText readable() {
    return language().readable();
  }

  /**
   * A text without parameters.
   *
   * @throws IllegalArgumentException if the bundle does not have the key
   */
  @Override
  public String get(Object key) {
    return language().text(key.toString());
  }

  /** A text with parameters. */
  public String of(String key, List<?> arguments) {
    return language().text(key, arguments.toArray());
  }

  /** A text with marks; arguments are escaped, except for those in {@link Markup}. */
  public Markup html(String key, List<?> arguments) {
    return language().html(key, arguments);
  }

  /** The text for a word of the hub, such as the kind of an entry. */
  public String word(String group, String word) {
    return language().word(group, word);
  }

  /** A message of the API, which is not translated, marked as English for screen readers. */
  public Markup english(String message) {
    StringBuilder html = new StringBuilder("<span lang=\"en\">");
    Markup.escape(message == null ? "" : message, html);
    return new Markup(html.append("</span>").toString());
  }

  /**
   * Why there is an error page instead of the page: common reasons are translated.
   *
   * @param reason a sentence of the hub without its full stop
   */
  public Markup reason(String reason) {
    String key = "reason." + reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    return language().has(key) ? html(key, List.of()) : english(reason + ".");
  }

  /** A number with separators. */
  public String count(long number) {
    return readable().count(number);
  }

  /** A share of a hundred. */
  public String percent(double percent) {
    return readable().percent(percent);
  }

  /** A size, with the exact number of bytes on hover. */
  public Markup size(long bytes) {
    return new Markup(
        "<span class=\"text-nowrap\" title=\"%s\">%s</span>"
            .formatted(readable().bytes(bytes), readable().size(bytes)));
  }

  /** A time in UTC, to the minute. */
  public Markup time(Instant at) {
    return new Markup(
        "<time class=\"text-nowrap\" datetime=\"%s\">%s</time>"
            .formatted(ReadableText.second(at), ReadableText.minute(at)));
  }

  /** The age of a time, with the exact time on hover and for screen readers. */
  public Markup ago(Instant at) {
    String minute = ReadableText.minute(at);
    return new Markup(
        """
        <time class="text-nowrap" datetime="%s" title="%s">%s<span class="visually-hidden">, %s</span></time>"""
            .formatted(
                ReadableText.second(at),
                minute,
                at == null ? "" : readable().ago(at, clock.instant()),
                minute));
  }

  /** Texts are looked up by key only. */
  @Override
  public Set<Map.Entry<String, String>> entrySet() {
    throw new UnsupportedOperationException();
  }
}
