package tf.grid.hub.wiring;

import java.util.OptionalLong;

/**
 * How much uploads may ask of the hub.
 *
 * @param uploadBytes bytes of one upload
 * @param entries entries of one archive; empty when only the shared budget of memory decides
 * @param unpackedBytes bytes of one unpacked archive
 * @param ratio how many times larger the unpacked archive may be
 * @param concurrentUploads uploads that run at once
 * @param openedChunks chunks of an uploaded flist that are opened in any case
 * @param openedPercent share of the others that is opened
 * @param jobs long pieces of work that are kept at once
 */
record LimitSettings(
    long uploadBytes,
    OptionalLong entries,
    long unpackedBytes,
    long ratio,
    int concurrentUploads,
    long openedChunks,
    int openedPercent,
    int jobs) {

  private static final long GIB = 1L << 30;

  static LimitSettings from(Settings settings) {
    return new LimitSettings(
        settings.bytes("hub.limits.upload-bytes", 20 * GIB),
        entries(settings),
        settings.bytes("hub.limits.unpacked-bytes", 200 * GIB),
        settings.count("hub.limits.ratio", 2000, 1, 1_000_000),
        (int) settings.count("hub.limits.concurrent-uploads", 8, 1, 1_000),
        settings.count("hub.upload-flist.opened-chunks", 10_000, 0, Integer.MAX_VALUE),
        (int) settings.count("hub.upload-flist.opened-percent", 100, 0, 100),
        (int) settings.count("hub.limits.jobs", 64, 1, 10_000));
  }

  private static OptionalLong entries(Settings settings) {
    String property = "hub.limits.entries";
    return settings.text(property).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(settings.count(property, 0, 1, Integer.MAX_VALUE));
  }
}
