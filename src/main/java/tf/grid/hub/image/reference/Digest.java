package tf.grid.hub.image.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a piece of content hashes to, which is also its name. Form: <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">OCI image
 * specification</a>.
 *
 * @param algorithm how it is computed
 * @param hex the hash in lower-case hexadecimal digits
 */
public record Digest(Algorithm algorithm, String hex) {

  /** The registered algorithms. */
  public enum Algorithm {
    /** The one that everyone uses. */
    SHA256("SHA-256", 64),
    /** Allowed, and rare. */
    SHA512("SHA-512", 128);

    private final String javaName;
    private final int digits;

    Algorithm(String javaName, int digits) {
      this.javaName = javaName;
      this.digits = digits;
    }

    /** A new computation, for one thread. */
    public MessageDigest computation() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java runtime has " + javaName, e);
      }
    }

    private String prefix() {
      return name().toLowerCase(Locale.ROOT) + ":";
    }
  }

  /**
   * Checks the digits.
   *
   * @throws InvalidReferenceException if there are too few, too many or others
   */
  public Digest {
    if (hex.length() != algorithm.digits || !hex.chars().allMatch(Digest::isDigit)) {
      throw new InvalidReferenceException(
          "a digest with "
              + algorithm.prefix()
              + " has "
              + algorithm.digits
              + " digits of 0-9 and a-f");
    }
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /**
   * The digest that a text is, such as {@code sha256:} and 64 digits.
   *
   * @throws InvalidReferenceException if it is none, or of an algorithm that is not known
   */
  public static Digest parse(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      if (text.startsWith(algorithm.prefix())) {
        return new Digest(algorithm, text.substring(algorithm.prefix().length()));
      }
    }
    throw new InvalidReferenceException("a digest begins with sha256: or sha512:");
  }

  /** The digest by SHA-256 of some content. */
  public static Digest of(byte[] content) {
    return finished(Algorithm.SHA256, Algorithm.SHA256.computation().digest(content));
  }

  /** The digest that a computation came to. */
  public static Digest finished(Algorithm algorithm, byte[] hash) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash));
  }

  /** Whether the content has this digest. */
  public boolean matches(byte[] content) {
    return finished(algorithm, algorithm.computation().digest(content)).equals(this);
  }

  /** The text that {@link #parse} takes. */
  @Override
  public String toString() {
    return algorithm.prefix() + hex;
  }
}
