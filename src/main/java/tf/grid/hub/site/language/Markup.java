package tf.grid.hub.site.language;

/**
 * A piece of HTML that is safe to show. Made only here, from texts of the bundles and from values
 * that were escaped, so that pages can insert it as it is. Immutable.
 */
public final class Markup {
  private final String html;

  Markup(String html) {
    this.html = html;
  }

  /** A named value of the expression language. */
  public String getHtml() {
    return html;
  }

  /** Appends text with everything escaped that has a meaning in HTML, also in attributes. */
  static void escape(String text, StringBuilder html) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '&' -> html.append("&amp;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
  }
}
