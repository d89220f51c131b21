package tf.grid.hub.build.tar;

import java.io.IOException;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.problem.PrintableText;

/** Detects the end of an archive, by its end marker or the end of its bytes. Not thread-safe. */
final class ArchiveEnd {
  private static final int SHOWN = 80;

  private final BlockInput in;
  private final TarEnd rule;
  private final ArchiveWarnings warnings;

  ArchiveEnd(BlockInput in, TarEnd rule, ArchiveWarnings warnings) {
    this.in = in;
    this.rule = rule;
    this.warnings = warnings;
  }

  /**
   * Whether a complete archive ends here without an end marker, or with less than a block of zeros.
   */
  boolean isHere() throws IOException {
    if (in.hasBlock()) {
      return false;
    }
    byte[] rest = in.peek(0);
    if (in.position() == 0) {
      WebPage.refuse(rest);
      refuseShort(rest);
    }
    return rule == TarEnd.PROVEN && isZero(rest);
  }

  /** Rejects what is shorter than any archive, such as a message that was saved as one. */
  private static void refuseShort(byte[] whole) throws TarException {
    if (whole.length > 0 && !isZero(whole)) {
      throw new TarException(
          "this is not a tar archive, or one that ends early: it has only "
              + whole.length
              + " bytes and begins with '"
              + PrintableText.shortened(whole, SHOWN)
              + "'");
    }
  }

  /** Reads everything after a zero block, up to the last byte. */
  void passMark() throws IOException {
    if (!in.skipZeros()) {
      return;
    }
    long from = in.position();
    if (rule == TarEnd.MARKED) {
      throw new TarException(
          "there is something behind the end of the archive, at byte "
              + from
              + "; GNU tar ignores it, but in an archive that is not packed nothing proves that"
              + " it does not belong there: cut it off, or send the archive gzip-compressed");
    }
    in.drain();
    warnings.add(
        (in.position() - from)
            + " bytes behind the end mark of the archive were ignored, from byte "
            + from
            + " on");
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
