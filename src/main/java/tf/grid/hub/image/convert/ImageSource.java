package tf.grid.hub.image.convert;

import java.io.IOException;
import tf.grid.hub.build.ArchiveRejected;
import tf.grid.hub.build.layer.LayeredBuild;

/** Where images come from. Threads may share it. */
public interface ImageSource {

  /**
   * Fetches an image.
   *
   * @param build takes its layers
   * @throws tf.grid.hub.image.pull.PullFailure when it cannot be had
   * @throws ArchiveRejected when its content cannot become a flist
   * @throws java.io.InterruptedIOException when the thread is interrupted
   */
  FetchedImage fetch(WantedImage wanted, LayeredBuild build) throws IOException, ArchiveRejected;
}
