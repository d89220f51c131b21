package tf.grid.hub.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import tf.grid.hub.flist.Name;

/**
 * Writes a tar archive: ustar headers (POSIX.1-1988), and PAX headers (POSIX.1-2001) for what does
 * not fit into them. Names are bytes in any encoding, and extended attributes may have binary
 * values; commons-compress can write neither. The same calls produce the same bytes. Not
 * thread-safe.
 */
final class TarWriter {
  /** Types of entries, as in the header. */
  enum Type {
    FILE('0'),
    LINK('2'),
    CHARACTER('3'),
    BLOCK('4'),
    DIRECTORY('5'),
    FIFO('6');

    private final char flag;

    Type(char flag) {
      this.flag = flag;
    }
  }

  /**
   * The description of an entry.
   *
   * @param type type of the entry
   * @param path path in the archive, without a leading slash; of a directory, with a trailing one
   * @param mode permission bits, 0…07777
   * @param uid number of the owner, not negative
   * @param gid number of the group, not negative
   * @param user name of the owner; empty if it has only the number
   * @param group name of the group; empty if it has only the number
   * @param size bytes of content; 0 for other types than files
   * @param modified Unix seconds, 0…2³²−1
   * @param target target of a link; empty for other types
   * @param major major number of a device, 0…{@link #MAX_DEVICE}
   * @param minor minor number of a device, 0…{@link #MAX_DEVICE}
   * @param attributes extended attributes by name
   */
  record Entry(
      Type type,
      Name path,
      int mode,
      long uid,
      long gid,
      Name user,
      Name group,
      long size,
      long modified,
      Name target,
      long major,
      long minor,
      SortedMap<String, Name> attributes) {}

  /** Largest number of seven octal digits. */
  static final long MAX_DEVICE = 07777777;

  private static final int BLOCK = 512;
  private static final int END = 2 * BLOCK;
  private static final int NAME_LENGTH = 100;
  private static final int OWNER_LENGTH = 31;
  private static final long MAX_ID = 07777777;
  private static final long MAX_SIZE = 077777777777L;
  private static final Name PAX_NAME = Name.of("PaxHeader");
  private static final byte[] ZEROS = new byte[END];

  private final OutputStream out;
  private long left;
  private int padding;

  /** Writes to this stream, which is neither flushed nor closed. */
  TarWriter(OutputStream out) {
    this.out = out;
  }

  /** The number of bytes that an entry takes, with its content. */
  static long length(Entry entry) {
    return headers(entry).length + entry.size() + padding(entry.size());
  }

  /** The number of bytes of the end mark. */
  static long endLength() {
    return END;
  }

  /** Begins an entry; all content of the one before must be complete. */
  void begin(Entry entry) throws IOException {
    if (left != 0) {
      throw new IllegalStateException(left + " bytes of the entry before are missing");
    }
    out.write(headers(entry));
    left = entry.size();
    padding = padding(entry.size());
    pad();
  }

  /**
   * Writes content of the entry.
   *
   * @throws IllegalArgumentException if it is more than the size of the entry
   */
  void write(byte[] content, int offset, int length) throws IOException {
    if (length > left) {
      throw new IllegalArgumentException("more content than the size of the entry");
    }
    out.write(content, offset, length);
    left -= length;
    pad();
  }

  /** Writes the end mark. */
  void finish() throws IOException {
    if (left != 0) {
      throw new IllegalStateException(left + " bytes of the last entry are missing");
    }
    out.write(ZEROS, 0, END);
  }

  private void pad() throws IOException {
    if (left == 0 && padding > 0) {
      out.write(ZEROS, 0, padding);
      padding = 0;
    }
  }

  private static int padding(long size) {
    return (int) (-size & (BLOCK - 1));
  }

