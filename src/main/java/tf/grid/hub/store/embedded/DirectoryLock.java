package tf.grid.hub.store.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tf.grid.hub.store.StoreException.StoreUnreachableException;

/** Locks a directory, so that only one store in one process writes to it. */
final class DirectoryLock implements Closeable {
  /**
   * Locks held by this process. Checked before the file is opened, because closing any channel of a
   * file releases all locks of the process on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Acquires the lock or fails immediately.
   *
   * @throws StoreUnreachableException if it is locked by another store or process
   */
  static DirectoryLock take(Path directory) throws IOException {
    Path held = directory.toRealPath();
    if (!HELD.add(held)) {
      throw inUse(directory);
    }
    try {
      return lock(held);
    } catch (IOException | RuntimeException e) {
      HELD.remove(held);
      throw e;
    }
  }

  private static DirectoryLock lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new DirectoryLock(directory, channel);
      }
    } catch (OverlappingFileLockException e) {
      // Locked by another class loader of this process. The channel stays open; closing it would
      // release that lock.
      throw inUse(directory);
    }
    channel.close();
    throw inUse(directory);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(directory);
    }
  }

  private static StoreUnreachableException inUse(Path directory) {
    return new StoreUnreachableException(
        "tried to open the chunk store in "
            + directory
            + " but another hub uses it: stop that one, or give this one its own hub.store-dir",
        null);
  }
}
