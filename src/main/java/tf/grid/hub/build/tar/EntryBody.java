package tf.grid.hub.build.tar;

import java.io.IOException;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;

/**
 * Tells whether an entry whose type says little about it has a body. Old writers noted a size for
 * directories and hard links without writing any content, POSIX.1-2001 allows hard links to bring
 * it ({@code pax -o linkdata}); only what follows the header tells them apart. Not thread-safe.
 */
final class EntryBody {
  private final BlockInput in;

  EntryBody(BlockInput in) {
    this.in = in;
  }

  /** Whether content follows the header that was read last. */
  boolean follows(TarHeader header, Extensions found) throws IOException {
    long size = size(header, found);
    if (size <= 0) {
      return false;
    }
    byte[] near = in.peek(0);
    if (!isHeader(near)) {
      return near.length == BlockInput.BLOCK && !isEndMark(near);
    }
    // A body may be an archive itself: then a header stands behind it, too.
    return found.hasPax() && header.type() == '1' && isHeaderOrEnd(in.peek(padded(size)));
  }

  /** A size that is no number is none: of most links nobody reads it. */
  private static long size(TarHeader header, Extensions found) {
    try {
      return found.size(header);
    } catch (TarException notUsed) {
      return 0;
    }
  }

  /** What is too far to see is taken for one, as POSIX and bsdtar say of PAX archives. */
  private static boolean isHeaderOrEnd(byte[] far) {
    return far == null || isHeader(far) || (far.length == BlockInput.BLOCK && isEndMark(far));
  }

  private static boolean isHeader(byte[] ahead) {
    return ahead.length == BlockInput.BLOCK && new TarHeader(ahead).isPlausible();
  }

  private static boolean isEndMark(byte[] ahead) {
    return new TarHeader(ahead).isZero();
  }

  private static long padded(long size) {
    return ExtensionReader.padded(size);
  }
}
