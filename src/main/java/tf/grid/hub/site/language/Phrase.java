package tf.grid.hub.site.language;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a bundle. Parameters are <code>{0}</code>, or <code>{0|file|files}</code> for a number
 * with the word that belongs to it. Texts that are shown as HTML may have {@code `code`}, {@code
 * **strong**} and <code>[a link]({1})</code>, whose parameter is its URL. Immutable.
 */
final class Phrase {
  private static final Pattern SPECIAL =
      Pattern.compile(
          "\\{(?<index>\\d)(?<forms>\\|[^{}|]*\\|[^{}|]*)?}"
              + "|(?<code>`)|(?<strong>\\*\\*)|(?<link>\\[)|]\\(\\{\\d}\\)");
  private static final Pattern LINK_END = Pattern.compile("]\\(\\{(\\d)}\\)");
  private static final Pattern ADDRESS = Pattern.compile("(?:/|\\?|#|https?://).*");

  private final List<Part> parts = new ArrayList<>();
  private final NavigableSet<Integer> parameters = new TreeSet<>();
  private boolean marked;

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  private record Mark(String html) implements Part {}

  private record Value(int index) implements Part {}

  private record Counted(int index, String one, String many) implements Part {}

  private record Address(int index) implements Part {}

  /**
   * Parses a text.
   *
   * @throws IllegalArgumentException if a mark is not closed or a brace not part of a parameter
   */
  Phrase(String source) {
    Matcher found = SPECIAL.matcher(source);
    boolean code = false;
    boolean strong = false;
    boolean link = false;
    int from = 0;
    while (found.find()) {
      text(source.substring(from, found.start()));
      from = found.end();
      if (found.group("index") != null) {
        parameter(Integer.parseInt(found.group("index")), found.group("forms"));
      } else if (found.group("code") != null) {
        code = toggle(code, "code");
      } else if (found.group("strong") != null) {
        strong = toggle(strong, "strong");
      } else if (found.group("link") != null) {
        link = true;
        openLink(source, from);
      } else {
        link = false;
        mark("</a>");
      }
    }
    text(source.substring(from));
    if (code || strong || link) {
      throw new IllegalArgumentException("a mark is not closed: " + source);
    }
  }

  private void text(String text) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw new IllegalArgumentException("not a parameter: " + text);
    }
    if (!text.isEmpty()) {
      parts.add(new Text(text));
    }
  }

  private void parameter(int index, String forms) {
    parameters.add(index);
    if (forms == null) {
      parts.add(new Value(index));
    } else {
      String[] words = forms.split("\\|", -1);
      parts.add(new Counted(index, words[1], words[2]));
    }
  }

  private boolean toggle(boolean open, String tag) {
    mark(open ? "</" + tag + ">" : "<" + tag + ">");
    return !open;
  }

  private void mark(String html) {
    marked = true;
    parts.add(new Mark(html));
  }

  private void openLink(String source, int from) {
    Matcher end = LINK_END.matcher(source);
    if (!end.find(from)) {
      throw new IllegalArgumentException("a link without a URL: " + source);
    }
    int index = Integer.parseInt(end.group(1));
    parameters.add(index);
    mark("<a href=\"");
    parts.add(new Address(index));
    mark("\">");
  }

  /** The numbers of its parameters. */
  NavigableSet<Integer> parameters() {
    return parameters;
  }

  /** Whether it has marks, which only HTML shows. */
  boolean isMarked() {
    return marked;
  }

  /**
   * The text without marks.
   *
   * @param count formats numbers
   */
  String plain(List<?> arguments, LongFunction<String> count) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Text words) {
        text.append(words.text());
      } else if (part instanceof Value value) {
        text.append(plain(arguments.get(value.index()), count));
      } else if (part instanceof Counted counted) {
        counted(counted, arguments, count, text);
      }
    }
    return text.toString();
  }

  private static String plain(Object argument, LongFunction<String> count) {
    if (argument instanceof Markup) {
      throw new IllegalArgumentException("HTML in plain text");
    }
    return argument instanceof Number number ? count.apply(number.longValue()) : text(argument);
  }

  /**
   * The text as HTML. All arguments are escaped, except for {@link Markup}.
   *
   * @param count formats numbers
   */
  String html(List<?> arguments, LongFunction<String> count) {
    StringBuilder html = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Text words) {
        Markup.escape(words.text(), html);
      } else if (part instanceof Mark mark) {
        html.append(mark.html());
      } else if (part instanceof Address address) {
        Markup.escape(url(text(arguments.get(address.index()))), html);
      } else if (part instanceof Counted counted) {
        counted(counted, arguments, count, html);
      } else if (part instanceof Value value
          && arguments.get(value.index()) instanceof Markup markup) {
        html.append(markup.getHtml());
      } else if (part instanceof Value value) {
        Markup.escape(plain(arguments.get(value.index()), count), html);
      }
    }
    return html.toString();
  }

  private static void counted(
      Counted counted, List<?> arguments, LongFunction<String> count, StringBuilder out) {
    long number = ((Number) arguments.get(counted.index())).longValue();
    out.append(count.apply(number)).append(' ');
    out.append(number == 1 ? counted.one() : counted.many());
  }

  private static String text(Object argument) {
    return argument == null ? "" : argument.toString();
  }

  /** A URL that runs no script. */
  private static String url(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException("not the URL of a page");
    }
    return address;
  }
}
