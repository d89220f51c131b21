package tf.grid.hub.site.language;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.access.SiteCookie;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.site.identity.SiteIdentity;

/**
 * The languages of the website: one for each file {@code messages_<language>.properties}, and
 * English, whose texts stand in for those that another language lacks. Immutable.
 */
@SingletonBean
public class Languages {

  /** The cookie with the visitor's choice. */
  static final String COOKIE = "hub-language";

  private static final String DIRECTORY = "/WEB-INF/classes/";
  private static final Pattern FILE =
      Pattern.compile("messages(?:_([a-z]{2,3}(?:_[A-Z]{2})?))?\\.properties");

  /** Longer lists of languages are ignored. */
  private static final int LONGEST_HEADER = 200;

  private final NavigableMap<String, Language> all = new TreeMap<>();
  private final List<Locale> locales = new ArrayList<>();
  private final Language usual;
  private final boolean fixed;

  /** Reads the files of the application. */
  @Inject
  public Languages(ServletContext application, SiteIdentity identity) {
    this(read(application), identity.language());
  }

  /**
   * Creates an instance with its dependencies.
   *
   * @param files the texts of all files, by name
   * @param only the language of all pages; empty if visitors may choose
   */
  Languages(Map<String, String> files, Optional<Locale> only) {
    Map<String, String> english = texts(files.get(file(Locale.ENGLISH)));
    files.forEach(
        (file, text) -> {
          Locale locale = locale(file);
          Map<String, String> texts = new HashMap<>(english);
          texts.putAll(texts(text));
          all.put(locale.toLanguageTag(), new Language(locale, texts));
          locales.add(locale);
        });
    this.usual = all.get(only.orElse(Locale.ENGLISH).toLanguageTag());
    this.fixed = only.isPresent();
  }

  /** Whether the website is available in a language. */
  public static boolean has(Locale locale) {
    return Languages.class.getResource("/" + file(locale)) != null;
  }

  /** All languages, by tag. */
  public Collection<Language> all() {
    return all.values();
  }

  /** Whether visitors choose the language. */
  public boolean areChoosable() {
    return !fixed && all.size() > 1;
  }

  /** The language with a tag that was sent; empty if there is none, or visitors cannot choose. */
  public Optional<Language> chosen(String tag) {
    return Optional.ofNullable(tag).filter(text -> areChoosable()).map(all::get);
  }

  /** The language in which a visitor reads: the chosen one, otherwise as the browser asks. */
  public Language of(HttpServletRequest request) {
    if (!areChoosable()) {
      return usual;
    }
    return SiteCookie.value(request, COOKIE)
        .flatMap(this::chosen)
        .orElseGet(() -> accepted(request.getHeader("Accept-Language")));
  }

  /** The best language for the header {@code Accept-Language}. */
  private Language accepted(String header) {
    if (header == null || header.length() > LONGEST_HEADER) {
      return usual;
    }
    try {
      Locale best = Locale.lookup(LanguageRange.parse(header), locales);
      return best == null ? usual : all.get(best.toLanguageTag());
    } catch (IllegalArgumentException malformed) {
      return usual;
    }
  }

  private static String file(Locale locale) {
    return locale.equals(Locale.ENGLISH)
        ? "messages.properties"
        : "messages_" + locale + ".properties";
  }

  private static Locale locale(String file) {
    Matcher name = FILE.matcher(file);
    return name.matches() && name.group(1) != null
        ? Locale.forLanguageTag(name.group(1).replace('_', '-'))
        : Locale.ENGLISH;
  }

  private static Map<String, String> texts(String file) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(file));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    Map<String, String> texts = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return texts;
  }

  private static Map<String, String> read(ServletContext application) {
    Map<String, String> files = new HashMap<>();
    Set<String> paths = application.getResourcePaths(DIRECTORY);
    for (String path : paths == null ? Set.<String>of() : paths) {
      String name = path.substring(DIRECTORY.length());
      if (FILE.matcher(name).matches()) {
        files.put(name, read(application, path));
      }
    }
    return files;
  }

  private static String read(ServletContext application, String path) {
    try (InputStream file = application.getResourceAsStream(path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + path + " of the application", e);
    }
  }
}
