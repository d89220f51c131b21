package tf.grid.hub.build.tar.header;

import java.util.ArrayList;
import java.util.List;

/**
 * Warnings about an accepted archive. Keeps the first texts and counts the others, which limits its
 * memory. Not thread-safe.
 */
public final class ArchiveWarnings {
  /** Maximum number of texts that are kept. */
  static final int MOST = 20;

  private static final int LONGEST = 600;

  private final List<String> texts = new ArrayList<>();
  private long others;

  /** Adds a warning; only counts it if the maximum is reached. */
  public void add(String text) {
    if (texts.size() < MOST) {
      texts.add(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    } else {
      others++;
    }
  }

  /** The kept texts, and a text with the number of the others; unmodifiable. */
  public List<String> texts() {
    List<String> all = new ArrayList<>(texts);
    if (others > 0) {
      all.add("and " + others + " more warnings");
    }
    return List.copyOf(all);
  }
}
