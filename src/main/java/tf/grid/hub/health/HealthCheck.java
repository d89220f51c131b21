package tf.grid.hub.health;

/**
 * A condition that the hub needs to serve all requests.
 *
 * @param name identifies the check in responses
 * @param complaint what a failure means, for everyone; without paths and addresses, which only the
 *     log has
 * @param probe tests the condition
 */
public record HealthCheck(String name, String complaint, Probe probe) {

  /** Tests a condition. It is never run by two threads at once, and may block. */
  @FunctionalInterface
  public interface Probe {

    /** Returns if the condition holds; any exception means that it does not. */
    void run() throws Exception;
  }
}
