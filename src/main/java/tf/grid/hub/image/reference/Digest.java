package tf.grid.hub.image.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A content digest in the format of the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">OCI image
 * specification</a>.
 *
 * @param algorithm the hash algorithm
 * @param hex the hash in lower-case hexadecimal digits
 */
public record Digest(Algorithm algorithm, String hex) {

  /** The algorithms registered in the specification. */
  public enum Algorithm {
    SHA256("SHA-256", 64),
    SHA512("SHA-512", 128);

    private final String javaName;
    private final int digits;

    Algorithm(String javaName, int digits) {
      this.javaName = javaName;
      this.digits = digits;
    }

    /** Creates a computation; not thread-safe. */
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
   * Validates the digits.
   *
   * @throws InvalidReferenceException if their number is wrong or there are other characters
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
   * Parses a digest, such as {@code sha256:} and 64 digits.
   *
   * @throws InvalidReferenceException if it is malformed or the algorithm is unknown
   */
  public static Digest parse(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      if (text.startsWith(algorithm.prefix())) {
        return new Digest(algorithm, text.substring(algorithm.prefix().length()));
      }
    }
    throw new InvalidReferenceException("a digest begins with sha256: or sha512:");
  }

  /** Computes the SHA-256 digest of content. */
  public static Digest of(byte[] content) {
    return finished(Algorithm.SHA256, Algorithm.SHA256.computation().digest(content));
  }

  /** Creates a digest from a computed hash. */
  public static Digest finished(Algorithm algorithm, byte[] hash) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash));
  }

  /** Whether content has this digest. */
  public boolean matches(byte[] content) {
    return finished(algorithm, algorithm.computation().digest(content)).equals(this);
  }

  /** Returns the form accepted by {@link #parse}. */
  @Override
  public String toString() {
    return algorithm.prefix() + hex;
  }
}
