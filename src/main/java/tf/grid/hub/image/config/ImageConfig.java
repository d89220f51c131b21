package tf.grid.hub.image.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * The configuration of one image. Immutable.
 *
 * @param platform what it is for; {@link Platform#DEFAULT} where the image says nothing
 * @param created when it was made, if it says so
 * @param entrypoint the program to start, with its first arguments; may be empty
 * @param command further arguments, or the program where there is no entry point
 * @param environment variables in the order of the image
 * @param workingDirectory where the program starts; empty for the root
 * @param user who it runs as: name or number, with or without a group; may be empty
 * @param labels free texts
 * @param ports what it listens on, such as {@code 80/tcp}
 * @param volumes paths that are meant to be mounted
 * @param layers SHA-256 of each layer's plain archive, the lowest first; empty where unknown
 */
public record ImageConfig(
    Platform platform,
    Optional<Instant> created,
    List<String> entrypoint,
    List<String> command,
    Map<String, String> environment,
    String workingDirectory,
    String user,
    Map<String, String> labels,
    List<String> ports,
    List<String> volumes,
    List<Digest> layers) {

  /** Unix seconds of its making, as flists have them; 0 where unknown. */
  long createdSeconds() {
    long seconds = created.map(Instant::getEpochSecond).orElse(0L);
    return Math.max(0, Math.min(0xFFFF_FFFFL, seconds));
  }
}
