package tf.grid.hub.flist.capnp;

import org.capnproto.Data;
import org.capnproto.SegmentBuilder;
import org.capnproto.StructBuilder;
import org.capnproto.StructList;
import org.capnproto.Text;

/**
 * A struct in a message being built; fields are addressed as in {@link WireReader}. Fields that are
 * not set are zero or empty. Not thread-safe.
 */
public final class WireBuilder extends StructBuilder {

  WireBuilder(SegmentBuilder segment, int data, int pointers, int dataBits, short count) {
    super(segment, data, pointers, dataBits, count);
  }

  public void int16(int index, int value) {
    _setShortField(index, (short) value);
  }

  /** Sets the low 32 bits of a number. */
  public void int32(int index, long value) {
    _setIntField(index, (int) value);
  }

  public void int64(int index, long value) {
    _setLongField(index, value);
  }

  /** Sets a 64-bit number with a default value other than 0. */
  public void int64(int index, long value, long unset) {
    _setLongField(index, value, unset);
  }

  /** Sets a text. An empty text is written too, not as a null pointer, for readers in C. */
  public void text(int pointer, byte[] bytes) {
    Text.Builder text = _initPointerField(Text.factory, pointer, bytes.length);
    text.buffer.put(text.offset, bytes);
  }

  public void data(int pointer, byte[] bytes) {
    if (bytes.length > 0) {
      Data.Builder data = _initPointerField(Data.factory, pointer, bytes.length);
      data.buffer.put(data.offset, bytes);
    }
  }

  /** Allocates a struct and sets the pointer to it. */
  public WireBuilder struct(int pointer, StructLayout layout) {
    return _initPointerField(layout, pointer, 0);
  }

  /** Allocates a list of structs and sets the pointer to it. */
  public StructList.Builder<WireBuilder> list(int pointer, StructLayout layout, int elements) {
    return _initPointerField(layout.list, pointer, elements);
  }

  WireReader asReader() {
    return new WireReader(segment, data, pointers, dataSize, pointerCount, Integer.MAX_VALUE);
  }
}
