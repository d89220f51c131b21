package tf.grid.hub.http.body;

import java.io.IOException;
import java.io.InputStream;

/** Reads of a byte, for streams that read several at once. */
public final class SingleByte {
  private SingleByte() {}

  /** The next byte, 0…255; -1 at the end. */
  public static int of(InputStream in) throws IOException {
    byte[] one = new byte[1];
    return in.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
