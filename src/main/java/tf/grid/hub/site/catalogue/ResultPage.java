package tf.grid.hub.site.catalogue;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a long list.
 *
 * @param <T> type of the rows
 * @param rows of this page
 * @param number of the page, from 1
 * @param last number of the last page, at least 1
 * @param total number of rows in the list
 */
public record ResultPage<T>(List<T> rows, int number, int last, int total) {

  /**
   * Returns the requested page, or the nearest existing one.
   *
   * @param requested the page number as text; the first page if it is invalid or null
   * @param size rows per page
   */
  public static <T> ResultPage<T> of(List<T> all, String requested, int size) {
    int last = Math.max(1, (all.size() + size - 1) / size);
    int number = Math.min(last, number(requested));
    int from = (number - 1) * size;
    List<T> rows = List.copyOf(all.subList(from, Math.min(all.size(), from + size)));
    return new ResultPage<>(rows, number, last, all.size());
  }

  /** The same page with other rows. */
  public <R> ResultPage<R> map(Function<T, R> change) {
    return new ResultPage<>(rows.stream().map(change).toList(), number, last, total);
  }

  private static int number(String requested) {
    return requested != null && requested.matches("[1-9][0-9]{0,8}")
        ? Integer.parseInt(requested)
        : 1;
  }

  /**
   * The URL of the previous page; empty for the first page.
   *
   * @param address URL without the page number
   */
  public String previous(String address) {
    return number == 1 ? "" : address + "page=" + (number - 1);
  }

  /**
   * The URL of the next page; empty for the last page.
   *
   * @param address URL without the page number
   */
  public String next(String address) {
    return number == last ? "" : address + "page=" + (number + 1);
  }
}
