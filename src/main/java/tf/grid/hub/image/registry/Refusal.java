package tf.grid.hub.image.registry;

import java.time.Duration;
import java.util.Optional;
import tf.grid.hub.image.net.HttpReply;
import tf.grid.hub.image.net.Origin;
import tf.grid.hub.image.pull.AccessDenied;
import tf.grid.hub.image.pull.ImageNotFound;
import tf.grid.hub.image.pull.PullFailure;
import tf.grid.hub.image.pull.SourceUnreachable;
import tf.grid.hub.image.pull.TooManyPulls;

/** Says in our words what a registry says by a status code. Stateless. */
final class Refusal {

  private static final long LONGEST_PAUSE = Duration.ofDays(1).toSeconds();

  private Refusal() {}

  /**
   * What an answer other than success means.
   *
   * @param what was asked for, such as "the image x"
   * @param from who answered
   * @param named whether credentials were sent
   */
  static PullFailure of(HttpReply reply, String what, Origin from, boolean named) {
    int status = reply.status();
    return switch (status) {
      case 401, 403 ->
          new AccessDenied(
              named
                  ? from + " refuses " + what + " to these credentials"
                  : what + " does not exist at " + from + ", or needs credentials");
      case 404 -> new ImageNotFound(from + " does not have " + what);
      case 429 ->
          new TooManyPulls(from + " grants no more pulls for now: try again later", pause(reply));
      default -> new SourceUnreachable(from + " answered " + status + " for " + what);
    };
  }

  /** Seconds only: registries send no dates here. */
  private static Optional<Duration> pause(HttpReply reply) {
    return reply
        .header("Retry-After")
        .filter(text -> text.matches("\\d{1,9}"))
        .map(text -> Duration.ofSeconds(Math.min(LONGEST_PAUSE, Long.parseLong(text))));
  }
}
