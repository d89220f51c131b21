package tf.grid.hub.launch;

import java.util.function.IntPredicate;

/** The text of a Python file with a position in it. For one thread. */
final class PythonText {
  private final String text;
  private int position;

  PythonText(String text) {
    this.text = text;
  }

  int position() {
    return position;
  }

  /** Returns to an earlier position. */
  void back(int earlier) {
    position = earlier;
  }

  /** The text from an earlier position to this one. */
  String since(int start) {
    return text.substring(start, position);
  }

  boolean isAtEnd() {
    return position >= text.length();
  }

  boolean isAt(char c) {
    return !isAtEnd() && text.charAt(position) == c;
  }

  boolean isAt(String expected) {
    return text.startsWith(expected, position);
  }

  boolean isAtQuote() {
    return isAt('\'') || isAt('"');
  }

  /** Whether the next character is one of these. */
  boolean isAtAny(String characters) {
    return !isAtEnd() && characters.indexOf(text.charAt(position)) >= 0;
  }

  /** Whether a line starts here. */
  boolean isAtStartOfLine() {
    return position == 0
        || text.charAt(position - 1) == '\n'
        || text.charAt(position - 1) == '\ufeff';
  }

  /** The next character, or NUL at the end. */
  char peek() {
    return isAtEnd() ? '\0' : text.charAt(position);
  }

  /** Passes the next character. The end is a line end. */
  char next() {
    return isAtEnd() ? '\n' : text.charAt(position++);
  }

  /** Passes the next character if it is this one. */
  boolean take(char c) {
    if (isAt(c)) {
      position++;
      return true;
    }
    return false;
  }

  /** Passes the next characters if they are these. */
  boolean take(String expected) {
    if (isAt(expected)) {
      position += expected.length();
      return true;
    }
    return false;
  }

  /** Passes characters that match, and returns them. */
  String takeWhile(IntPredicate matching) {
    int start = position;
    while (!isAtEnd() && matching.test(text.charAt(position))) {
      position++;
    }
    return since(start);
  }

  String identifier() {
    return takeWhile(c -> Character.isLetterOrDigit(c) || c == '_');
  }

  void blanks() {
    takeWhile(c -> c == ' ' || c == '\t');
  }

  /** Passes blanks, line ends and comments, as inside of brackets. */
  void spaces() {
    while (!isAtEnd() && (Character.isWhitespace(peek()) || isAt('#'))) {
      if (!comment()) {
        position++;
      }
    }
  }

  /** Passes a comment. Returns whether there was one. */
  boolean comment() {
    if (isAt('#')) {
      takeWhile(c -> c != '\n');
      return true;
    }
    return false;
  }

  /** Passes a string, also over several lines. Returns whether there was one. */
  boolean string() {
    if (!isAtQuote()) {
      return false;
    }
    String quote = String.valueOf(peek());
    String end = take(quote.repeat(3)) ? quote.repeat(3) : quote;
    if (end.length() == 1) {
      position++;
    }
    while (!isAtEnd() && !take(end)) {
      if (end.length() == 1 && isAt('\n')) {
        return true; // not a valid string
      }
      position = Math.min(text.length(), position + (isAt('\\') ? 2 : 1));
    }
    return true;
  }

  /** The number of the line of a position, from 1. */
  int line(int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
