package tf.grid.hub.build.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.PaxRecords;
import tf.grid.hub.build.tar.header.SparseMap;
import tf.grid.hub.build.tar.header.SparseRecords;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;
import tf.grid.hub.build.tar.header.TarNumber;
import tf.grid.hub.flist.Name;
import tf.grid.hub.problem.PrintableText;

/**
 * Reads the extension headers of an entry: long names, PAX headers, sparse maps. Their total size
 * per entry is limited. Not thread-safe.
 */
final class ExtensionReader {
  private static final int OLD_SPARSE_PAIR = 24;
  private static final int SHOWN_NAME = 200;

  private final BlockInput in;
  private final int maxBytes;
  private final Consumer<String> warn;
  private final PaxRecords global = new PaxRecords();
  private final byte[] block = new byte[BlockInput.BLOCK];
  private long left;

  ExtensionReader(BlockInput in, int maxBytes, Consumer<String> warn) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.warn = warn;
  }

  /** Starts the next entry, which has no extensions until records for it are read. */
  Extensions none() {
    left = maxBytes;
    return new Extensions(global);
  }

  /**
   * Reads an extension header.
   *
   * @return false if the header is that of the entry itself
   */
  boolean read(TarHeader header, Extensions found) throws IOException {
    switch (header.type()) {
      case 'x', 'X' -> found.pax(payload(header.size()));
      case 'L' -> found.longName(untilZero(payload(header.size())));
      case 'K' -> found.longTarget(untilZero(payload(header.size())));
      case 'g' -> {
        global.add(payload(header.size()));
        global.refuseForAllEntries();
      }
      case 'V' -> in.skip(padded(charged(header.size())));
      case 'A', 'E' -> {
        return solaris(header, found);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Skips metadata of Solaris tar; false for files that only use the same type. */
  private boolean solaris(TarHeader header, Extensions found) throws IOException {
    boolean acl = header.type() == 'A';
    byte[] start = in.peek(0);
    if (acl ? !SolarisMetadata.isAcl(start) : !SolarisMetadata.isAttributeHeader(start)) {
      return false;
    }
    in.skip(padded(charged(header.size())));
    if (!acl) {
      found.solarisAttribute();
    }
    Name of = found.path(header.path(GnuPrefix.IGNORED));
    warn.accept(
        "a Solaris "
            + (acl ? "ACL" : "extended attribute")
            + " was left out, which a flist cannot hold; it belongs to "
            + PrintableText.shortened(of.shared(), SHOWN_NAME));
    return true;
  }

  /** How the content of a file's entry is stored. */
  EntryContent content(TarHeader header, Extensions found) throws IOException {
    long stored = found.size(header);
    SparseRecords sparse = found.records().sparse();
    if (header.type() == 'S' && header.isGnu()) {
      return EntryContent.sparse(stored, oldMap(header).map(header.sparseSize(), stored));
    }
    if (sparse.isEmpty()) {
      return EntryContent.plain(stored);
    }
    long size = sparse.size();
    if (!sparse.mapIsInContent()) {
      return EntryContent.sparse(stored, sparse.map().map(size, stored));
    }
    long before = in.position();
    SparseMap.Collected map = mapInContent(stored);
    long data = stored - (in.position() - before);
    return EntryContent.sparse(data, map.map(size, data));
  }

  /** GNU's old format: pairs in the header and in the blocks after it. */
  private SparseMap.Collected oldMap(TarHeader header) throws IOException {
    SparseMap.Collected map = new SparseMap.Collected();
    pairs(header.sparseField(), 4, map);
    boolean more = header.sparseContinues();
    while (more) {
      mapBlock();
      pairs(block, 21, map);
      more = block[504] != 0;
    }
    return map;
  }

  private static void pairs(byte[] field, int count, SparseMap.Collected map) throws TarException {
    for (int at = 0; at < count * OLD_SPARSE_PAIR && field[at + 12] != 0; at += OLD_SPARSE_PAIR) {
      map.add(TarNumber.field(field, at, 12, "sparse map"));
      map.add(TarNumber.field(field, at + 12, 12, "sparse map"));
    }
  }

  /**
   * Format 1.0: a count and that many pairs, one decimal number per line, padded to whole blocks.
   */
  private SparseMap.Collected mapInContent(long stored) throws IOException {
    SparseMap.Collected map = new SparseMap.Collected();
    ByteArrayOutputStream digits = new ByteArrayOutputStream();
    long wanted = -1;
    long read = 0;
    while (wanted != 0) {
      read += BlockInput.BLOCK;
      if (read > stored) {
        throw new TarException("the archive is damaged: a sparse file's map does not end");
      }
      mapBlock();
      for (int i = 0; i < BlockInput.BLOCK && wanted != 0; i++) {
        if (block[i] != '\n') {
          digits.write(block[i]);
          continue;
        }
        long number = TarNumber.decimal(digits.toByteArray(), "sparse map");
        digits.reset();
        if (wanted < 0) {
          wanted = 2 * number;
        } else {
          map.add(number);
          wanted--;
        }
      }
    }
    return map;
  }

  private void mapBlock() throws IOException {
    charged(BlockInput.BLOCK);
    if (!in.block(block)) {
      throw new TarException("the archive ends early, inside a sparse file's map");
    }
  }

  private byte[] payload(long size) throws IOException {
    byte[] payload = new byte[(int) charged(size)];
    in.fully(payload, 0, payload.length);
    in.skip(padded(size) - size);
    return payload;
  }

  private long charged(long size) throws TarException {
    if (size < 0 || size > left) {
      throw new TarException(
          "the archive has an entry with more than "
              + maxBytes
              + " bytes of names and attributes, a fixed limit");
    }
    left -= size;
    return size;
  }

  private static Name untilZero(byte[] payload) {
    int end = 0;
    while (end < payload.length && payload[end] != 0) {
      end++;
    }
    return Name.of(payload, 0, end);
  }

  static long padded(long size) {
    return (size + BlockInput.BLOCK - 1) & -BlockInput.BLOCK;
  }
}
