package tf.grid.hub.space.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import tf.grid.hub.catalogue.name.NamePattern;

/**
 * Says which flists are kept, of those that it is for. It is for the flists whose repository and
 * name match its patterns.
 *
 * @param repositories pattern for names of repositories
 * @param flists pattern for names of flists without suffix
 * @param keeping which of them are kept
 */
public record RetentionRule(NamePattern repositories, NamePattern flists, Keeping keeping) {

  /** Which flists are kept. */
  public sealed interface Keeping permits WhileUsed, Newest {
    /**
     * Selects the flists to keep.
     *
     * @param some those that the rule is for, of one repository
     */
    Set<Candidate> kept(Collection<Candidate> some, Instant now);
  }

  /**
   * Keeps flists for some time after the last download or change.
   *
   * @param time positive
   */
  public record WhileUsed(Duration time) implements Keeping {
    @Override
    public Set<Candidate> kept(Collection<Candidate> some, Instant now) {
      return some.stream()
          .filter(flist -> flist.lastUse().plus(time).isAfter(now))
          .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
      return time.toDays() > 0 && time.equals(Duration.ofDays(time.toDays()))
          ? "P" + time.toDays() + "D"
          : time.toString();
    }
  }

  /**
   * Keeps the flists that changed last.
   *
   * @param count at least 1
   */
  public record Newest(int count) implements Keeping {
    @Override
    public Set<Candidate> kept(Collection<Candidate> some, Instant now) {
      return some.stream()
          .sorted(
              Comparator.comparing(Candidate::changed)
                  .reversed()
                  .thenComparing(flist -> flist.file().toString()))
          .limit(count)
          .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
      return "newest " + count;
    }
  }

  boolean isFor(Candidate flist) {
    return repositories.matches(flist.repository().value())
        && flists.matches(flist.name().withoutSuffix());
  }

  /** The rule as it is configured. */
  @Override
  public String toString() {
    return repositories + "/" + flists + "=" + keeping;
  }
}
