package tf.grid.hub.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.launch.PythonLiteral.NotLiteralException;

/**
 * Reads a Python file that assigns literals: entries of a dictionary {@code config}, and plain
 * assignments that are not part of a block, which may depend on a condition. Everything else is
 * reported, not evaluated. For one thread.
 */
final class PythonAssignments {
  private final PythonText text;

  /** Whether the position is between the braces of the dictionary. */
  private boolean inside;

  private PythonAssignments(PythonText text) {
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

  /** All assignments in the order of the file. */
  static List<Assignment> in(String file) {
    return new PythonAssignments(new PythonText(file.replace("\r\n", "\n"))).all();
  }

  private List<Assignment> all() {
    List<Assignment> found = new ArrayList<>();
    while (skipToStatement()) {
      if (!inside && atDictionary()) {
        inside = true;
      } else {
        found.add(statement());
      }
    }
    return found;
  }

  private Assignment statement() {
    int start = text.position();
    int line = text.line(start);
    Optional<String> name = inside || text.isAtStartOfLine() ? name() : Optional.empty();
    if (name.isEmpty()) {
      text.back(start);
      skipStatement();
      String first = text.since(start).lines().findFirst().orElse("").strip();
      String skipped = first.replaceFirst("=.*", "= …"); // may be a secret
      return new Assignment(line, skipped, false, null);
    }
    int begin = text.position();
    try {
      Object value = PythonLiteral.read(text);
      endOfEntry();
      return new Assignment(line, name.get(), true, value);
    } catch (NotLiteralException e) {
      text.back(begin); // not from the middle of a string
      skipStatement();
      return new Assignment(line, name.get(), false, null);
    }
  }

  /** Skips blanks, comments, commas and closing braces between entries. */
  private boolean skipToStatement() {
    while (!text.isAtEnd()) {
      if (text.take('}')) {
        inside = false;
      } else if (Character.isWhitespace(text.peek()) || text.isAtAny(",\ufeff")) {
        text.next();
      } else if (!text.comment()) {
        return true;
      }
    }
    return false;
  }

  /** Skips the beginning of the dictionary: {@code config =} and a brace. */
  private boolean atDictionary() {
    int start = text.position();
    if (text.isAtStartOfLine() && text.identifier().equals("config")) {
      text.blanks();
      if (text.take('=')) {
        text.blanks();
        if (text.take('{')) {
          return true;
        }
      }
    }
    text.back(start);
    return false;
  }

  /** The name of an entry, {@code 'name':}, or of a variable, {@code name =}. */
  private Optional<String> name() {
    if (inside) {
      return literalName().filter(name -> text.take(':'));
    }
    String name = text.identifier();
    if (name.equals("config") && text.take('[')) {
      return literalName().filter(key -> text.take(']') && isAssigned());
    }
    return Optional.of(name).filter(word -> !word.isEmpty() && isAssigned());
  }

  /** A string between blanks. */
  private Optional<String> literalName() {
    try {
      Object key = PythonLiteral.read(text);
      text.blanks();
      return key instanceof String name ? Optional.of(name) : Optional.empty();
    } catch (NotLiteralException e) {
      return Optional.empty();
    }
  }

  private boolean isAssigned() {
    text.blanks();
    return text.take('=') && !text.isAt('=');
  }

  /** After a value comes the end of its line or entry, not an operator. */
  private void endOfEntry() throws NotLiteralException {
    text.blanks();
    if (!text.isAtEnd() && !text.isAtAny("\n,}#;")) {
      throw new NotLiteralException();
    }
    text.take(';');
  }

  /** Skips what could not be read, including brackets and strings over several lines. */
  private void skipStatement() {
    int depth = 0;
    while (!text.isAtEnd()) {
      if (depth == 0 && text.isAtAny(inside ? "\n,}" : "\n")) {
        return;
      }
      if (!text.comment() && !text.string()) {
        depth += text.isAtAny("([{") ? 1 : text.isAtAny(")]}") ? -1 : 0;
        text.next();
      }
    }
  }
}
