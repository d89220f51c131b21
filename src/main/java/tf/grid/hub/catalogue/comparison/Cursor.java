package tf.grid.hub.catalogue.comparison;

import java.nio.ByteBuffer;
import java.util.Base64;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidPageException;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.diff.DiffPosition;

/**
 * The position at the end of a page, as an opaque text for clients.
 *
 * @param state identifies the versions of the two flists
 * @param place position of the last difference on the page
 */
record Cursor(int state, DiffPosition place) {
  private static final int HEADER = Integer.BYTES + 1;
  private static final int MOST_CHARACTERS = 16_384;

  /** Identifies the versions of two flists. */
  static int state(ContentVersion before, ContentVersion after) {
    return 31 * before.hashCode() + after.hashCode();
  }

  /**
   * Parses a cursor.
   *
   * @throws InvalidPageException if it was not created by this class
   */
  static Cursor parse(String text) {
    try {
      if (text.length() <= MOST_CHARACTERS) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length > HEADER) {
          return new Cursor(ByteBuffer.wrap(bytes).getInt(), place(bytes));
        }
      }
    } catch (IllegalArgumentException e) {
      // Reported below as an invalid cursor.
    }
    throw new InvalidPageException("the cursor is none that a page of this answer gave");
  }

  private static DiffPosition place(byte[] bytes) {
    FlistPath path = FlistPath.ROOT;
    int from = HEADER;
    for (int at = from; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '/') {
        path = path.child(Name.of(bytes, from, at));
        from = at + 1;
      }
    }
    return new DiffPosition(path, bytes[HEADER - 1] == 1);
  }

  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + place.path().length());
    bytes.putInt(state).put((byte) (place.directory() ? 1 : 0)).put(place.path().bytes());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }
}
