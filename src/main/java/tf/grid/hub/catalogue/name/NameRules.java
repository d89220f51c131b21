package tf.grid.hub.catalogue.name;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException;

/** The rules for all names in the catalogue. */
final class NameRules {

  /** The limit of file systems. */
  private static final int MAX_STORED_BYTES = 255;

  private NameRules() {}

  /**
   * Rejects invalid names.
   *
   * @param what the kind of name, for the message
   * @param name the name as entered by users
   * @param stored the name on disk, with prefix or suffix
   */
  static void check(String what, String name, String stored) {
    if (name.isEmpty()) {
      throw new InvalidNameException(what + " is empty");
    }
    if (name.startsWith(".")) {
      throw new InvalidNameException(what + " starts with a dot");
    }
    if (name.indexOf('/') >= 0) {
      throw new InvalidNameException(what + " contains a slash");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidNameException(what + " contains a control character");
    }
    if (encodedLength(what, stored) > MAX_STORED_BYTES) {
      throw new InvalidNameException(
          what + " is longer than " + MAX_STORED_BYTES + " bytes as stored");
    }
    checkStorable(what, stored);
  }

  /** Returns the result of a constructor, or empty if it rejects the name. */
  static <N> Optional<N> attempt(String name, Function<String, N> constructor) {
    try {
      return Optional.of(constructor.apply(name));
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  private static void checkStorable(String what, String stored) {
    try {
      var unused = Path.of(stored);
    } catch (InvalidPathException e) {
      throw new InvalidNameException(
          what + " has characters that this server's file system cannot store");
    }
  }

  private static int encodedLength(String what, String stored) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(stored)).remaining();
    } catch (CharacterCodingException e) {
      throw new InvalidNameException(what + " is not valid Unicode");
    }
  }
}
