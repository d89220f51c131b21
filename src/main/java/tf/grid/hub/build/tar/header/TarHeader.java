package tf.grid.hub.build.tar.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import tf.grid.hub.flist.Name;

/**
 * The fields of one 512-byte header block: V7, ustar (POSIX.1-1988), GNU and star. The block
 * belongs to the reader, which overwrites it with the next header.
 */
public final class TarHeader {
  /** Bytes of a header; content is padded to a multiple of it. */
  public static final int BLOCK = 512;

  private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GNU = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STAR = "tar\0".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern OCTAL = Pattern.compile(" *[0-7]* *");
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;
  private static final int TIME_LENGTH = 12;

  private final byte[] block;

  public TarHeader(byte[] block) {
    this.block = block;
  }

  public boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the block could be a header and is not part of the end marker. */
  public boolean isPlausible() {
    try {
      return !isZero() && checksumMatches();
    } catch (TarException noNumber) {
      return false;
    }
  }

  /**
   * Whether the checksum is correct, as a sum of unsigned bytes or, as in some old writers, of
   * signed bytes.
   */
  boolean checksumMatches() throws TarException {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      int value = i >= CHECKSUM && i < CHECKSUM_END ? ' ' : block[i];
      unsigned += value & 0xFF;
      signed += value;
    }
    long expected = number(CHECKSUM, 8, "checksum");
    return expected == unsigned || expected == signed;
  }

  public char type() {
    return (char) (block[156] & 0xFF);
  }

  public long mode() throws TarException {
    return number(100, 8, "mode");
  }

  public long uid() throws TarException {
    return number(108, 8, "owner");
  }

  public long gid() throws TarException {
    return number(116, 8, "group");
  }

  public long size() throws TarException {
    return number(124, 12, "size");
  }

  public long modified() throws TarException {
    return number(136, 12, "time");
  }

  public Name target() {
    return text(157, 100);
  }

  public Name user() {
    return hasMagic() ? text(265, 32) : Name.EMPTY;
  }

  public Name group() {
    return hasMagic() ? text(297, 32) : Name.EMPTY;
  }

  public long major() throws TarException {
    return hasMagic() ? number(329, 8, "device number") : 0;
  }

  public long minor() throws TarException {
    return hasMagic() ? number(337, 8, "device number") : 0;
  }

  /** The name, with the prefix if the format has one and it is used. */
  public Name path(GnuPrefix rule) {
    Name name = text(0, 100);
    Name prefix = prefix(rule);
    if (prefix.length() == 0) {
      return name;
    }
    byte[] path = new byte[prefix.length() + 1 + name.length()];
    int next = prefix.copyTo(path, 0);
    path[next] = '/';
    name.copyTo(path, next + 1);
    return Name.of(path);
  }

  /** Offset and length pairs of GNU's old sparse format in the header itself. */
  public byte[] sparseField() {
    return Arrays.copyOfRange(block, 386, 386 + 4 * 24);
  }

  public boolean sparseContinues() {
    return block[482] != 0;
  }

  public long sparseSize() throws TarException {
    return number(483, 12, "size");
  }

  private Name prefix(GnuPrefix rule) {
    if (isGnu()) {
      return rule == GnuPrefix.USED && hasGnuPrefix() ? text(PREFIX, PREFIX_LENGTH) : Name.EMPTY;
    }
    if (!has(MAGIC, USTAR)) {
      return Name.EMPTY;
    }
    return isStar() ? text(PREFIX, 131) : text(PREFIX, PREFIX_LENGTH);
  }

  /** Whether the header is star's, which has times after a shorter prefix. */
  public boolean isStar() {
    return has(508, STAR);
  }

  /**
   * Whether a GNU header has an ASCII path in place of its access and change times. A path that
   * could be octal digits counts as times; a sparse map is not a prefix.
   */
  public boolean hasGnuPrefix() {
    return isGnu()
        && type() != 'S'
        && block[PREFIX] != 0
        && !(isTime(PREFIX) && isTime(PREFIX + TIME_LENGTH))
        && isAscii(text(PREFIX, PREFIX_LENGTH));
  }

  /** Stricter than the parser of numbers: a path may begin with one. */
  private boolean isTime(int offset) {
    return block[offset] < 0 || OCTAL.matcher(text(offset, TIME_LENGTH).toString()).matches();
  }

  private static boolean isAscii(Name text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.byteAt(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the header is GNU's, so that the type {@code S} is its old sparse format. */
  public boolean isGnu() {
    return has(MAGIC, GNU);
  }

  private boolean hasMagic() {
    return has(MAGIC, USTAR);
  }

  private boolean has(int offset, byte[] mark) {
    return Arrays.equals(block, offset, offset + mark.length, mark, 0, mark.length);
  }

  private Name text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return Name.of(block, offset, end);
  }

  private long number(int offset, int length, String what) throws TarException {
    return TarNumber.field(block, offset, length, what);
  }
}
