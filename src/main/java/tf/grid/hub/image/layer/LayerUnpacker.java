package tf.grid.hub.image.layer;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import tf.grid.hub.build.compression.Compression;

/** Unpacks layers, which may be empty. */
public final class LayerUnpacker {
  private LayerUnpacker() {}

  /**
   * The plain bytes. Closing the result frees its memory; the given stream stays open.
   *
   * @throws tf.grid.hub.build.tar.header.TarException when it is packed with something unknown, or
   *     nothing can be made of it
   */
  public static InputStream unpack(InputStream packed) throws IOException {
    byte[] start = packed.readNBytes(1);
    return start.length == 0
        ? InputStream.nullInputStream()
        : Compression.unpack(
            new SequenceInputStream(
                new ByteArrayInputStream(start), new UncloseableStream(packed)));
  }

  /**
   * A stream that ignores {@code close}; the creator of the wrapped stream closes it. Not
   * thread-safe.
   */
  static final class UncloseableStream extends FilterInputStream {
    UncloseableStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, length);
    }

    @Override
    public void close() {
      // not closed here
    }
  }
}
