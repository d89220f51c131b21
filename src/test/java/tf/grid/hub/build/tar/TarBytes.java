package tf.grid.hub.build.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Archives written byte by byte, so that tests can make the wrong ones too. */
public final class TarBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A regular file of {@code root:root 0644}. */
  public TarBytes file(String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return entry(new Header(path).size(bytes.length), bytes);
  }

  public TarBytes file(String path, byte[] content) {
    return entry(new Header(path).size(content.length), content);
  }

  public TarBytes directory(String path) {
    return entry(new Header(path).type('5').mode(0755));
  }

  public TarBytes symbolicLink(String path, String target) {
    return entry(new Header(path).type('2').target(target));
  }

  public TarBytes hardLink(String path, String target) {
    return entry(new Header(path).type('1').target(target));
  }

  public TarBytes pax(String... records) {
    return header('x', paxPayload(records));
  }

  public TarBytes globalPax(String... records) {
    return header('g', paxPayload(records));
  }

  public TarBytes longName(String name) {
    return header('L', (name + "\0").getBytes(StandardCharsets.UTF_8));
  }

  public TarBytes longTarget(String target) {
    return header('K', (target + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /** An entry in front of another one, such as a PAX header. */
  public TarBytes header(char type, byte[] payload) {
    return entry(new Header("@extension").type(type).size(payload.length), payload);
  }

  public TarBytes entry(Header header, byte... content) {
    raw(header.bytes());
    raw(content);
    return raw(new byte[-content.length & 511]);
  }

  public TarBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** What there is so far, without an end mark. */
  public byte[] unfinished() {
    return out.toByteArray();
  }

  /** The whole archive. */
  public byte[] tar() {
    byte[] entries = out.toByteArray();
    return Arrays.copyOf(entries, entries.length + 1024);
  }

  public byte[] gzip() {
    return gzip(tar());
  }

  public static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] paxPayload(String... records) {
    StringBuilder payload = new StringBuilder();
    for (String record : records) {
      int rest = record.getBytes(StandardCharsets.UTF_8).length + 2;
      int length = rest + Integer.toString(rest).length();
      length = rest + Integer.toString(length).length();
      payload.append(length).append(' ').append(record).append('\n');
    }
    return payload.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One header block; names are written in ISO 8859-1, a character a byte. */
  public static final class Header {
    private final byte[] block = new byte[512];

    public Header(String path) {
      text(0, path);
      text(257, "ustar\00000");
      mode(0644).type('0').owner(0, 0).names("root", "root").size(0).time(1_600_000_000);
    }

    public Header type(char type) {
      block[156] = (byte) type;
      return this;
    }

    public Header mode(int mode) {
      return octal(100, 7, mode);
    }

    public Header owner(long uid, long gid) {
      return octal(108, 7, uid).octal(116, 7, gid);
    }

    public Header names(String user, String group) {
      return field(265, 32, user).field(297, 32, group);
    }

    public Header size(long size) {
      return octal(124, 11, size);
    }

    public Header time(long time) {
      return octal(136, 11, time);
    }

    public Header target(String target) {
      return field(157, 100, target);
    }

    public Header device(long major, long minor) {
      return octal(329, 7, major).octal(337, 7, minor);
    }

    /** GNU's form for numbers that octal digits cannot say. */
    public Header binary(int offset, int length, long value) {
      for (int i = 0; i < length; i++) {
        int shift = 8 * (length - 1 - i);
        block[offset + i] = (byte) (shift > 56 ? (value < 0 ? 0xFF : 0) : value >> shift);
      }
      block[offset] |= (byte) 0x80;
      return this;
    }

    public Header octal(int offset, int digits, long value) {
      String text = "0".repeat(digits) + Long.toOctalString(value);
      return text(offset, text.substring(text.length() - digits) + "\0");
    }

    public Header field(int offset, int length, String text) {
      Arrays.fill(block, offset, offset + length, (byte) 0);
      return text(offset, text);
    }

    public Header text(int offset, String text) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(bytes, 0, block, offset, bytes.length);
      return this;
    }

    /** With the right checksum. */
    public byte[] bytes() {
      text(148, "        ");
      int sum = 0;
      for (byte b : block) {
        sum += b & 0xFF;
      }
      octal(148, 6, sum);
      return block.clone();
    }
  }
}
