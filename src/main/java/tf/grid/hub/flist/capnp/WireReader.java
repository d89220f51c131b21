package tf.grid.hub.flist.capnp;

import org.capnproto.Data;
import org.capnproto.SegmentReader;
import org.capnproto.StructList;
import org.capnproto.StructReader;
import org.capnproto.Text;

/**
 * A struct in a message. Fields are named by their place: numbers count in units of their own size
 * from the start of the data section, pointers from the start of theirs. A field that the struct is
 * too short to have reads as zero or empty. Whatever is wrong with the message surfaces as an
 * unchecked exception of the runtime, which {@link Message#read} turns into a checked one. Not for
 * several threads: the runtime counts what was read.
 */
public final class WireReader extends StructReader {

  private static final byte[] NONE = new byte[0];

  WireReader(SegmentReader segment, int data, int pointers, int bits, short count, int nesting) {
    super(segment, data, pointers, bits, count, nesting);
  }

  /** An unsigned 16-bit number. */
  public int uint16(int index) {
    return Short.toUnsignedInt(_getShortField(index));
  }

  /** An unsigned 32-bit number. */
  public long uint32(int index) {
    return Integer.toUnsignedLong(_getIntField(index));
  }

  /** A 64-bit number. */
  public long int64(int index) {
    return _getLongField(index);
  }

  /** A 64-bit number that is this one when nobody set it. */
  public long int64(int index, long unset) {
    return _getLongField(index, unset);
  }

  /** The bytes of a text, without its closing NUL; they need not be UTF-8. */
  public byte[] text(int pointer) {
    Text.Reader text = _getPointerField(Text.factory, pointer, null, 0, 0);
    if (text.size <= 0) {
      return NONE;
    }
    byte[] bytes = new byte[text.size];
    text.buffer.get(text.offset, bytes);
    return bytes;
  }

  /** Copies a blob of exactly this many bytes, or says with false that its length is another. */
  public boolean data(int pointer, byte[] target) {
    Data.Reader data = _getPointerField(Data.factory, pointer, null, 0, 0);
    if (data.size != target.length) {
      return false;
    }
    data.buffer.get(data.offset, target);
    return true;
  }

  /** A blob of any length. */
  public byte[] data(int pointer) {
    return _getPointerField(Data.factory, pointer, null, 0, 0).toArray();
  }

  /** A struct that this one points to. */
  public WireReader struct(int pointer, StructLayout layout) {
    return _getPointerField(layout, pointer, null, 0);
  }

  /** A list of structs that this one points to. */
  public StructList.Reader<WireReader> list(int pointer, StructLayout layout) {
    return _getPointerField(layout.list, pointer, null, 0);
  }
}
