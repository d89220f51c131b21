package tf.grid.hub.flist.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tf.grid.hub.flist.FlistRejectedException;

/**
 * Checks the header of an SQLite database (sqlite.org/fileformat2.html, section 1.3) before SQLite
 * opens it, to give clear errors and to prevent SQLite from opening a journal next to it.
 */
final class DatabaseHeader {
  /** Length of the header in bytes. */
  static final int LENGTH = 100;

  /** Offset of the file change counter, four bytes. */
  static final int CHANGE_COUNTER = 24;

  /** Offset of the version-valid-for number, four bytes. */
  static final int VALID_FOR = 92;

  /** Offset of the SQLite version number, four bytes. */
  static final int VERSION = 96;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int PAGE_SIZE = 16;
  private static final int WRITE_VERSION = 18;
  private static final int READ_VERSION = 19;
  private static final int ROLLBACK_JOURNAL = 1;

  private DatabaseHeader() {}

  /** Rejects files that are not a database, are incomplete, or need a write-ahead log. */
  static void check(byte[] start, long size) throws FlistRejectedException {
    if (start.length < LENGTH || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new FlistRejectedException("The flist's database is no SQLite database.");
    }
    if (start[WRITE_VERSION] != ROLLBACK_JOURNAL || start[READ_VERSION] != ROLLBACK_JOURNAL) {
      throw new FlistRejectedException(
          "The flist's database is in write-ahead mode; set its journal mode to DELETE first.");
    }
    int stored = Short.toUnsignedInt(ByteBuffer.wrap(start).getShort(PAGE_SIZE));
    int pageSize = stored == 1 ? 65536 : stored;
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || size % pageSize != 0) {
      throw new FlistRejectedException(
          "The flist's database is damaged: it does not end with a page.");
    }
  }
}
