package tf.grid.hub.catalogue.comparison;

import java.util.Optional;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidPageException;
import tf.grid.hub.flist.diff.Difference;

/**
 * Which differences are asked for.
 *
 * @param after the cursor that the page before gave; empty for the first page
 * @param limit how many, 1 to {@value #MOST}
 * @param times whether entries count of which only the time differs
 */
public record ComparisonPage(Optional<Cursor> after, int limit, boolean times) {

  /** How many there are at most. */
  public static final int MOST = 10_000;

  private static final int USUAL = 1000;

  /**
   * Reads what a request says; null stands for what it does not say.
   *
   * @throws InvalidPageException if that is not usable
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
      // Told below, together with numbers out of range.
    }
    throw new InvalidPageException("limit is not a whole number from 1 to " + MOST);
  }

  boolean counts(Difference difference) {
    return times || !difference.isOfTimeOnly();
  }
}
