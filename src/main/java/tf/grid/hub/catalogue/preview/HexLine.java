package tf.grid.hub.catalogue.preview;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A line of a file in hexadecimal digits.
 *
 * @param offset of its first byte, 8 digits or more
 * @param digits of up to 16 bytes
 * @param text the bytes as ASCII, a dot for those that are not printable
 */
public record HexLine(String offset, String digits, String text) {

  private static final int BYTES = 16;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  /** The digits, as long as those of any other line. */
  public String padded() {
    return digits + " ".repeat(BYTES * 3 - 1 - digits.length());
  }

  /**
   * The lines of some bytes.
   *
   * @param from where in the file they begin
   */
  static List<HexLine> of(byte[] bytes, long from) {
    List<HexLine> lines = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += BYTES) {
      int end = Math.min(bytes.length, at + BYTES);
      StringBuilder text = new StringBuilder(BYTES);
      for (int i = at; i < end; i++) {
        text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
      }
      String offset = String.format("%08x", from + at);
      lines.add(new HexLine(offset, HEX.formatHex(bytes, at, end), text.toString()));
    }
    return lines;
  }
}
