package tf.grid.hub.catalogue.postgresql.background;

import java.time.Duration;

/**
 * Times of the protocol. Those of the database are measured by its own clock.
 *
 * @param hub the name of this hub for administrators
 * @param grace how long a chunk must have been found unused before it is deleted
 * @param claimLife how old a claim may be when the request to delete its chunks is sent, by the
 *     clock of the hub
 * @param claimDead how old a claim must be for its chunks to be stored again, by the clock of the
 *     database: longer than a claim lives and a request lasts
 * @param patience how long a hub waits for a chunk that is being deleted
 * @param silence after which the turn of another hub is taken over
 */
public record GroupSettings(
    String hub,
    Duration grace,
    Duration claimLife,
    Duration claimDead,
    Duration patience,
    Duration silence) {

  /** The settings of a hub: a request to a store lasts at most 20 s with its repetitions. */
  public static GroupSettings of(String hub, Duration grace) {
    return new GroupSettings(
        hub,
        grace,
        Duration.ofSeconds(5),
        Duration.ofMinutes(2),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1));
  }
}
