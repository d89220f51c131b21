package tf.grid.hub.build.tar.header;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.flist.Name;

/**
 * The {@code GNU.sparse.*} records of one file: formats 0.0 (one record per number), 0.1 (all
 * numbers in one record) and 1.0 (the map precedes the data). Not thread-safe.
 */
public final class SparseRecords {
  private final Map<String, byte[]> values = new HashMap<>();
  private final SparseMap.Collected listed = new SparseMap.Collected();

  void put(String key, byte[] value) throws TarException {
    switch (key) {
      case "offset", "numbytes" -> listed.add(TarNumber.decimal(value, "sparse map"));
      case "major", "minor", "name", "realsize", "size", "map" -> values.put(key, value);
      default -> {
        // numblocks is ignored: the map contains the number of regions
      }
    }
  }

  public boolean isEmpty() {
    return values.isEmpty() && listed.isEmpty();
  }

  /**
   * The name of the file. The name in its header is only for programs without support for sparse
   * files.
   */
  public Name name(Name otherwise) {
    byte[] name = values.get("name");
    return name == null ? otherwise : Name.of(name);
  }

  /** Whether the map precedes the data. */
  public boolean mapIsInContent() throws TarException {
    byte[] major = values.get("major");
    if (major == null) {
      return false;
    }
    long version = TarNumber.decimal(major, "sparse version");
    if (version > 1) {
      throw new TarException("the archive has a sparse file in a format that is not known");
    }
    return version == 1;
  }

  /** The size including holes. */
  public long size() throws TarException {
    byte[] size = values.getOrDefault("realsize", values.get("size"));
    if (size == null) {
      throw new TarException("the archive is damaged: a sparse file without its size");
    }
    return TarNumber.decimal(size, "size");
  }

  /** The numbers of the map in formats 0.0 and 0.1. */
  public SparseMap.Collected map() throws TarException {
    byte[] map = values.get("map");
    if (map == null) {
      return listed;
    }
    SparseMap.Collected numbers = new SparseMap.Collected();
    String text = new String(map, StandardCharsets.ISO_8859_1);
    int from = 0;
    while (from < map.length) {
      int comma = text.indexOf(',', from);
      int to = comma < 0 ? map.length : comma;
      numbers.add(TarNumber.decimal(map, from, to, "sparse map"));
      from = to + 1;
    }
    return numbers;
  }
}
