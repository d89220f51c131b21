package tf.grid.hub.build.compression;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.TarException;

/** What an archive is wrapped in, told by its first bytes. */
public final class Compression {
  private static final int LONGEST_MARK = 6;
  private static final int BUFFER = 64 << 10;

  private Compression() {}

  /**
   * The archive's plain bytes. Closing the result frees its buffers; the given stream stays open.
   *
   * @throws TarException when there is nothing, or it is packed with something unknown
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
    if (begins(start, 0xFD, '7', 'z', 'X', 'Z', 0)) {
      return DecompressorStream.xz(new BufferedInputStream(whole, BUFFER));
    }
    if (begins(start, 'B', 'Z', 'h')) {
      return DecompressorStream.bzip2(new BufferedInputStream(whole, BUFFER));
    }
    if (isZstd(start)) {
      return DecompressorStream.zstd(whole);
    }
    if (begins(start, 'P', 'K', 3, 4)) {
      throw new TarException("the archive is packed with zip; send it as .tar.gz");
    }
    return new Plain(whole);
  }

  /** How a reader of an unpacked stream knows that the archive is whole. */
  public static TarEnd end(InputStream unpacked) {
    return unpacked instanceof Plain ? TarEnd.MARKED : TarEnd.PROVEN;
  }

  /** Some writers begin with a frame that decoders skip; sixteen numbers mark those. */
  private static boolean isZstd(byte[] start) {
    boolean skippable =
        start.length >= 4
            && (start[0] & 0xF0) == 0x50
            && start[1] == 0x2A
            && start[2] == 0x4D
            && start[3] == 0x18;
    return skippable || begins(start, 0x28, 0xB5, 0x2F, 0xFD);
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

  /** An archive that came without packing, whose end nothing but its mark proves. */
  private static final class Plain extends FilterInputStream {
    Plain(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, length);
    }
  }

  /** Leaves the underlying stream open; its owner closes it. */
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
