package tf.grid.hub.build.tar.header;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.flist.Name;

/**
 * What a file system knows of an entry besides owner, mode and times, {@code security.capability}
 * above all, as the {@code SCHILY.xattr.} records of PAX headers carry it. Immutable.
 *
 * @param values any bytes, which may be none, by name
 */
public record ExtendedAttributes(SortedMap<String, Name> values) {

  /** What nearly all entries have. */
  public static final ExtendedAttributes NONE = new ExtendedAttributes(new TreeMap<>());

  public ExtendedAttributes {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Bytes of names and values together. */
  public long size() {
    return values.entrySet().stream()
        .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
        .sum();
  }
}
