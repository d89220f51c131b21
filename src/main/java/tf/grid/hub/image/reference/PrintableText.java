package tf.grid.hub.image.reference;

/** Texts of strangers in messages: short, and without characters that would do something. */
final class PrintableText {

  private static final int LONGEST = 100;

  private PrintableText() {}

  static String of(String text) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
