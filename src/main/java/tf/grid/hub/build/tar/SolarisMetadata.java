package tf.grid.hub.build.tar;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tf.grid.hub.flist.Name;

/**
 * Recognizes metadata of Solaris tar in entries of the types {@code A} and {@code E} by their
 * bodies: POSIX does not define these types, so other writers may use them for files. Source of the
 * formats: {@code archives.h} of Solaris.
 */
final class SolarisMetadata {
  /** An ACL starts with its kind and number of entries: seven octal digits and a NUL. */
  private static final int ACL_DIGITS = 7;

  private static final byte[] ATTRIBUTE_VERSION = "1.0\0".getBytes(StandardCharsets.US_ASCII);

  /** The name that keeps other programs from unpacking an attribute. */
  private static final byte[] ATTRIBUTE_NAME = "/dev/null".getBytes(StandardCharsets.US_ASCII);

  private SolarisMetadata() {}

  static boolean isAcl(byte[] body) {
    if (body.length <= ACL_DIGITS || body[ACL_DIGITS] != 0) {
      return false;
    }
    for (int i = 0; i < ACL_DIGITS; i++) {
      if (body[i] < '0' || body[i] > '7') {
        return false;
      }
    }
    return true;
  }

  static boolean isAttributeHeader(byte[] body) {
    return begins(body, ATTRIBUTE_VERSION);
  }

  /** Whether an entry contains the attribute of the preceding header. */
  static boolean isAttribute(Name path, Extensions found) {
    return found.attributeFollows() && begins(path.bytes(), ATTRIBUTE_NAME);
  }

  private static boolean begins(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
