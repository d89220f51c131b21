package tf.grid.hub.space.retention;

import java.io.IOException;
import java.util.List;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.shared.SharedCatalogue;

/** A look at all flists of a catalogue, wherever it keeps them. Fails if anything is unreadable. */
interface Look {

  /** Looks at this moment. */
  static Look at(Catalogue catalogue) throws IOException {
    return catalogue instanceof SharedCatalogue shared
        ? new LookAtRows(shared)
        : new LookAtFiles(DirectoryCatalogue.of(catalogue).users());
  }

  /** A flist that may be deleted if nothing keeps it. */
  record Found(RepositoryName repository, FlistName name, ContentVersion version) {}

  List<Found> flists();

  /** Whether any link leads to a flist. */
  boolean isLinked(Candidate flist);

  /** Whether a flist still has its version, now and not at the time of the look. */
  boolean isCurrent(Candidate flist) throws IOException;
}
