package tf.grid.hub.job;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The identifier of a job. Anyone who knows it can watch the job, so it must not be guessable.
 *
 * @param value 32 lower-case hexadecimal digits: 128 random bits
 */
public record JobId(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  public JobId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a job's id has 32 hexadecimal digits");
    }
  }

  /** Parses an id sent by a client; empty if it is invalid. */
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
