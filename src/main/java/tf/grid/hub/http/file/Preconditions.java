package tf.grid.hub.http.file;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Evaluates the conditions of a request in the order of RFC 9110 section 13.2.2.
 *
 * @param tag the strong entity tag of the representation, quoted
 * @param modified the time of its last change in Unix seconds; empty if that is not known
 */
record Preconditions(String tag, OptionalLong modified) {

  private static final int NOT_MODIFIED = 304;
  private static final int PRECONDITION_FAILED = 412;

  /** The status to answer with, 304 or 412; empty if the representation may be sent. */
  OptionalInt refuse(Function<String, Optional<String>> headers) {
    Optional<String> ifMatch = headers.apply("If-Match");
    boolean failed =
        ifMatch.isPresent()
            ? !EntityTags.matchStrongly(ifMatch.get(), tag)
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
            ? EntityTags.matchWeakly(ifNoneMatch.get(), tag)
            : headers
                .apply("If-Modified-Since")
                .flatMap(HttpDate::parse)
                .filter(time -> modified.orElse(Long.MAX_VALUE) <= time)
                .isPresent();
    return known ? OptionalInt.of(NOT_MODIFIED) : OptionalInt.empty();
  }

  /** Whether a range may be sent: {@code If-Range} is absent or names this representation. */
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
}
