package tf.grid.hub.http.file;

import java.util.List;
import java.util.stream.Stream;

/**
 * Compares entity tags with the list in a condition of a request, as RFC 9110 section 8.8.3.2 says.
 * Tags are quoted and strong; the list may be {@code *}.
 */
public final class EntityTags {

  private static final String WEAK = "W/";

  private EntityTags() {}

  /** The comparison for {@code If-Match}: a weak tag in the list matches nothing. */
  static boolean matchStrongly(String list, String tag) {
    return isWildcard(list) || listed(list).anyMatch(tag::equals);
  }

  /**
   * The comparison for {@code If-None-Match}.
   *
   * @param tags of the representations of which any will do
   */
  public static boolean matchWeakly(String list, String... tags) {
    return isWildcard(list)
        || listed(list)
            .map(tag -> tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag)
            .anyMatch(List.of(tags)::contains);
  }

  private static boolean isWildcard(String list) {
    return list.strip().equals("*");
  }

  private static Stream<String> listed(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip);
  }
}
