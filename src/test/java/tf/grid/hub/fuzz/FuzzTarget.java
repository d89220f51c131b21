package tf.grid.hub.fuzz;

import java.io.IOException;
import java.util.List;

/** A reader of bytes that clients send. */
public interface FuzzTarget {
  /** Valid input, of every kind that the reader knows. */
  List<byte[]> seeds() throws IOException;

  /** Reads any input. Throws only if the hub is wrong: not if it refuses the input. */
  void read(byte[] input) throws IOException;
}
