package tf.grid.hub.build.chunking;

import java.io.IOException;

/** Where the bytes of a piece come from. */
@FunctionalInterface
public interface PieceSource {

  /** Reads exactly so many bytes into a part of an array. */
  void read(byte[] into, int offset, int length) throws IOException;
}
