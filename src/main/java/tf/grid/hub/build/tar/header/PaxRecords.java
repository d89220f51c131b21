package tf.grid.hub.build.tar.header;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.flist.Name;

/**
 * The records of PAX extended headers (POSIX.1-2001) that are relevant for a flist, with values as
 * bytes. A later record replaces an earlier one; an empty value removes it. Not thread-safe.
 */
public final class PaxRecords {
  private static final String SPARSE = "GNU.sparse.";
  private static final String ATTRIBUTE = "SCHILY.xattr.";
  private static final Set<String> USED =
      Set.of(
          "path",
          "linkpath",
          "size",
          "uid",
          "gid",
          "uname",
          "gname",
          "mtime",
          "SCHILY.devmajor",
          "SCHILY.devminor");

  private final Map<String, byte[]> values;
  private final SparseRecords sparse = new SparseRecords();

  public PaxRecords() {
    this.values = new HashMap<>();
  }

  /** Starts with the records of global headers. */
  public PaxRecords(PaxRecords global) {
    this.values = new HashMap<>(global.values);
  }

  /**
   * Adds the records of one header.
   *
   * @throws TarException if their lengths or format are invalid
   */
  public void add(byte[] header) throws TarException {
    int next = 0;
    while (next < header.length && header[next] != 0) {
      next = record(header, next);
    }
  }

  /** One record: its own length in decimal, a space, key, {@code =}, value and a line feed. */
  private int record(byte[] header, int start) throws TarException {
    int space = indexOf(header, ' ', start, header.length);
    long length = TarNumber.decimal(header, start, space, "PAX record length");
    if (length > header.length - start || start + length < space + 3) {
      throw new TarException("the archive is damaged: a PAX record lies about its length");
    }
    int end = (int) (start + length) - 1;
    int equals = indexOf(header, '=', space + 1, end);
    if (header[end] != '\n' || equals == space + 1) {
      throw new TarException("the archive is damaged: a PAX record is malformed");
    }
    String key = new String(header, space + 1, equals - space - 1, StandardCharsets.UTF_8);
    put(key, Name.of(header, equals + 1, end).bytes());
    return end + 1;
  }

  private void put(String key, byte[] value) throws TarException {
    if (key.startsWith(SPARSE)) {
      sparse.put(key.substring(SPARSE.length()), value);
    } else if (key.startsWith(ATTRIBUTE)) {
      // An extended attribute may have an empty value.
      values.put(key, value);
    } else if (value.length == 0) {
      values.remove(key);
    } else if (USED.contains(key)) {
      values.put(key, value);
    }
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) throws TarException {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new TarException("the archive is damaged: a PAX record is malformed");
  }

  /** Rejects a global header that sets the same name or size for all following entries. */
  public void refuseForAllEntries() throws TarException {
    if (!sparse.isEmpty()
        || values.containsKey("path")
        || values.containsKey("linkpath")
        || values.containsKey("size")) {
      throw new TarException("a global PAX header gives all entries the same name or size");
    }
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  public Name name(String key, Name otherwise) {
    byte[] value = values.get(key);
    return value == null ? otherwise : Name.of(value);
  }

  /** A non-negative integer, or null. */
  public Long number(String key) throws TarException {
    byte[] value = values.get(key);
    return value == null ? null : TarNumber.decimal(value, key);
  }

  /** An integer, or null. */
  public Long signed(String key) throws TarException {
    byte[] value = values.get(key);
    return value == null ? null : TarNumber.signed(value, key);
  }

  /** The raw value, or null. */
  public byte[] value(String key) {
    return values.get(key);
  }

  /** Extended attributes, by name. */
  public ExtendedAttributes attributes() {
    SortedMap<String, Name> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(ATTRIBUTE) && key.length() > ATTRIBUTE.length()) {
            found.put(key.substring(ATTRIBUTE.length()), Name.of(value));
          }
        });
    return found.isEmpty() ? ExtendedAttributes.NONE : new ExtendedAttributes(found);
  }

  public SparseRecords sparse() {
    return sparse;
  }
}
