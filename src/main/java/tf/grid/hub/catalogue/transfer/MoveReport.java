package tf.grid.hub.catalogue.transfer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what was moved, and says what was not. For one thread. */
public final class MoveReport {

  /** How many entries are looked at between two lines about the progress. */
  private static final long PROGRESS = 1_000;

  /** What is counted. */
  enum Kind {
    REPOSITORIES("Repositories"),
    FLISTS("Flists"),
    LINKS("Links"),
    TAGS("Tags"),
    TAG_LINKS("Links in tags"),
    TOKENS("Tokens");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private static final class Count {
    private long written;
    private long replaced;
    private long equal;
  }

  private final Consumer<String> lines;
  private final Map<Kind, Count> counts = new EnumMap<>(Kind.class);
  private long seen;
  private long different;
  private long skipped;
  private long unreadable;
  private long elsewhere;

  /**
   * Reports as it goes.
   *
   * @param lines receives a line for each thing that is not moved, and for the progress
   */
  public MoveReport(Consumer<String> lines) {
    this.lines = lines;
    for (Kind kind : Kind.values()) {
      counts.put(kind, new Count());
    }
  }

  /** Something was written that was not there. */
  void written(Kind kind) {
    counts.get(kind).written++;
    progress();
  }

  /** Something was written over something different. */
  void replaced(Kind kind) {
    counts.get(kind).replaced++;
    progress();
  }

  /** Something was there already. */
  void equal(Kind kind) {
    counts.get(kind).equal++;
    progress();
  }

  /** Something different is there and stays. */
  void different(String shown, String how) {
    different++;
    lines.accept("different: " + shown + " " + how);
  }

  /** Something cannot be read. */
  void unreadable(String shown, String why) {
    unreadable++;
    lines.accept("unreadable: " + shown + ": " + why);
  }

  /** Something does not belong in a catalogue. */
  void skipped(String shown, String why) {
    skipped++;
    lines.accept("skipped: " + shown + " " + why);
  }

  /** Something is only at the destination and stays. */
  void elsewhere(String shown) {
    elsewhere++;
    lines.accept("only at the destination: " + shown);
  }

  /** Something was moved in a way that is worth a line. */
  void noted(String shown, String what) {
    lines.accept("note: " + shown + " " + what);
  }

  private void progress() {
    seen++;
    if (seen % PROGRESS == 0) {
      lines.accept(seen + " entries so far");
    }
  }

  /** Whether everything that belongs in a catalogue is now at the destination. */
  public boolean isComplete() {
    return different == 0 && unreadable == 0;
  }

  /** The counts. */
  public List<String> summary() {
    List<String> summary = new ArrayList<>();
    counts.forEach(
        (kind, count) ->
            summary.add(
                "%s: %d written, %d replaced, %d already there"
                    .formatted(kind.text, count.written, count.replaced, count.equal)));
    summary.add("Different and left as they are: " + different);
    summary.add("Only at the destination: " + elsewhere);
    summary.add("Unreadable: " + unreadable);
    summary.add("Skipped: " + skipped);
    return summary;
  }
}
