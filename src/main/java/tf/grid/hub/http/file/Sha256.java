package tf.grid.hub.http.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** SHA-256 digests and entity tags. */
public final class Sha256 {

  /** Length of an entity tag in characters: 132 bits, enough to exclude collisions. */
  private static final int TAG = 22;

  private Sha256() {}

  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns an entity tag, without quotes, for the digested data, and resets the digest. */
  public static String tag(MessageDigest digest) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(digest.digest())
        .substring(0, TAG);
  }
}
