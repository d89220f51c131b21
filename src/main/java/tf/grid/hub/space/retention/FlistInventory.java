package tf.grid.hub.space.retention;

import java.io.IOException;
import java.util.List;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.directory.DirectoryCatalogue;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.shared.SharedCatalogue;

/**
 * All flists of a catalogue at one moment, wherever it keeps them. Fails if anything is unreadable.
 */
interface FlistInventory {

  /** Reads all flists. */
  static FlistInventory of(Catalogue catalogue) throws IOException {
    return catalogue instanceof SharedCatalogue shared
        ? new SharedInventory(shared)
        : new DirectoryInventory(DirectoryCatalogue.of(catalogue).users());
  }

  /** A flist that may be deleted if nothing keeps it. */
  record Found(RepositoryName repository, FlistName name, ContentVersion version) {}

  List<Found> flists();

  /** Whether any link leads to a flist. */
  boolean isLinked(Candidate flist);

  /** Whether a flist still has its version, now and not when the inventory was made. */
  boolean isCurrent(Candidate flist) throws IOException;
}
