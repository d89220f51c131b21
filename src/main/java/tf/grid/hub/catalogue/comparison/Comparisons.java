package tf.grid.hub.catalogue.comparison;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import tf.grid.hub.catalogue.Busy;
import tf.grid.hub.catalogue.FileIdentity;
import tf.grid.hub.catalogue.FlistUnreadable;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.contents.Turns;
import tf.grid.hub.catalogue.json.JsonBody;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistReader;
import tf.grid.hub.flist.FlistRejected;
import tf.grid.hub.flist.LostTails;
import tf.grid.hub.flist.diff.FlistDiff;

/** Compares published flists, a page at a time. Threads may share it. */
public final class Comparisons {

  private final Path workDir;
  private final Turns turns;

  /**
   * Compares flists of a hub.
   *
   * @param workDir where large databases are unpacked
   * @param turns bounds how many flists are read at once
   */
  public Comparisons(Path workDir, Turns turns) {
    this.workDir = workDir;
    this.turns = turns;
  }

  /**
   * One page of what differs.
   *
   * @throws BadPage if the cursor is of other flists, or of other states of these
   * @throws FlistUnreadable if a flist is damaged
   * @throws Busy if too many others are being read
   */
  public JsonBody page(LocatedFlist before, LocatedFlist after, Page page) {
    try {
      FileIdentity old = before.identity();
      FileIdentity fresh = after.identity();
      int state = Cursor.state(old, fresh);
      if (page.after().isPresent() && page.after().get().state() != state) {
        throw new BadPage("the flists have changed since the first page: start without a cursor");
      }
      return turns.take(
          () -> {
            try (FlistReader first = open(before, old);
                FlistReader second = open(after, fresh)) {
              return ComparisonJson.of(new FlistDiff(first, second), page, state);
            }
          });
    } catch (FlistRejected e) {
      throw new FlistUnreadable(after.name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new FlistUnreadable(after.name(), "the file cannot be read", e);
    }
  }

  private FlistReader open(LocatedFlist flist, FileIdentity state) throws IOException {
    FileChannel file = flist.open(state).orElseThrow(() -> new Busy(Duration.ofSeconds(1)));
    try {
      return FlistReader.open(
          Channels.newInputStream(file), workDir, FlistLimits.DEFAULT, LostTails.SHOWN);
    } catch (FlistRejected e) {
      throw new FlistUnreadable(flist.name(), e.getMessage(), e);
    }
  }
}
