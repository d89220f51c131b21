package tf.grid.hub.space.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.space.mark.StoredFlists;
import tf.grid.hub.space.mark.StoredFlists.StoredFlist;

/** The flists of a directory. */
final class DirectoryInventory implements FlistInventory {

  private final Path root;
  private final StoredFlists.Listing listing;

  DirectoryInventory(UsersDirectory users) throws IOException {
    this.root = users.root();
    this.listing = StoredFlists.of(root);
  }

  /** Without those in directories that an operator has linked, and without pipes and devices. */
  @Override
  public List<Found> flists() {
    return listing.flists().stream().map(this::found).flatMap(Optional::stream).toList();
  }

  private Optional<Found> found(StoredFlist flist) {
    Path directory = flist.file().getParent();
    Optional<RepositoryName> repository =
        RepositoryName.ofStored(directory.getFileName().toString());
    Optional<FlistName> name = FlistName.ofStored(flist.file().getFileName().toString());
    boolean isIn =
        root.equals(directory.getParent())
            && Files.isRegularFile(flist.file(), LinkOption.NOFOLLOW_LINKS)
            && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    return isIn && repository.isPresent()
        ? name.map(flistName -> new Found(repository.get(), flistName, flist.identity()))
        : Optional.empty();
  }

  @Override
  public boolean isLinked(Candidate flist) {
    return listing.linked().contains(real(flist));
  }

  /** The path without links; the file itself is none. */
  private static Path real(Candidate flist) {
    try {
      return flist.file().toRealPath();
    } catch (IOException gone) {
      return flist.file();
    }
  }

  @Override
  public boolean isCurrent(Candidate flist) throws IOException {
    return FileIdentity.of(flist.file()).equals(flist.version());
  }
}
