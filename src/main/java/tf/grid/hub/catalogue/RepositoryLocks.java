package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets one thread at a time change the names in a repository, because the system has no step that
 * replaces a link but never a file. Some repositories share a lock; nobody holds two.
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
  <T> T in(Path directory, Step<T> step) throws IOException {
    ReentrantLock lock = locks[Math.floorMod(directory.hashCode(), COUNT)];
    lock.lock();
    try {
      return step.make();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A step.
   *
   * @param <T> what comes of it
   */
  @FunctionalInterface
  interface Step<T> {

    /** Makes it. */
    T make() throws IOException;
  }
}
