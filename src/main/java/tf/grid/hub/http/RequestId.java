package tf.grid.hub.http;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Identifies a request in its response, the log and the audit log. The id of the request that a
 * thread processes is bound to the thread. Thread-safe.
 */
public final class RequestId {

  /** Header of requests and responses. */
  public static final String HEADER = "X-Request-Id";

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");
  private static final int HEXADECIMAL = 16;
  private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

  private RequestId() {}

  /**
   * Returns the id for a new request.
   *
   * @param sent the header of the request, or null; used if it has up to 64 characters that are
   *     safe in logs
   */
  static String of(String sent) {
    return sent != null && FORM.matcher(sent).matches() ? sent : random();
  }

  /** Returns a new id. */
  public static String random() {
    String digits = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), HEXADECIMAL);
    return "0".repeat(HEXADECIMAL - digits.length()) + digits;
  }

  /** Returns the id of the request that this thread processes. */
  public static Optional<String> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Binds an id to this thread; null removes it. */
  static void bind(String id) {
    if (id == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(id);
    }
  }

  /** Returns work that another thread does for the request of this thread. */
  public static Runnable carried(Runnable work) {
    String id = CURRENT.get();
    if (id == null) {
      return work;
    }
    return () -> {
      CURRENT.set(id);
      try {
        work.run();
      } finally {
        CURRENT.remove();
      }
    };
  }
}
