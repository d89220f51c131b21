package tf.grid.hub.flist.capnp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.capnproto.DefaultAllocator;
import org.capnproto.MessageBuilder;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;

/**
 * Messages in the standard stream framing: a table of segment lengths, then the segments. The
 * runtime's own framing is not used, because it refuses messages of more than 512 segments, and the
 * C writer of flists makes a new segment for every few kilobytes.
 */
public final class Message {

  /** Bytes of a word, the unit of everything in a message. */
  public static final int WORD = 8;

  /** Words of a message of one segment besides those of its content. */
  public static final int FRAME_WORDS = 2;

  /**
   * Deep enough for every object of a flist: directory, entries, entry, file, blocks, block, id.
   */
  private static final int NESTING = 16;

  private Message() {}

  /** What is made of a message's root. */
  @FunctionalInterface
  public interface Decoder<T, E extends Exception> {
    /** Makes it. */
    T decode(WireReader root) throws E;
  }

  /**
   * Reads a message. What is pointed to may be read once: pointers in circles, or many to one
   * place, run into that limit.
   *
   * @throws MessageException when the message breaks the encoding's rules
   */
  public static <T, E extends Exception> T read(
      byte[] message, StructLayout layout, Decoder<T, E> decoder) throws MessageException, E {
    ByteBuffer[] segments = segments(message);
    long traversal = message.length / WORD;
    try {
      return decoder.decode(
          new MessageReader(segments, new ReaderOptions(traversal, NESTING)).getRoot(layout));
    } catch (RuntimeException e) {
      // The runtime checks pointers by its own exception, and what it lets pass by array bounds.
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
   * @param words exactly what the root and all that it points to take; see {@link #blobWords} and
   *     {@link StructLayout}
   * @throws IllegalArgumentException when that is more than an array can hold
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

  /** Words that a text of this many bytes takes, with its closing NUL. */
  public static long textWords(int bytes) {
    return blobWords(bytes + 1);
  }

  /** Words that a blob of this many bytes takes. */
  public static long blobWords(int bytes) {
    return (bytes + WORD - 1L) / WORD;
  }

  /** A message breaks the rules of the encoding. */
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
