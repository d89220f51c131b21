package tf.grid.hub.wiring;

import java.util.Optional;
import tf.grid.hub.mirror.Mirror;

/**
 * The mirror of this hub.
 *
 * @param mirror empty if this hub follows no other one
 */
public record RunningMirror(Optional<Mirror> mirror) {
  public void start() {
    mirror.ifPresent(Mirror::start);
  }
}
