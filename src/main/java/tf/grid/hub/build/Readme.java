package tf.grid.hub.build;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.flist.Name;

/** The file at the root of a tree whose text becomes the metadata {@code readme}. */
public final class Readme {
  /** Maximum size in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** Names of the file, the preferred one first. */
  public static final List<Name> NAMES = List.of(Name.of(".README.md"), Name.of(".README"));

  private Readme() {}

  /** The text of the file; empty if it is not UTF-8 or has a NUL. */
  public static Optional<String> text(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
