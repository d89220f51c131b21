package tf.grid.hub.flist.capnp;

import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.StructBuilder;
import org.capnproto.StructList;
import org.capnproto.Text;

/**
 * A struct in a message that is being built; fields are named as in {@link WireReader}. Fields that
 * are not set stay zero or empty. Not for several threads.
 */
public final class WireBuilder extends StructBuilder {

  WireBuilder(SegmentBuilder segment, int data, int pointers, int dataBits, short count) {
    super(segment, data, pointers, dataBits, count);
  }

  /** Sets a 16-bit number. */
  public void int16(int index, int value) {
    _setShortField(index, (short) value);
  }

  /** Sets a 32-bit number, of which the low bits are taken. */
  public void int32(int index, long value) {
    _setIntField(index, (int) value);
  }

  /** Sets a 64-bit number. */
  public void int64(int index, long value) {
    _setLongField(index, value);
  }

  /** Sets a 64-bit number that reads as another one when nobody sets it. */
  public void int64(int index, long value, long unset) {
    _setLongField(index, value, unset);
  }

  /** Sets a text by its bytes; one that is empty is there all the same, for readers in C. */
  public void text(int pointer, byte[] bytes) {
    Text.Builder text = _initPointerField(Text.factory, pointer, bytes.length);
    text.buffer.put(text.offset, bytes);
  }

  /** Sets a blob. */
  public void data(int pointer, byte[] bytes) {
    if (bytes.length > 0) {
      Data.Builder data = _initPointerField(Data.factory, pointer, bytes.length);
      data.buffer.put(data.offset, bytes);
    }
  }

  /** Makes a struct that this one points to. */
  public WireBuilder struct(int pointer, StructLayout layout) {
    return _initPointerField(layout, pointer, 0);
  }

  /** Makes a list of structs that this one points to. */
  public StructList.Builder<WireBuilder> list(int pointer, StructLayout layout, int elements) {
    return _initPointerField(layout.list, pointer, elements);
  }

  WireReader asReader() {
    return new WireReader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
  }
}
