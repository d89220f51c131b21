package tf.grid.hub.flist.capnp;

import org.capnproto.SegmentBuilder;
import org.capnproto.SegmentReader;
import org.capnproto.StructFactory;
import org.capnproto.StructList;
import org.capnproto.StructSize;

/**
 * How large a struct is on the wire, which is all that the runtime must know of it; which field
 * lies where is known by those who read and build it. Takes the place of a generated class.
 * Immutable.
 */
public final class StructLayout extends StructFactory<WireBuilder, WireReader> {

  final StructList.Factory<WireBuilder, WireReader> list = new StructList.Factory<>(this);
  private final StructSize size;

  /**
   * A struct of this many words.
   *
   * @param dataWords words of numbers, 0…65535
   * @param pointers words of pointers, 0…65535
   */
  public StructLayout(int dataWords, int pointers) {
    this.size = new StructSize((short) dataWords, (short) pointers);
  }

  /** Words that one struct takes, without what it points to. */
  public int words() {
    return size.total();
  }

  /** Words that a list of such structs takes, with its tag. */
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
