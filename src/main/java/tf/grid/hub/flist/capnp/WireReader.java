package tf.grid.hub.flist.capnp;

import org.capnproto.Data;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;
import org.capnproto.StructReader;
import org.capnproto.Text;

/**
 * A struct in a message. Fields are addressed by position: numbers in units of their own size from
 * the start of the data section, pointers from the start of the pointer section. Fields beyond the
 * end of a struct are zero or empty. Invalid messages cause unchecked exceptions of the runtime,
 * which {@link Message#read} converts to a checked one. Not thread-safe: the runtime counts what
 * was read.
 */
public final class WireReader extends StructReader {

  private static final byte[] NONE = new byte[0];

  WireReader(SegmentReader segment, int data, int pointers, int bits, short count, int nesting) {
    super(segment, data, pointers, bits, count, nesting);
  }

  public int uint16(int index) {
    return Short.toUnsignedInt(_getShortField(index));
  }

  public long uint32(int index) {
    return Integer.toUnsignedLong(_getIntField(index));
  }

  public long int64(int index) {
    return _getLongField(index);
  }

  /** Reads a 64-bit number with a default value other than 0. */
  public long int64(int index, long unset) {
    return _getLongField(index, unset);
  }

  /** Returns the bytes of a text, without its NUL; they need not be UTF-8. */
  public byte[] text(int pointer) {
    Text.Reader text = _getPointerField(Text.factory, pointer, null, 0, 0);
    if (text.size <= 0) {
      return NONE;
    }
    byte[] bytes = new byte[text.size];
    text.buffer.get(text.offset, bytes);
    return bytes;
  }

  /** Copies a blob of exactly this length; returns false if its length is different. */
  public boolean data(int pointer, byte[] target) {
    Data.Reader data = _getPointerField(Data.factory, pointer, null, 0, 0);
    if (data.size != target.length) {
      return false;
    }
    data.buffer.get(data.offset, target);
    return true;
  }

  /** Returns a blob of any length. */
  public byte[] data(int pointer) {
    return _getPointerField(Data.factory, pointer, null, 0, 0).toArray();
  }

  public WireReader struct(int pointer, StructLayout layout) {
    return _getPointerField(layout, pointer, null, 0);
  }

  public StructList.Reader<WireReader> list(int pointer, StructLayout layout) {
    return _getPointerField(layout.list, pointer, null, 0);
  }
}
