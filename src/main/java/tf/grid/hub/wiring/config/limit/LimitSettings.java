package tf.grid.hub.wiring.config.limit;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import tf.grid.hub.wiring.heap.HeapPlan;
import tf.grid.hub.wiring.property.Settings;

/**
 * Limits of connections, uploads and jobs.
 *
 * @param connections maximum open HTTP connections
 * @param uploadBytes maximum bytes of one upload
 * @param entries maximum entries of one archive; empty if only the shared memory budget limits them
 * @param unpackedBytes maximum bytes of one uncompressed archive
 * @param ratio maximum ratio of uncompressed to uploaded bytes
 * @param concurrentUploads maximum concurrent uploads
 * @param uploadsPerAccount maximum concurrent uploads of one account
 * @param waitingUploads maximum uploads that wait for one of these
 * @param openedChunks chunks of an uploaded flist that are always verified
 * @param openedPercent percentage of the other chunks that are verified
 * @param jobs maximum waiting and running jobs
 * @param jobsPerAccount maximum jobs of one account
 * @param changesPerMinute maximum changes of one account in a minute; 0 for any number
 * @param conversionsPerHour maximum conversions of one account in an hour; 0 for any number
 */
public record LimitSettings(
    int connections,
    long uploadBytes,
    OptionalLong entries,
    long unpackedBytes,
    long ratio,
    int concurrentUploads,
    int uploadsPerAccount,
    int waitingUploads,
    long openedChunks,
    int openedPercent,
    int jobs,
    int jobsPerAccount,
    long changesPerMinute,
    long conversionsPerHour) {

  private static final long GIB = 1L << 30;

  private static final int LEAST_SHARES = 2;

  /**
   * Open files besides HTTP connections: jars, packs, flists that are read, gateway, registries.
   */
  private static final int OWN_FILES = 4096;

  /**
   * Reads the settings.
   *
   * @param accounts whether there are several accounts; a single account gets the full limits
   */
  public static LimitSettings from(Settings settings, boolean accounts) {
    int uploads = (int) settings.count("hub.limits.concurrent-uploads", 8, 1, 1_000);
    int jobs = (int) settings.count("hub.limits.jobs", 64, 1, 10_000);
    return new LimitSettings(
        connections(settings),
        settings.bytes("hub.limits.upload-bytes", 20 * GIB),
        entries(settings),
        settings.bytes("hub.limits.unpacked-bytes", 200 * GIB),
        settings.count("hub.limits.ratio", 2000, 1, 1_000_000),
        uploads,
        share(settings, "hub.limits.uploads-per-account", uploads, accounts),
        (int) settings.count("hub.limits.waiting-uploads", 32, 0, 1_000),
        settings.count("hub.upload-flist.opened-chunks", 10_000, 0, Integer.MAX_VALUE),
        (int) settings.count("hub.upload-flist.opened-percent", 100, 0, 100),
        jobs,
        share(settings, "hub.limits.jobs-per-account", jobs, accounts),
        settings.count("hub.limits.changes-per-minute", 1_200, 0, 1_000_000),
        settings.count("hub.limits.conversions-per-hour", 120, 0, 1_000_000));
  }

  /** Defaults to half of the total, so that a second account always gets a share. */
  private static int share(Settings settings, String property, int all, boolean accounts) {
    int usual = accounts ? (all + 1) / LEAST_SHARES : all;
    return (int) settings.count(property, usual, 1, all);
  }

  /**
   * The default is what the heap can hold while their clients read slowly; at most what the system
   * allows, less what the hub needs for files and other connections.
   */
  private static int connections(Settings settings) {
    int wanted =
        (int)
            settings.count(
                "hub.limits.connections",
                HeapPlan.usualConnections(Runtime.getRuntime().maxMemory()),
                HeapPlan.LEAST_CONNECTIONS,
                1_000_000);
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int)
            Math.min(
                wanted,
                Math.max(HeapPlan.LEAST_CONNECTIONS, unix.getMaxFileDescriptorCount() - OWN_FILES))
        : wanted;
  }

  private static OptionalLong entries(Settings settings) {
    String property = "hub.limits.entries";
    return settings.text(property).isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(settings.count(property, 0, 1, Integer.MAX_VALUE));
  }
}
