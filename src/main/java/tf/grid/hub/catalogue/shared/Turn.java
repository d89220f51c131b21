package tf.grid.hub.catalogue.shared;

import java.io.Closeable;

/** The right of this hub to do some work. Others wait until it is closed. Thread-safe. */
public interface Turn extends Closeable {

  /** That of a hub without others. */
  Turn ALONE =
      new Turn() {
        @Override
        public long run() {
          return 0;
        }

        @Override
        public void check() {
          // There is nobody who could take it over.
        }

        @Override
        public void close() {
          // Nobody waits.
        }
      };

  /** The number of times that any hub has begun this work. */
  long run();

  /**
   * To be called before each step.
   *
   * @throws TurnLostException if another hub may have begun
   */
  void check();

  @Override
  void close();
}
