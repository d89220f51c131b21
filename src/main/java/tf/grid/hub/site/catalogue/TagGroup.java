package tf.grid.hub.site.catalogue;

import java.util.List;

/**
 * A tag, or a link to one, with the first of its entries. Immutable.
 *
 * @param row the tag itself
 * @param first its first entries
 * @param total number of its entries
 */
public record TagGroup(EntryRow row, List<EntryRow> first, int total) {

  static final int SHOWN = 5;

  /** Keeps a copy. */
  public TagGroup {
    first = List.copyOf(first);
  }

  /** Number of entries that are not shown. */
  public int more() {
    return total - first.size();
  }
}
