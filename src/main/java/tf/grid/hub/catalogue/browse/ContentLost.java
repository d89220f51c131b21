package tf.grid.hub.catalogue.browse;

import java.io.IOException;
import tf.grid.hub.flist.Name;

/** A part of a file cannot be read, because its chunk is not what it should be. */
public final class ContentLost extends IOException {

  private static final long serialVersionUID = 1L;

  ContentLost(Name file, String why) {
    super("tried to read " + file + " but " + why);
  }
}
