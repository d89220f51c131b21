package tf.grid.hub.catalogue.listing;

/** Sizes in listings: {@code "12.34 KB"}. */
final class KiloBytes {

  private static final long KILO = 1024;

  private KiloBytes() {}

  /** Formats a size in bytes, rounded half-even to hundredths of 1024 bytes. */
  static String of(long bytes) {
    long hundredths = bytes / KILO * 100 + bytes % KILO * 100 / KILO;
    long rest = bytes % KILO * 100 % KILO;
    if (rest > KILO / 2 || (rest == KILO / 2 && hundredths % 2 == 1)) {
      hundredths++;
    }
    long fraction = hundredths % 100;
    return hundredths / 100 + (fraction < 10 ? ".0" : ".") + fraction + " KB";
  }
}
