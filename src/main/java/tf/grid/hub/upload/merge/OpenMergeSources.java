package tf.grid.hub.upload.merge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.upload.UploadRejectedException;
import tf.grid.hub.upload.merge.MergeSources.MergeSource;

/**
 * The sources of a merge, each opened in the state in which it was found. Together they use no more
 * memory than a single flist. Not thread-safe.
 */
final class OpenMergeSources implements Closeable {
  private final List<FlistReader> readers = new ArrayList<>();

  private OpenMergeSources() {}

  /**
   * Opens all sources.
   *
   * @param workDir directory for databases that do not fit in memory
   * @param defects receives accepted defects while sources are read
   * @throws UploadRejectedException if a source is damaged
   */
  static OpenMergeSources open(List<MergeSource> sources, Path workDir, FlistDefects defects)
      throws IOException {
    OpenMergeSources open = new OpenMergeSources();
    boolean all = false;
    try {
      for (MergeSource source : sources) {
        open.readers.add(open(source, workDir, defects, FlistReader.IN_MEMORY / sources.size()));
      }
      all = true;
      return open;
    } finally {
      if (!all) {
        open.close();
      }
    }
  }

  private static FlistReader open(
      MergeSource source, Path workDir, FlistDefects defects, int inMemory) throws IOException {
    try {
      return FlistReader.open(
          Channels.newInputStream(source.flist().open()),
          workDir,
          FlistLimits.DEFAULT,
          inMemory,
          defects);
    } catch (FlistRejectedException e) {
      throw new UploadRejectedException(source.name() + " is unreadable: " + e.getMessage(), e);
    }
  }

  /** Readers in the order of the sources. */
  List<FlistReader> readers() {
    return Collections.unmodifiableList(readers);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (FlistReader reader : readers) {
      try {
        reader.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
