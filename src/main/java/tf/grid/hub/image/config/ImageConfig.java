package tf.grid.hub.image.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * The configuration of an image. Immutable.
 *
 * @param platform its platform; {@link Platform#DEFAULT} if not specified
 * @param created creation time, if specified
 * @param entrypoint the program with its first arguments; may be empty
 * @param command further arguments, or the program if there is no entry point
 * @param environment variables in the order of the image
 * @param workingDirectory working directory of the program; empty for the root
 * @param user name or number, with optional group; may be empty
 * @param labels by name
 * @param ports exposed ports, such as {@code 80/tcp}
 * @param volumes paths to be mounted
 * @param layers SHA-256 of each uncompressed layer, lowest first; empty if unknown
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

  /** Creation time in Unix seconds; 0 if unknown. */
  long createdSeconds() {
    long seconds = created.map(Instant::getEpochSecond).orElse(0L);
    return Math.max(0, Math.min(0xFFFF_FFFFL, seconds));
  }
}
