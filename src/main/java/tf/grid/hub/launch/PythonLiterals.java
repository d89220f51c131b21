package tf.grid.hub.launch;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a Python file that assigns literals: entries of a dictionary {@code config}, and plain
 * assignments that are not part of a block, which may depend on a condition. Literals are strings,
 * byte strings, integers, {@code True}, {@code False}, {@code None}, and lists or tuples of these;
 * everything else is reported, not evaluated. For one thread.
 */
final class PythonLiterals {

  /** Bounds the depth of lists. */
  private static final int MOST_NESTING = 8;

  private final String text;
  private int position;

  /** Whether the position is between the braces of the dictionary. */
  private boolean inside;

  private PythonLiterals(String text) {
    this.text = text;
  }

  /**
   * One assignment.
   *
   * @param line its number, from 1
   * @param name of the setting; what stands there if the line is not an assignment
   * @param isLiteral whether the value could be read
   * @param value a String, byte[], Long, Boolean, List or null
   */
  record Assignment(int line, String name, boolean isLiteral, Object value) {}

  /** Signals that the text is not a literal. */
  private static final class NotLiteralException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** All assignments in the order of the file. */
  static List<Assignment> in(String text) {
    return new PythonLiterals(text.replace("\r\n", "\n")).all();
  }

  private List<Assignment> all() {
    List<Assignment> found = new ArrayList<>();
    while (skipToStatement()) {
      int start = position;
      if (!inside && atDictionary()) {
        inside = true;
        continue;
      }
      int line = line(start);
      Optional<String> name = inside || isFirstOfLine(start) ? name() : Optional.empty();
      if (name.isEmpty()) {
        position = start;
        skipStatement();
        String first = text.substring(start, position).lines().findFirst().orElse("").strip();
        String skipped = first.replaceFirst("=.*", "= …"); // may be a secret
        found.add(new Assignment(line, skipped, false, null));
        continue;
      }
      try {
        Object value = value(0);
        endOfEntry();
        found.add(new Assignment(line, name.get(), true, value));
      } catch (NotLiteralException e) {
        skipStatement();
        found.add(new Assignment(line, name.get(), false, null));
      }
    }
    return found;
  }

