package tf.grid.hub.http.file;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Decides on conditional requests, in the order of RFC 9110 section 13.2.2.
 *
 * @param tag the entity tag of what would be sent, quoted, strong
 * @param modified its time of change, Unix seconds; empty if that is not known
 */
record Preconditions(String tag, OptionalLong modified) {

  private static final int NOT_MODIFIED = 304;
  private static final int PRECONDITION_FAILED = 412;

  /** The status to answer with instead of sending; empty if nothing is in the way. */
  OptionalInt refuse(Function<String, Optional<String>> headers) {
    Optional<String> ifMatch = headers.apply("If-Match");
    boolean failed =
        ifMatch.isPresent()
            ? !matches(ifMatch.get(), false)
            : headers
                .apply("If-Unmodified-Since")
                .flatMap(HttpDate::parse)
                .filter(time -> modified.orElse(Long.MIN_VALUE) > time)
                .isPresent();
    if (failed) {
      return OptionalInt.of(PRECONDITION_FAILED);
    }
    Optional<String> ifNoneMatch = headers.apply("If-None-Match");
    boolean known =
        ifNoneMatch.isPresent()
            ? matches(ifNoneMatch.get(), true)
            : headers
                .apply("If-Modified-Since")
                .flatMap(HttpDate::parse)
                .filter(time -> modified.orElse(Long.MAX_VALUE) <= time)
                .isPresent();
    return known ? OptionalInt.of(NOT_MODIFIED) : OptionalInt.empty();
  }

  /** Whether a range may be sent: the client's first part is of the same file. */
  boolean allowRange(Function<String, Optional<String>> headers) {
    return headers
        .apply("If-Range")
        .map(
            condition ->
                condition.equals(tag)
                    || HttpDate.parse(condition)
                        .map(OptionalLong::of)
                        .filter(modified::equals)
                        .isPresent())
        .orElse(true);
  }

  /** A list of tags; weak ones count only where the bytes need not be the same. */
  private boolean matches(String list, boolean weakly) {
    return list.strip().equals("*")
        || Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .map(one -> weakly && one.startsWith("W/") ? one.substring(2) : one)
            .anyMatch(tag::equals);
  }
}
