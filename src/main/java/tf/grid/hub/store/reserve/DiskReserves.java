package tf.grid.hub.store.reserve;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The reserves of all disks of a hub. They are looked after once a second. Thread-safe. */
public final class DiskReserves implements AutoCloseable {

  /** What tokens and the audit log need for a change, with room to spare. */
  private static final long SMALL_WRITE = 1 << 20;

  private final List<DiskReserve> reserves;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "disk-reserve");
            thread.setDaemon(true);
            return thread;
          });

  private DiskReserves(List<DiskReserve> reserves) {
    this.reserves = reserves;
    Future<?> unused = watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Makes a reserve on every disk.
   *
   * @param directories one or more on each disk; the first gets the reserve
   * @param bytes of each reserve; zero for none
   */
  public static DiskReserves on(Collection<Path> directories, long bytes) throws IOException {
    Map<FileStore, DiskReserve> reserves = new LinkedHashMap<>();
    for (Path directory : directories) {
      FileStore disk = Files.getFileStore(directory);
      if (!reserves.containsKey(disk)) {
        reserves.put(disk, DiskReserve.in(directory, bytes));
      }
    }
    return new DiskReserves(new ArrayList<>(reserves.values()));
  }

  /** Whether a disk is full, so that nothing that grows may be stored. */
  public boolean isFull() {
    if (reserves.stream().noneMatch(DiskReserve::isReleased)) {
      return false;
    }
    look(); // space may just have been freed
    return reserves.stream().anyMatch(DiskReserve::isReleased);
  }

  /** Bytes that are free on the fullest disk, for messages. */
  public long free() {
    return reserves.stream().mapToLong(DiskReserve::free).min().orElse(0);
  }

  /** Makes room at once for a small write that has failed. */
  public void release() {
    reserves.forEach(
        reserve -> {
          if (reserve.free() < SMALL_WRITE) {
            reserve.release();
          }
        });
  }

  private void look() {
    reserves.forEach(DiskReserve::look);
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
