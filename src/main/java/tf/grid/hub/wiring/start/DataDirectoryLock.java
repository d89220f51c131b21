package tf.grid.hub.wiring.start;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tf.grid.hub.wiring.property.SettingException;

/**
 * Keeps a second hub out of a data directory. The system releases the lock when the process ends,
 * however it ends. Programs that only read do not need it.
 */
final class DataDirectoryLock implements Closeable {

  private static final System.Logger LOG = System.getLogger(DataDirectoryLock.class.getName());
  private static final String FILE = "hub.lock";

  private final FileChannel channel;

  private DataDirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a directory until it is closed. A file system without locks is a warning only.
   *
   * @throws SettingException if another hub uses the directory
   */
  static DataDirectoryLock take(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isLocked(channel, directory)) {
        return new DataDirectoryLock(channel);
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      // A hub in this process. The channel stays open: closing it would release that lock.
    } catch (IOException e) {
      throw SettingException.of(
          "hub.data-dir", directory, "a directory with a file " + FILE + " that can be written");
    }
    throw SettingException.of(
        "hub.data-dir", directory, "a directory that no other hub uses: stop the other one first");
  }

  private static boolean isLocked(FileChannel channel, Path directory) {
    try {
      return channel.tryLock() != null;
    } catch (IOException unsupported) {
      LOG.log(
          Level.WARNING,
          "{0} cannot be locked, so make sure that no other hub uses it: {1}",
          directory,
          unsupported.getMessage());
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
