package tf.grid.hub.build.tar;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** What an archive is wrapped in, told by its first bytes. */
public final class Compression {
  private static final int LONGEST_MARK = 6;

  private Compression() {}

  /**
   * The archive's plain bytes. Closing the result frees its buffers; the given stream stays open.
   *
   * @throws TarException when there is nothing, or it is packed with something else than gzip
   */
  public static InputStream unpack(InputStream archive) throws IOException {
    byte[] start = archive.readNBytes(LONGEST_MARK);
    if (start.length == 0) {
      throw new TarException("the archive is empty: not a single byte arrived");
    }
    InputStream whole =
        new SequenceInputStream(new ByteArrayInputStream(start), new Unclosed(archive));
    if (begins(start, 0x1F, 0x8B)) {
      return new GunzipStream(whole);
    }
    refuseOthers(start);
    return whole;
  }

  private static void refuseOthers(byte[] start) throws TarException {
    refuse(start, "xz", 0xFD, '7', 'z', 'X', 'Z', 0);
    refuse(start, "bzip2", 'B', 'Z', 'h');
    refuse(start, "zstd", 0x28, 0xB5, 0x2F, 0xFD);
    refuse(start, "zip", 'P', 'K', 3, 4);
  }

  private static void refuse(byte[] start, String format, int... mark) throws TarException {
    if (begins(start, mark)) {
      throw new TarException("the archive is packed with " + format + "; send it as .tar.gz");
    }
  }

  private static boolean begins(byte[] start, int... mark) {
    if (start.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((start[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Keeps the sender's stream open: whoever opened it closes it. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // not ours
    }
  }
}
