package tf.grid.hub.build.tar.header;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.flist.Name;

/**
 * Extended attributes of an entry, such as {@code security.capability}, from the {@code
 * SCHILY.xattr.} records of PAX headers. Immutable.
 *
 * @param values values by name; any bytes, possibly empty
 */
public record ExtendedAttributes(SortedMap<String, Name> values) {

  /** No attributes, as for nearly all entries. */
  public static final ExtendedAttributes NONE = new ExtendedAttributes(new TreeMap<>());

  public ExtendedAttributes {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Whether there are no attributes. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Total bytes of names and values. */
  public long size() {
    return values.entrySet().stream()
        .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
        .sum();
  }
}
