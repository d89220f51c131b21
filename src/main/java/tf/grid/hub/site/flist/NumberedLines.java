package tf.grid.hub.site.flist;

/**
 * Text of a file as HTML in which every line has its number, a link to the line. The numbers are
 * not part of the text, so they are not copied with it. As HTML, because components for thousands
 * of lines would take too much memory.
 */
final class NumberedLines {

  /** Longer texts are shown without numbers. */
  private static final int MOST = 5_000;

  private NumberedLines() {}

  /**
   * Escapes the text and numbers its lines.
   *
   * @param first number of the first line
   * @return empty if there are too many lines
   */
  static String html(String text, long first) {
    StringBuilder html = new StringBuilder(text.length() * 2);
    long line = first;
    int from = 0;
    while (from < text.length()) {
      if (line - first == MOST) {
        return "";
      }
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      html.append("<span id=\"L").append(line).append("\"><a href=\"#L").append(line);
      html.append("\" data-line=\"").append(line);
      html.append("\" tabindex=\"-1\" aria-hidden=\"true\"></a>");
      escape(text, from, next, html);
      html.append("</span>");
      from = next;
      line++;
    }
    return html.toString();
  }

  private static void escape(String text, int from, int to, StringBuilder html) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '&' -> html.append("&amp;");
        default -> html.append(c);
      }
    }
  }
}
