package tf.grid.hub.catalogue.comparison;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.name.CatalogueException.FlistUnreadableException;
import tf.grid.hub.catalogue.name.CatalogueException.InvalidPageException;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.diff.FlistDiff;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.limit.ReadLimit;
import tf.grid.hub.limit.TryAgainLaterException;

/** Compares published flists, page by page. Thread-safe. */
public final class Comparisons {

  private final Path workDir;
  private final ReadLimit readLimit;

  /**
   * Compares flists of a hub.
   *
   * @param workDir where large databases are unpacked
   * @param readLimit bounds how many flists are read at once
   */
  public Comparisons(Path workDir, ReadLimit readLimit) {
    this.workDir = workDir;
    this.readLimit = readLimit;
  }

  /**
   * One page of what differs.
   *
   * @throws InvalidPageException if the cursor is of other flists, or of other states of these
   * @throws FlistUnreadableException if a flist is damaged
   * @throws TryAgainLaterException if too many others are being read
   */
  public JsonBody page(LocatedFlist before, LocatedFlist after, ComparisonPage page) {
    try {
      ContentVersion old = before.version();
      ContentVersion fresh = after.version();
      int state = Cursor.state(old, fresh);
      if (page.after().isPresent() && page.after().get().state() != state) {
        throw new InvalidPageException(
            "the flists have changed since the first page: start without a cursor");
      }
      return readLimit.take(
          () -> {
            try (FlistReader first = open(before, old);
                FlistReader second = open(after, fresh)) {
              return ComparisonJson.of(new FlistDiff(first, second), page, state);
            }
          });
    } catch (FlistRejectedException e) {
      throw new FlistUnreadableException(after.name(), e.getMessage(), e);
    } catch (IOException e) {
      throw new FlistUnreadableException(after.name(), "the file cannot be read", e);
    }
  }

  private FlistReader open(LocatedFlist flist, ContentVersion state) throws IOException {
    FileChannel file = flist.open(state).orElseThrow(() -> ReadLimit.busy(Duration.ofSeconds(1)));
    try {
      return FlistReader.open(
          Channels.newInputStream(file), workDir, FlistLimits.DEFAULT, TruncatedFiles.SHOWN);
    } catch (FlistRejectedException e) {
      throw new FlistUnreadableException(flist.name(), e.getMessage(), e);
    }
  }
}
