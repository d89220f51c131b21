package tf.grid.hub.flist.capnp;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructFactory;
import org.capnproto.StructList;
import org.capnproto.StructSize;

/**
 * The size of a struct, which is all the runtime needs; readers and builders know the positions of
 * the fields. Replaces a generated class. Immutable.
 */
public final class StructLayout extends StructFactory<WireBuilder, WireReader> {

  final StructList.Factory<WireBuilder, WireReader> list = new StructList.Factory<>(this);
  private final StructSize size;

  /**
   * Describes a struct by its size.
   *
   * @param dataWords words of the data section, 0…65535
   * @param pointers words of the pointer section, 0…65535
   */
  public StructLayout(int dataWords, int pointers) {
    this.size = new StructSize((short) dataWords, (short) pointers);
  }

  /** Words of one struct, without the objects it points to. */
  public int words() {
    return size.total();
  }

  /** Words of a list of such structs, including its tag. */
  public long listWords(int elements) {
    return 1 + (long) elements * words();
  }

  @Override
  public StructSize structSize() {
    return size;
  }

  @Override
  public WireReader asReader(WireBuilder builder) {
    return builder.asReader();
  }

  @Override
  public WireReader constructReader(
      SegmentReader segment, int data, int pointers, int dataBits, short count, int nesting) {
    return new WireReader(segment, data, pointers, dataBits, count, nesting);
  }

  @Override
  public WireBuilder constructBuilder(
      SegmentBuilder segment, int data, int pointers, int dataBits, short count) {
    return new WireBuilder(segment, data, pointers, dataBits, count);
  }
}
