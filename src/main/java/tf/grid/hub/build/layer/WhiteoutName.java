package tf.grid.hub.build.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;

/** Recognizes whiteouts by the names in their paths. */
final class WhiteoutName {
  private static final byte[] PREFIX = ascii(".wh.");
  private static final byte[] METADATA = ascii(".wh..wh.");
  private static final Name OPAQUE = Name.of(".wh..wh..opq");

  private WhiteoutName() {}

  /**
   * Returns the deletion that a path stands for.
   *
   * @return empty if the path is not a whiteout
   * @throws ArchiveException if it would delete the root or something outside, or if the path
   *     continues below the whiteout
   */
  static Optional<Layer.Change> meaning(SafePath path) throws ArchiveException {
    Name last = path.last();
    if (last.equals(OPAQUE)) {
      return Optional.of(new Layer.Emptied(path.parent()));
    }
    List<Name> above = path.names().subList(0, path.names().size() - 1);
    if (above.stream().anyMatch(name -> begins(name, PREFIX))) {
      throw new ArchiveException("the layer has an entry below a whiteout: " + path);
    }
    return begins(last, PREFIX) ? Optional.of(removed(path)) : Optional.empty();
  }

  /** Whether an entry is internal metadata of AUFS in old images. */
  static boolean isMetadata(SafePath path) {
    return !path.last().equals(OPAQUE)
        && path.names().stream().anyMatch(name -> begins(name, METADATA));
  }

  private static Layer.Removed removed(SafePath path) throws ArchiveException {
    byte[] bytes = path.last().bytes();
    Name name = Name.of(bytes, PREFIX.length, bytes.length);
    if (!FlistPath.isComponent(name)) {
      throw new ArchiveException(
          "the layer has a whiteout of the directory it is in, or of one outside: " + path);
    }
    return new Layer.Removed(path.sibling(name));
  }

  private static boolean begins(Name name, byte[] prefix) {
    return name.length() >= prefix.length
        && Arrays.equals(name.bytes(), 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
