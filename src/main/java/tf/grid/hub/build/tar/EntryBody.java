package tf.grid.hub.build.tar;

import java.io.IOException;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;

/**
 * Decides whether an entry has a body if its type leaves that open. Old writers set a size for
 * directories and hard links without content, and POSIX.1-2001 allows hard links with content
 * ({@code pax -o linkdata}). Only the bytes after the header distinguish them. Not thread-safe.
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
    // The body may be an archive itself: then a header also follows the body.
    return found.hasPax() && header.type() == '1' && isHeaderOrEnd(in.peek(padded(size)));
  }

  /** An invalid size is 0, because most readers ignore the size of links. */
  private static long size(TarHeader header, Extensions found) {
    try {
      return found.size(header);
    } catch (TarException notUsed) {
      return 0;
    }
  }

  /**
   * Bytes beyond the lookahead count as a header: in PAX archives, POSIX and bsdtar assume a body.
   */
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
