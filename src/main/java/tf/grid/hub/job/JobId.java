package tf.grid.hub.job;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The handle of a job. Whoever knows it may watch the job, so it cannot be guessed.
 *
 * @param value 32 hexadecimal digits in lower case: 128 random bits
 */
public record JobId(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Checks the form. */
  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a job's id has 32 hexadecimal digits");
    }
  }

  /** The id of a text that somebody sent; empty when no job can be called so. */
  public static Optional<JobId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new JobId(text)) : Optional.empty();
  }

  static JobId random() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return new JobId(HexFormat.of().formatHex(bits));
  }

  @Override
  public String toString() {
    return value;
  }
}
