package tf.grid.hub.build.tar.header;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sender should know about an archive that was accepted. Keeps the first texts and counts
 * the others, so that its memory is bounded. Not thread-safe.
 */
public final class ArchiveWarnings {
  /** The most texts that are kept. */
  static final int MOST = 20;

  private static final int LONGEST = 600;

  private final List<String> texts = new ArrayList<>();
  private long others;

  /** Adds one, unless there are many. */
  public void add(String text) {
    if (texts.size() < MOST) {
      texts.add(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    } else {
      others++;
    }
  }

  /** All that were kept, and how many more there were; unmodifiable. */
  public List<String> texts() {
    List<String> all = new ArrayList<>(texts);
    if (others > 0) {
      all.add("and " + others + " more warnings");
    }
    return List.copyOf(all);
  }
}
