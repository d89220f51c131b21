package tf.grid.hub.audit;

import java.io.Closeable;
import java.io.IOException;

/** Where lines end up. For one thread. */
interface AuditSink extends Closeable {

  /** Adds a line, whole or not at all. */
  void append(String line) throws IOException;
}
