package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Serializes changes of names in a repository, because file systems have no atomic operation that
 * replaces a link but never a file. Several repositories may share a lock; a thread never holds
 * two.
 */
final class RepositoryLocks {

  private static final int COUNT = 256;

  private final ReentrantLock[] locks =
      Stream.generate(ReentrantLock::new).limit(COUNT).toArray(ReentrantLock[]::new);

  /**
   * Makes a step while no other thread changes names in a repository.
   *
   * @param directory the repository's; it may have two names
   */
  <T> T in(Path directory, Catalogue.Step<T> step) throws IOException {
    ReentrantLock lock = locks[Math.floorMod(directory.hashCode(), COUNT)];
    lock.lock();
    try {
      return step.make();
    } finally {
      lock.unlock();
    }
  }
}
