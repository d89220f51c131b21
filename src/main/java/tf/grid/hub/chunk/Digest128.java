package tf.grid.hub.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Conversions between 16-byte digests, two big-endian longs and hexadecimal. */
final class Digest128 {
  static final int LENGTH = 16;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final HexFormat HEX = HexFormat.of();

  private Digest128() {}

  static long longAt(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  static byte[] bytes(long high, long low) {
    byte[] bytes = new byte[LENGTH];
    LONG.set(bytes, 0, high);
    LONG.set(bytes, 8, low);
    return bytes;
  }

  static String hex(long high, long low) {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  static byte[] checked(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a digest has " + LENGTH + " bytes, this one has " + bytes.length);
    }
    return bytes;
  }

  static byte[] parse(String hex) {
    return checked(HEX.parseHex(hex));
  }
}
