package tf.grid.hub.image.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts who uses an image that the engine has, so that the last one removes what the first one
 * brought. Threads may share it.
 */
final class Guests {

  private final Map<String, Stay> stays = new HashMap<>();

  /**
   * How an image is used.
   *
   * @param users how many
   * @param own whether the engine had it before the first came
   */
  private record Stay(int users, boolean own) {}

  /** One more uses an image, which the engine has already or not. */
  synchronized void arrive(String name, boolean present) {
    stays.merge(name, new Stay(1, present), (old, first) -> new Stay(old.users() + 1, old.own()));
  }

  /** One less uses it; whether it is to be removed. */
  synchronized boolean leave(String name) {
    Stay left =
        stays.compute(
            name, (key, stay) -> new Stay(stay == null ? 0 : stay.users() - 1, isOwn(stay)));
    if (left.users() > 0) {
      return false;
    }
    stays.remove(name);
    return !left.own();
  }

  private static boolean isOwn(Stay stay) {
    return stay == null || stay.own();
  }
}
