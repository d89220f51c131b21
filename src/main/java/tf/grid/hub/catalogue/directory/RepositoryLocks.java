package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import tf.grid.hub.catalogue.Catalogue;

/**
 * Serializes changes of names in a repository, because file systems have no atomic operation that
 * replaces a link but never a file. Several repositories may share a lock; a thread never holds
 * two.
 */
final class RepositoryLocks {

  private static final int COUNT = 256;

  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(COUNT).toArray(ReentrantLock[]::new);

  private final ReadWriteLock names = new ReentrantReadWriteLock();

  /**
   * Makes a step while no other thread changes names in a repository.
   *
   * @param directory the repository's; it may have two names
   */
  <T> T in(Path directory, Catalogue.Step<T> step) throws IOException {
    return holding(locks[Math.floorMod(directory.hashCode(), COUNT)], step);
  }

  /** Makes a step that may rename, copy or delete flists. */
  <T> T moving(Catalogue.Step<T> step) throws IOException {
    return holding(names.readLock(), step);
  }

  /** Makes a step while no other thread is in {@link #moving}. */
  <T> T whileNamesStay(Catalogue.Step<T> step) throws IOException {
    return holding(names.writeLock(), step);
  }

  private static <T> T holding(Lock lock, Catalogue.Step<T> step) throws IOException {
    lock.lock();
    try {
      return step.make();
    } finally {
      lock.unlock();
    }
  }
}
