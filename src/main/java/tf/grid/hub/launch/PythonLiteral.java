package tf.grid.hub.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads literals of Python: strings on one line, byte strings, integers, {@code True}, {@code
 * False}, {@code None}, and lists or tuples of these. For one thread.
 */
final class PythonLiteral {
  /** Bounds the depth of lists. */
  private static final int MOST_NESTING = 8;

  private final PythonText text;

  private PythonLiteral(PythonText text) {
    this.text = text;
  }

  /** Signals that the text is not a literal. */
  static final class NotLiteralException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Reads a literal at the position of a text, and passes it.
   *
   * @return a String, byte[], Long, Boolean, List or null
   * @throws NotLiteralException if something else is there; the position is inside of it then
   */
  static Object read(PythonText text) throws NotLiteralException {
    return new PythonLiteral(text).value(0);
  }

  private Object value(int depth) throws NotLiteralException {
    text.blanks();
    if (text.isAtEnd() || depth > MOST_NESTING) {
      throw new NotLiteralException();
    }
    if (text.take('[')) {
      return list(']', depth);
    }
    if (text.take('(')) {
      return list(')', depth);
    }
    if (text.isAtQuote()) {
      return string();
    }
    if (text.isAt('-') || Character.isDigit(text.peek())) {
      return number();
    }
    String word = text.identifier();
    if (word.equals("b") && text.isAtQuote()) {
      return bytes(string());
    }
    if (word.equals("u") && text.isAtQuote()) {
      return string();
    }
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> null;
      default -> throw new NotLiteralException();
    };
  }

  private List<Object> list(char end, int depth) throws NotLiteralException {
    List<Object> items = new ArrayList<>();
    text.spaces();
    while (!text.take(end)) {
      items.add(value(depth + 1));
      text.spaces();
      if (!text.isAt(end) && !text.take(',')) {
        throw new NotLiteralException();
      }
      text.spaces();
    }
    return items;
  }

  private Long number() throws NotLiteralException {
    String sign = text.take('-') ? "-" : "";
    try {
      return Long.valueOf(sign + text.takeWhile(Character::isLetterOrDigit));
    } catch (NumberFormatException e) {
      throw new NotLiteralException();
    }
  }

  private String string() throws NotLiteralException {
    char quote = text.next();
    if (text.isAt(String.valueOf(quote).repeat(2))) {
      throw new NotLiteralException(); // three quotes
    }
    StringBuilder value = new StringBuilder();
    while (!text.take(quote)) {
      if (text.isAtEnd() || text.isAt('\n')) {
        throw new NotLiteralException();
      }
      char c = text.next();
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  /** In byte strings, characters are bytes. */
  private static byte[] bytes(String characters) throws NotLiteralException {
    if (characters.chars().anyMatch(c -> c > 0xff)) {
      throw new NotLiteralException();
    }
    return characters.getBytes(ISO_8859_1);
  }

  private char escaped() throws NotLiteralException {
    char c = text.next();
    return switch (c) {
      case '\\', '\'', '"' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'a' -> '\u0007';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> '\u000b';
      case 'x' -> hexadecimal(2);
      case 'u' -> hexadecimal(4);
      default -> throw new NotLiteralException();
    };
  }

  private char hexadecimal(int digits) throws NotLiteralException {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(text.peek(), 16);
      if (digit < 0) {
        throw new NotLiteralException();
      }
      text.next();
      value = value << 4 | digit;
    }
    return (char) value;
  }
}
