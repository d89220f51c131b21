package tf.grid.hub.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of header fields whose senders wrote more than ASCII. */
public final class HeaderText {

  private HeaderText() {}

  /**
   * What a value says.
   *
   * @param value as the server decoded it, which is ISO-8859-1
   * @return the bytes as UTF-8 if they are, else the value as it is
   */
  public static String of(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException latin) {
      return value;
    }
  }
}
