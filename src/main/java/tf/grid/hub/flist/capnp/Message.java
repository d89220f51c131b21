package tf.grid.hub.flist.capnp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.capnproto.DefaultAllocator;
import org.capnproto.MessageBuilder;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;

/**
 * Reads and builds messages in the standard stream framing: a table of segment lengths followed by
 * the segments. The runtime's own framing is not used, because it rejects messages of more than 512
 * segments, and the C writer of flists starts a new segment every few kilobytes.
 */
public final class Message {

  /** Bytes per word, the unit of messages. */
  public static final int WORD = 8;

  /** Words of framing for a message of one segment. */
  public static final int FRAME_WORDS = 2;

  /** Enough for flists: directory, entries, entry, file, blocks, block, id. */
  private static final int NESTING = 16;

  private Message() {}

  /** Converts the root of a message. */
  @FunctionalInterface
  public interface Decoder<T, E extends Exception> {
    T decode(WireReader root) throws E;
  }

  /**
   * Reads a message. Each object may be read once, so cyclic and shared pointers exceed the
   * traversal limit.
   *
   * @throws MessageException if the message violates the encoding
   */
  public static <T, E extends Exception> T read(
      byte[] message, StructLayout layout, Decoder<T, E> decoder) throws MessageException, E {
    ByteBuffer[] segments = segments(message);
    long traversal = message.length / WORD;
    try {
      return decoder.decode(
          new MessageReader(segments, new ReaderOptions(traversal, NESTING)).getRoot(layout));
    } catch (RuntimeException e) {
      // The runtime reports invalid pointers by its own exception and, in some cases, by array
      // bounds.
      throw new MessageException(e);
    }
  }

  private static ByteBuffer[] segments(byte[] message) throws MessageException {
    ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    if (message.length < WORD) {
      throw new MessageException("it has only " + message.length + " bytes");
    }
    long count = Integer.toUnsignedLong(buffer.getInt(0)) + 1;
    long offset = (count / 2 + 1) * WORD;
    if (offset > message.length) {
      throw new MessageException("its segment table does not fit");
    }
    ByteBuffer[] segments = new ByteBuffer[(int) count];
    for (int i = 0; i < count; i++) {
      long length = Integer.toUnsignedLong(buffer.getInt(4 + 4 * i)) * WORD;
      if (length > message.length - offset) {
        throw new MessageException("it ends before its last segment");
      }
      segments[i] = buffer.slice((int) offset, (int) length).order(ByteOrder.LITTLE_ENDIAN);
      offset += length;
    }
    return segments;
  }

  /**
   * Builds a message of one segment.
   *
   * @param words the exact size of the root and all objects it points to; see {@link #blobWords}
   *     and {@link StructLayout}
   * @throws IllegalArgumentException if that exceeds the maximum size of an array
   */
  public static byte[] build(StructLayout layout, long words, Consumer<WireBuilder> content) {
    long bytes = (FRAME_WORDS + words) * WORD;
    if (bytes > Integer.MAX_VALUE - WORD) {
      throw new IllegalArgumentException("an object of " + bytes + " bytes is too large");
    }
    ByteBuffer message = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(4, (int) (1 + words));
    ByteBuffer segment = message.slice(WORD, (int) bytes - WORD);
    MessageBuilder builder = new MessageBuilder(new DefaultAllocator(), segment);
    content.accept(builder.initRoot(layout));
    ByteBuffer[] built = builder.getSegmentsForOutput();
    if (built.length != 1 || built[0].remaining() != bytes - WORD) {
      throw new IllegalStateException("a message did not have the length that was foreseen");
    }
    return message.array();
  }

  /** Words of a text with this many bytes, including its NUL. */
  public static long textWords(int bytes) {
    return blobWords(bytes + 1);
  }

  /** Words of a blob with this many bytes. */
  public static long blobWords(int bytes) {
    return (bytes + WORD - 1L) / WORD;
  }

  /** A message violates the encoding. */
  public static final class MessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MessageException(String message) {
      super(message);
    }

    MessageException(Throwable cause) {
      super("a pointer in it leads astray", cause);
    }
  }
}
