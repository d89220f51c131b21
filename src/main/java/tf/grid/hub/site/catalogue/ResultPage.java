package tf.grid.hub.site.catalogue;

import java.util.List;

/**
 * One page of a long list.
 *
 * @param <T> what is listed
 * @param rows what is on it
 * @param number of the page, from 1
 * @param last number that there is, at least 1
 * @param total of the whole list
 */
public record ResultPage<T>(List<T> rows, int number, int last, int total) {

  /**
   * The page that is asked for, or the nearest one that there is.
   *
   * @param asked a number as text; anything else, null too, stands for the first page
   * @param size rows of a page
   */
  public static <T> ResultPage<T> of(List<T> all, String asked, int size) {
    int last = Math.max(1, (all.size() + size - 1) / size);
    int number = Math.min(last, number(asked));
    int from = (number - 1) * size;
    List<T> rows = List.copyOf(all.subList(from, Math.min(all.size(), from + size)));
    return new ResultPage<>(rows, number, last, all.size());
  }

  private static int number(String asked) {
    return asked != null && asked.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(asked) : 1;
  }

  /** The address of the page before, without its number given; empty if this is the first. */
  public String previous(String address) {
    return number == 1 ? "" : address + "page=" + (number - 1);
  }

  /** The address of the next page, without its number given; empty if this is the last. */
  public String next(String address) {
    return number == last ? "" : address + "page=" + (number + 1);
  }

  /** Where we are. */
  public String text() {
    return "Page " + number + " of " + last;
  }
}
