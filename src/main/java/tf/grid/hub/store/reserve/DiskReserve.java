package tf.grid.hub.store.reserve;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A file that keeps some space of a disk for work that needs little of it when everything else is
 * full: revoking tokens, the audit log, and deleting, which gives space back. When the disk is
 * almost full, the file is deleted, and until there is room for it again, nothing that grows may be
 * stored. Thread-safe.
 */
public final class DiskReserve {

  private static final System.Logger LOG = System.getLogger(DiskReserve.class.getName());

  static final String NAME = "disk-reserve";

  /** A small disk is not given up to the reserve: it gets this part of it. */
  private static final int MOST_SHARE = 16;

  /** With less space than this part of the reserve, the disk is almost full. */
  private static final int LOW_SHARE = 4;

  private static final int PIECE = 1 << 20;

  private final Path file;
  private final long bytes;
  private volatile boolean released = true;
  private boolean wasFull;

  private DiskReserve(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * Keeps space of the disk that has a directory, if there is any.
   *
   * @param directory gets the file
   * @param most bytes to keep; on a small disk it is less. Zero for none
   */
  public static DiskReserve in(Path directory, long most) throws IOException {
    FileStore disk = Files.getFileStore(directory);
    DiskReserve reserve =
        new DiskReserve(directory.resolve(NAME), Math.min(most, disk.getTotalSpace() / MOST_SHARE));
    reserve.released = reserve.bytes > 0 && !reserve.isComplete();
    reserve.look();
    return reserve;
  }

  /** Whether the disk is full, but for the space that was kept. */
  public boolean isReleased() {
    return released;
  }

  /** Bytes that are free, for messages. */
  public long free() {
    try {
      return Files.getFileStore(file.getParent()).getUsableSpace();
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** Releases the space if the disk is almost full, and keeps it again if there is room. */
  public synchronized void look() {
    if (bytes == 0) {
      return;
    }
    long free = free();
    if (!released && free < bytes / LOW_SHARE) {
      release();
    } else if (released && free >= bytes + 2 * bytes / LOW_SHARE) {
      keep();
    }
  }

  /** Releases the space at once, because a write has failed. */
  public synchronized void release() {
    if (released || bytes == 0) {
      return;
    }
    released = true;
    wasFull = true;
    try {
      Files.deleteIfExists(file);
      LOG.log(
          Level.WARNING,
          "the disk of {0} is full: {1} bytes that were reserved are used to delete, revoke and"
              + " log, and nothing is uploaded until there is room",
          file.getParent(),
          bytes);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "{0} could not be deleted: {1}", file, e.toString());
    }
  }

  private void keep() {
    try {
      fill();
      released = false;
      if (wasFull) {
        wasFull = false;
        LOG.log(Level.INFO, "the disk of {0} has room again", file.getParent());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} could not be written: {1}", file, e.toString());
      release();
    }
  }

  private boolean isComplete() throws IOException {
    return Files.exists(file) && Files.size(file) == bytes;
  }

  /** Random bytes take their space on disks that compress, too. */
  private void fill() throws IOException {
    SplittableRandom random = new SplittableRandom();
    byte[] piece = new byte[PIECE];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = bytes; left > 0; left -= piece.length) {
        random.nextBytes(piece);
        out.write(piece, 0, (int) Math.min(left, piece.length));
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
