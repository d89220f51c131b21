package tf.grid.hub.mirror;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state of the mirror for others: which repositories are official, and since when the hub lags
 * behind its source. Thread-safe.
 */
public final class MirrorStatus {
  private final Optional<URI> source;
  private final Duration tolerance;
  private final Clock clock;
  private final Instant started;
  private volatile Set<String> official = Set.of();
  private volatile State state = State.unknown(Optional.empty());

  /**
   * Begins without knowing anything.
   *
   * @param source the hub that is followed; empty if this hub is no mirror
   * @param tolerance time after the last complete comparison from which this hub lags
   */
  public MirrorStatus(Optional<URI> source, Duration tolerance, Clock clock) {
    this.source = source;
    this.tolerance = tolerance;
    this.clock = clock;
    this.started = clock.instant();
  }

  /**
   * What is known.
   *
   * @param current the time as of which this hub is equal to its source
   * @param failure why the last run failed; empty if it did not
   * @param took duration of the last complete run since the start of the process
   * @param running whether a run is in progress
   * @param problems entries that could not be copied, with reasons; a limited number
   * @param problemCount number of repositories with such entries
   */
  private record State(
      Optional<Instant> current,
      Optional<String> failure,
      Duration took,
      boolean running,
      List<String> problems,
      int problemCount) {
    State {
      problems = List.copyOf(problems);
    }

    static State unknown(Optional<Instant> current) {
      return new State(current, Optional.empty(), Duration.ZERO, false, List.of(), 0);
    }

    State with(Optional<String> reason, boolean runs) {
      return new State(current, reason, took, runs, problems, problemCount);
    }
  }

  /** The hub that is followed; empty if this hub is no mirror. */
  public Optional<URI> source() {
    return source;
  }

  /** Repositories that the source marks as official. */
  public Set<String> official() {
    return official;
  }

  /** The time as of which this hub is equal to its source; empty if it never was. */
  public Optional<Instant> current() {
    return state.current();
  }

  /** Why the last run failed, for administrators; empty if it did not. */
  public Optional<String> failure() {
    return state.failure();
  }

  /** Entries that could not be copied, with reasons; a limited number. */
  public List<String> problems() {
    return state.problems();
  }

  /** How long ago this hub was last equal to its source; zero if it is no mirror. */
  public Duration lag() {
    return source.isEmpty()
        ? Duration.ZERO
        : Duration.between(current().orElse(started), clock.instant());
  }

  /** Duration of the last complete comparison since the start of the process; zero before it. */
  public Duration took() {
    return state.took();
  }

  /** Number of repositories with entries that could not be copied. */
  public int problemCount() {
    return state.problemCount();
  }

  /**
   * Since when the hub lags behind its source, for everyone; empty if the last run was complete and
   * not long ago, or this hub is no mirror.
   */
  public Optional<String> complaint() {
    boolean equal =
        state.failure().isEmpty() && current().isPresent() && lag().compareTo(tolerance) <= 0;
    if (source.isEmpty() || equal) {
      return Optional.empty();
    }
    return Optional.of(
        current()
            .map(at -> "lags behind its source since " + at)
            .orElse("has never been equal to its source"));
  }

  /** The state for administrators. */
  public JsonObject json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    source.ifPresent(from -> json.add("source", from.toString()));
    State now = state;
    json.add("running", now.running()).add("lagging", complaint().isPresent());
    now.current().ifPresent(at -> json.add("current", at.toString()));
    if (!now.took().isZero()) {
      json.add("millis", now.took().toMillis());
    }
    now.failure().ifPresent(why -> json.add("failure", why));
    JsonArrayBuilder problems = Json.createArrayBuilder();
    now.problems().forEach(problems::add);
    return json.add("problems", problems).build();
  }

  void known(Optional<Instant> current, Set<String> marks) {
    official = marks;
    state = State.unknown(current);
  }

  void begun() {
    state = state.with(state.failure(), true);
  }

  void marked(Set<String> marks) {
    official = marks;
  }

  void completed(Instant at, Duration took, List<String> problems, int count) {
    state = new State(Optional.of(at), Optional.empty(), took, false, problems, count);
  }

  void failed(String why) {
    state = state.with(Optional.of(why), false);
  }
}
