package tf.grid.hub.catalogue.comparison;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidPageException;
import tf.grid.hub.flist.diff.Difference;

/**
 * Parameters of a page of differences.
 *
 * @param after the cursor of the previous page; empty for the first page
 * @param limit maximum number of differences, 1 to {@value #MOST}
 * @param times whether to include entries that differ only in their times
 */
public record ComparisonPage(Optional<Cursor> after, int limit, boolean times) {

  public static final int MOST = 10_000;

  private static final int USUAL = 1000;

  /**
   * Parses the parameters of a request; null for missing ones.
   *
   * @throws InvalidPageException if a parameter is invalid
   */
  public static ComparisonPage parse(String cursor, String limit, String times) {
    return new ComparisonPage(
        Optional.ofNullable(cursor).map(Cursor::parse),
        limit == null ? USUAL : number(limit),
        Boolean.parseBoolean(times));
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like numbers out of range.
    }
    throw new InvalidPageException("limit is not a whole number from 1 to " + MOST);
  }

  boolean counts(Difference difference) {
    return times || !difference.isOfTimeOnly();
  }
}
