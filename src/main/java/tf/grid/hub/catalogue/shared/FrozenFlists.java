package tf.grid.hub.catalogue.shared;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * All flists of a catalogue as they were at one moment, also those that were deleted or replaced
 * since then. For one thread.
 */
public interface FrozenFlists extends Closeable {

  /**
   * A flist.
   *
   * @param repository its repository
   * @param name its stored name
   * @param key of its content in this catalogue
   */
  record FrozenFlist(String repository, String name, long key) {}

  /** Number of repositories, with flists or without. */
  int repositories();

  /** All of them, in no order. */
  List<FrozenFlist> all();

  /** Reads one. */
  InputStream open(FrozenFlist flist) throws IOException;
}