  private static byte[] headers(Entry entry) {
    byte[] records = records(entry);
    byte[] header =
        header(entry.type().flag, entry.path(), entry.mode(), entry.size(), entry.modified());
    number(header, 108, 7, entry.uid() > MAX_ID ? 0 : entry.uid());
    number(header, 116, 7, entry.gid() > MAX_ID ? 0 : entry.gid());
    text(header, 157, NAME_LENGTH, entry.target());
    text(header, 265, OWNER_LENGTH, entry.user());
    text(header, 297, OWNER_LENGTH, entry.group());
    number(header, 329, 7, entry.major());
    number(header, 337, 7, entry.minor());
    checksum(header);
    if (records.length == 0) {
      return header;
    }
    byte[] extension = header('x', PAX_NAME, 0644, records.length, 0);
    checksum(extension);
    int padded = records.length + padding(records.length);
    return ByteBuffer.allocate(2 * BLOCK + padded)
        .put(extension)
        .put(records)
        .put(BLOCK + padded, header)
        .array();
  }

  private static byte[] header(char type, Name path, int mode, long size, long modified) {
    byte[] header = new byte[BLOCK];
    text(header, 0, NAME_LENGTH, path);
    number(header, 100, 7, mode);
    number(header, 108, 7, 0);
    number(header, 116, 7, 0);
    number(header, 124, 11, size > MAX_SIZE ? 0 : size);
    number(header, 136, 11, modified);
    header[156] = (byte) type;
    text(header, 257, 5, Name.of("ustar"));
    text(header, 263, 2, Name.of("00"));
    number(header, 329, 7, 0);
    number(header, 337, 7, 0);
    return header;
  }

  private static void text(byte[] header, int offset, int most, Name value) {
    System.arraycopy(value.shared(), 0, header, offset, Math.min(most, value.length()));
  }

  private static void number(byte[] header, int offset, int digits, long value) {
    long rest = value;
    for (int i = offset + digits - 1; i >= offset; i--) {
      header[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
  }

  private static void checksum(byte[] header) {
    for (int i = 148; i < 156; i++) {
      header[i] = ' ';
    }
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    number(header, 148, 6, sum);
    header[154] = 0;
  }

  /** The records for what does not fit; empty if everything does. */
  private static byte[] records(Entry entry) {
    Records records = new Records();
    records.name("path", entry.path(), NAME_LENGTH);
    records.name("linkpath", entry.target(), NAME_LENGTH);
    records.name("uname", entry.user(), OWNER_LENGTH);
    records.name("gname", entry.group(), OWNER_LENGTH);
    records.number("uid", entry.uid(), MAX_ID);
    records.number("gid", entry.gid(), MAX_ID);
    records.number("size", entry.size(), MAX_SIZE);
    for (Map.Entry<String, Name> attribute : entry.attributes().entrySet()) {
      records.add("SCHILY.xattr." + attribute.getKey(), attribute.getValue().shared());
    }
    return records.bytes();
  }

  private static final class Records {
    private final ByteArrayOutputStream records = new ByteArrayOutputStream(0);
    private boolean binary;

    void name(String key, Name value, int most) {
      if (value.length() > most) {
        binary |= !isUtf8(value.shared());
        add(key, value.shared());
      }
    }

    void number(String key, long value, long most) {
      if (value > most) {
        add(key, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
      }
    }

    /** A record starts with its own length, which includes the digits of that length. */
    void add(String key, byte[] value) {
      byte[] name = (" " + key + "=").getBytes(StandardCharsets.UTF_8);
      int rest = name.length + value.length + 1;
      int length = rest + Integer.toString(rest).length();
      length = rest + Integer.toString(length).length();
      records.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
      records.writeBytes(name);
      records.writeBytes(value);
      records.write('\n');
    }

    byte[] bytes() {
      if (!binary) {
        return records.toByteArray();
      }
      Records whole = new Records();
      whole.add("hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
      whole.records.writeBytes(records.toByteArray());
      return whole.records.toByteArray();
    }

    private static boolean isUtf8(byte[] value) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
        return true;
      } catch (CharacterCodingException e) {
        return false;
      }
    }
  }
}
