package tf.grid.hub.limit.queue;

import java.io.IOException;

/** Content that a client sends for work that needs a place. Used by one thread. */
public interface Arrival {

  /** Waits for the first bytes; they are read later. Without them, no place is taken. */
  void begin() throws IOException;

  /** How fast the content comes. */
  Flow flow();
}