  /** Skips blanks, comments, commas and closing braces between entries. */
  private boolean skipToStatement() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '#') {
        skipComment();
      } else if (Character.isWhitespace(c) || c == ',' || c == '}' || c == '\ufeff') {
        inside &= c != '}';
        position++;
      } else {
        return true;
      }
    }
    return false;
  }

  private void skipComment() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  /** Skips the beginning of the dictionary: {@code config =} and a brace. */
  private boolean atDictionary() {
    int start = position;
    if (isFirstOfLine(start) && identifier().equals("config")) {
      blanks();
      if (take('=')) {
        blanks();
        if (take('{')) {
          return true;
        }
      }
    }
    position = start;
    return false;
  }

  /** The name of an entry, {@code 'name':}, or of a variable, {@code name =}. */
  private Optional<String> name() {
    if (inside) {
      try {
        Object key = value(0);
        blanks();
        return key instanceof String name && take(':') ? Optional.of(name) : Optional.empty();
      } catch (NotLiteralException e) {
        return Optional.empty();
      }
    }
    String name = identifier();
    if (name.equals("config") && take('[')) {
      return subscript();
    }
    blanks();
    boolean assigned = !name.isEmpty() && take('=') && !isAt('=');
    return assigned ? Optional.of(name) : Optional.empty();
  }

  /** The rest of {@code config['name'] =}. */
  private Optional<String> subscript() {
    try {
      blanks();
      Object key = value(0);
      blanks();
      if (key instanceof String name && take(']')) {
        blanks();
        return take('=') && !isAt('=') ? Optional.of(name) : Optional.empty();
      }
    } catch (NotLiteralException e) {
      // Not a name, as below.
    }
    return Optional.empty();
  }

  private Object value(int depth) throws NotLiteralException {
    blanks();
    if (position >= text.length() || depth > MOST_NESTING) {
      throw new NotLiteralException();
    }
    char c = text.charAt(position);
    if (c == '[' || c == '(') {
      return list(c == '[' ? ']' : ')', depth);
    }
    if (c == '\'' || c == '"') {
      return string(false);
    }
    if (c == '-' || Character.isDigit(c)) {
      return number();
    }
    String word = identifier();
    if (word.equals("b") && (isAt('\'') || isAt('"'))) {
      return string(true);
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
    position++;
    spaces();
    while (!take(end)) {
      items.add(value(depth + 1));
      spaces();
      if (!isAt(end) && !take(',')) {
        throw new NotLiteralException();
      }
      spaces();
    }
    return items;
  }

  private Long number() throws NotLiteralException {
    int start = position++;
    while (position < text.length() && Character.isLetterOrDigit(text.charAt(position))) {
      position++;
    }
    try {
      return Long.valueOf(text.substring(start, position));
    } catch (NumberFormatException e) {
      throw new NotLiteralException();
    }
  }

  /** A string on one line; in byte strings, characters are bytes. */
  private Object string(boolean bytes) throws NotLiteralException {
    char quote = text.charAt(position++);
    if (text.startsWith("" + quote + quote, position)) {
      throw new NotLiteralException(); // three quotes
    }
    StringBuilder value = new StringBuilder();
    while (!take(quote)) {
      if (position >= text.length() || isAt('\n')) {
        throw new NotLiteralException();
      }
      char c = text.charAt(position++);
      value.append(c == '\\' ? escaped() : c);
    }
    if (!bytes) {
      return value.toString();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (char c : value.toString().toCharArray()) {
      if (c > 0xff) {
        throw new NotLiteralException();
      }
      out.write(c);
    }
    return out.toByteArray();
  }

  private char escaped() throws NotLiteralException {
    char c = position < text.length() ? text.charAt(position++) : '\n';
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
    int end = position + digits;
    if (end > text.length()) {
      throw new NotLiteralException();
    }
    try {
      char value = (char) Integer.parseInt(text.substring(position, end), 16);
      position = end;
      return value;
    } catch (NumberFormatException e) {
      throw new NotLiteralException();
    }
  }

  /** After a value comes the end of its line or entry, not an operator. */
  private void endOfEntry() throws NotLiteralException {
    blanks();
    if (position < text.length() && "\n,}#;".indexOf(text.charAt(position)) < 0) {
      throw new NotLiteralException();
    }
    take(';');
  }

  /** Skips what could not be read, including brackets and strings over several lines. */
  private void skipStatement() {
    int depth = 0;
    while (position < text.length()) {
      char c = text.charAt(position);
      if (depth == 0 && (c == '\n' || (inside && (c == ',' || c == '}')))) {
        return;
      }
      if (c == '#') {
        skipComment();
      } else if (c == '\'' || c == '"') {
        skipString(c);
      } else {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        position++;
      }
    }
  }

  private void skipString(char quote) {
    String three = ("" + quote).repeat(3);
    String end = text.startsWith(three, position) ? three : "" + quote;
    position += end.length();
    while (position < text.length() && !text.startsWith(end, position)) {
      if (end.length() == 1 && isAt('\n')) {
        return; // not a valid string
      }
      position += isAt('\\') ? 2 : 1;
    }
    position = Math.min(text.length(), position + end.length());
  }

  private boolean isFirstOfLine(int at) {
    return at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\ufeff';
  }

  private String identifier() {
    int start = position;
    while (position < text.length()
        && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(position) == '_')) {
      position++;
    }
    return text.substring(start, position);
  }

  private void blanks() {
    while (position < text.length() && (isAt(' ') || isAt('\t'))) {
      position++;
    }
  }

  /** Blanks, line ends and comments, inside of brackets. */
  private void spaces() {
    while (position < text.length()
        && (Character.isWhitespace(text.charAt(position)) || isAt('#'))) {
      if (isAt('#')) {
        skipComment();
      } else {
        position++;
      }
    }
  }

  private boolean isAt(char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean take(char c) {
    if (isAt(c)) {
      position++;
      return true;
    }
    return false;
  }

  private int line(int at) {
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }
}
