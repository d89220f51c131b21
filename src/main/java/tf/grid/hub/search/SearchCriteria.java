package tf.grid.hub.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tf.grid.hub.search.name.NameMatch.Kind;

/**
 * A query and what its results are restricted to. Immutable.
 *
 * @param text what names or paths contain
 * @param kind only results of this kind
 * @param repository only results in this repository
 * @param official only official repositories
 * @param size only flists with content of this size
 * @param changed only results that changed in this time
 */
public record SearchCriteria(
    String text,
    Optional<Kind> kind,
    Optional<String> repository,
    boolean official,
    Optional<ContentSize> size,
    Optional<Age> changed) {

  /** The form of a constant in URLs and JSON: in lower case, with hyphens. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of a word; empty if there is none. */
  public static <E extends Enum<E>> Optional<E> constant(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst();
  }

  /** Ranges of the size of all files of a flist. */
  public enum ContentSize {
    UNDER_10_MB(10_000_000),
    UNDER_100_MB(100_000_000),
    UNDER_1_GB(1_000_000_000),
    OVER_1_GB(Long.MAX_VALUE);

    private final long below;

    ContentSize(long below) {
      this.below = below;
    }

    /** The first range that is not below a number of bytes. */
    static ContentSize of(long bytes) {
      return Arrays.stream(values())
          .filter(range -> bytes < range.below)
          .findFirst()
          .orElse(OVER_1_GB);
    }
  }

  /** Times since a change. */
  public enum Age {
    DAY(1),
    WEEK(7),
    MONTH(30),
    YEAR(365);

    private static final long DAY_SECONDS = 86_400;

    private final long seconds;

    Age(int days) {
      this.seconds = days * DAY_SECONDS;
    }

    /** Whether a time is within this time before another, both in Unix seconds. */
    boolean includes(long time, long now) {
      return now - time <= seconds;
    }
  }
}
