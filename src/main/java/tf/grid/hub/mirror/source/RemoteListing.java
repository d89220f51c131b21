package tf.grid.hub.mirror.source;

import java.util.List;
import java.util.Optional;

/**
 * A listing of another hub at one moment.
 *
 * @param items without those that no hub could have
 * @param tag the entity tag; empty if that hub does not send any
 * @param time when it was sent, Unix seconds of that hub
 * @param ignored number of items with names or types that are invalid here
 */
public record RemoteListing<T>(List<T> items, Optional<String> tag, long time, int ignored) {

  /** Seconds after which a change moves the times in a listing, with a margin. */
  private static final long SETTLED_SECONDS = 3;

  public RemoteListing {
    items = List.copyOf(items);
  }

  /**
   * Whether everything that happened in a second is in this listing. Times have a resolution of a
   * second, so a later change in the same second would not move them.
   */
  public boolean settles(long second) {
    return second + SETTLED_SECONDS < time;
  }
}
