package tf.grid.hub.store.embedded;

import java.nio.ByteBuffer;

/**
 * Where the bytes of a chunk are.
 *
 * @param pack number of the pack file
 * @param position where the bytes begin in it, behind the record's header
 * @param length how many bytes there are
 * @param time when they were stored, seconds since 1970
 */
record Place(int pack, long position, int length, long time) {
  /** Length of the form that the index keeps. */
  static final int BYTES = 24;

  /** Big-endian fields in the order of the components, so that SQL can compare parts of it. */
  void writeTo(ByteBuffer out) {
    out.putInt(pack).putLong(position).putInt(length).putLong(time);
  }

  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    writeTo(out);
    return out.array();
  }

  static Place of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Place(in.getInt(), in.getLong(), in.getInt(), in.getLong());
  }

  /** Where the next record may begin. */
  long end() {
    return position + length;
  }
}
