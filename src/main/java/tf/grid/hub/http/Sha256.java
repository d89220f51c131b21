package tf.grid.hub.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The digest by which clients tell files apart. Stateless. */
public final class Sha256 {

  /** Characters of a tag: 132 bits, which nobody finds twice. */
  private static final int TAG = 22;

  private Sha256() {}

  /** A digest of nothing yet. */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** What is in an entity tag, without the quotes, for what went into the digest. Ends that. */
  public static String tag(MessageDigest digest) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(digest.digest())
        .substring(0, TAG);
  }
}
