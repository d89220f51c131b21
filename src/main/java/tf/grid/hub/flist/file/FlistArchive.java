package tf.grid.hub.flist.file;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The archive format of a flist: a gzip-compressed ustar archive with the database as its only
 * entry. Independent of time, machine and user.
 */
final class FlistArchive {
  /** The name of the database in the archive. */
  static final String DATABASE = "flistdb.sqlite3";

  /**
   * Half of a database consists of hashes, which are incompressible; level 1 is three times faster.
   */
  private static final int LEVEL = 1;

  private static final int BUFFER = 64 << 10;
  private static final int MODE = 0100644;

  private FlistArchive() {}

  static void write(DatabaseFile image, OutputStream out) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(LEVEL);
    parameters.setBufferSize(BUFFER);
    GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, parameters);
    TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip);
    tar.putArchiveEntry(entry(image.length()));
    image.copyTo(tar);
    tar.closeArchiveEntry();
    tar.finish();
    gzip.finish();
  }

  private static TarArchiveEntry entry(long size) {
    TarArchiveEntry entry = new TarArchiveEntry(DATABASE);
    entry.setSize(size);
    entry.setMode(MODE);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }
}
