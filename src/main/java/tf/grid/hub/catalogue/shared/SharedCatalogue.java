package tf.grid.hub.catalogue.shared;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;

/** A catalogue that other hubs change too. What it says here is never from memory. */
public interface SharedCatalogue {

  /**
   * A flist that is a file.
   *
   * @param isLinked whether any link leads to it
   */
  record SharedFlist(
      RepositoryName repository, FlistName name, ContentVersion version, boolean isLinked) {}

  /**
   * All flists that are files.
   *
   * @throws IOException if they cannot be read
   */
  List<SharedFlist> allFlists() throws IOException;

  /**
   * The version of a flist that is a file; within a change, that which is changed.
   *
   * @throws IOException if it cannot be read
   */
  Optional<? extends ContentVersion> versionOf(RepositoryName repository, FlistName name)
      throws IOException;
}
