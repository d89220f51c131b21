package tf.grid.hub.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.file.FlistReader;

/** Flists, and databases that are put into a flist first. */
final class FlistTarget implements FuzzTarget {
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(US_ASCII);
  private static final Path WORK = Path.of("target");

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] flist : Seeds.files("vectors/flists", ".flist")) {
      seeds.add(flist);
      byte[] archive = Seeds.unpacked(flist);
      seeds.add(archive);
      int start =
          new String(archive, java.nio.charset.StandardCharsets.ISO_8859_1)
              .indexOf("SQLite format");
      if (start > 0) {
        seeds.add(Arrays.copyOfRange(archive, start, archive.length - 1024));
      }
    }
    return seeds;
  }

  @Override
  public void read(byte[] input) throws IOException {
    byte[] flist = Arrays.mismatch(input, SQLITE) == SQLITE.length ? archive(input) : input;
    try (FlistReader reader =
        FlistReader.open(new ByteArrayInputStream(flist), WORK, FlistLimits.DEFAULT)) {
      reader.metadata();
      reader.walk((path, node) -> path.key());
    } catch (FlistRejectedException refused) {
      Seeds.checkMessage(refused);
    }
  }

  private static byte[] archive(byte[] database) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new Stored(packed)) {
      out.write(new TarBytes().file("flistdb.sqlite3", database).tar());
    }
    return packed.toByteArray();
  }

  /** Compression would only take time. */
  private static final class Stored extends GZIPOutputStream {
    Stored(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }
}
