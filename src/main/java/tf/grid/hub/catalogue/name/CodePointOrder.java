package tf.grid.hub.catalogue.name;

import java.util.Comparator;

/**
 * The order of names in listings: by code points, like UTF-8 bytes. Differs from {@link
 * String#compareTo} for characters beyond the basic plane.
 */
public final class CodePointOrder {

  public static final Comparator<String> COMPARATOR = CodePointOrder::compare;

  private CodePointOrder() {}

  static int compare(String left, String right) {
    int end = Math.min(left.length(), right.length());
    for (int i = 0; i < end; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Character.isSurrogate(a) == Character.isSurrogate(b)
            ? Character.compare(a, b)
            : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
