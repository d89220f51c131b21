package tf.grid.hub.wiring.config;

import java.util.OptionalLong;
import tf.grid.hub.wiring.property.Settings;

/**
 * How much uploads may ask of the hub.
 *
 * @param uploadBytes bytes of one upload
 * @param entries entries of one archive; empty when only the shared budget of memory decides
 * @param unpackedBytes bytes of one unpacked archive
 * @param ratio how many times larger the unpacked archive may be
 * @param concurrentUploads uploads that run at once
 * @param uploadsPerAccount as many of them may be of one account
 * @param openedChunks chunks of an uploaded flist that are opened in any case
 * @param openedPercent share of the others that is opened
 * @param jobs long pieces of work that are kept at once
 * @param jobsPerAccount as many of them may be of one account
 */
public record LimitSettings(
    long uploadBytes,
    OptionalLong entries,
    long unpackedBytes,
    long ratio,
    int concurrentUploads,
    int uploadsPerAccount,
    long openedChunks,
    int openedPercent,
    int jobs,
    int jobsPerAccount) {

  private static final long GIB = 1L << 30;

  private static final int LEAST_SHARES = 2;

  /**
   * Reads them.
   *
   * @param accounts whether callers are told apart; else the one account may have everything
   */
  static LimitSettings from(Settings settings, boolean accounts) {
    int uploads = (int) settings.count("hub.limits.concurrent-uploads", 8, 1, 1_000);
    int jobs = (int) settings.count("hub.limits.jobs", 64, 1, 10_000);
    return new LimitSettings(
        settings.bytes("hub.limits.upload-bytes", 20 * GIB),
        entries(settings),
        settings.bytes("hub.limits.unpacked-bytes", 200 * GIB),
        settings.count("hub.limits.ratio", 2000, 1, 1_000_000),
        uploads,
        share(settings, "hub.limits.uploads-per-account", uploads, accounts),
        settings.count("hub.upload-flist.opened-chunks", 10_000, 0, Integer.MAX_VALUE),
        (int) settings.count("hub.upload-flist.opened-percent", 100, 0, 100),
        jobs,
        share(settings, "hub.limits.jobs-per-account", jobs, accounts));
  }

  /** Half of all, so that there is always room for a second account. */
  private static int share(Settings settings, String property, int all, boolean accounts) {
    int usual = accounts ? (all + 1) / LEAST_SHARES : all;
    return (int) settings.count(property, usual, 1, all);
  }

  private static OptionalLong entries(Settings settings) {
    String property = "hub.limits.entries";
    return settings.text(property).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(settings.count(property, 0, 1, Integer.MAX_VALUE));
  }
}
