package tf.grid.hub.image.reference;

/** Shortens untrusted texts in messages and removes special characters. */
final class MessageText {

  private static final int LONGEST = 100;

  private MessageText() {}

  static String of(String text) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
