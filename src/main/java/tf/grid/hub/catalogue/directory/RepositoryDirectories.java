package tf.grid.hub.catalogue.directory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import tf.grid.hub.catalogue.CatalogueFullException;
import tf.grid.hub.catalogue.name.CatalogueException.LinkNotFollowedException;
import tf.grid.hub.catalogue.name.RepositoryName;

/** Creates and removes the directories of repositories. Thread-safe. */
final class RepositoryDirectories {
  private final UsersDirectory users;

  RepositoryDirectories(UsersDirectory users) {
    this.users = users;
  }

  /** Starts a file in a repository, which is created if necessary. */
  NewFile newFile(RepositoryName repository) throws IOException {
    try {
      return NewFile.in(users.of(repository));
    } catch (NoSuchFileException e) {
      // The empty repository was removed in the meantime, manually or after another failed change.
      create(repository);
      return NewFile.in(users.of(repository));
    }
  }

  /** Creates a repository durably. Returns whether it was missing. */
  boolean create(RepositoryName repository) throws IOException {
    if (users.contains(repository)) {
      return false;
    }
    try {
      Files.createDirectory(users.of(repository));
      NewFile.sync(users.root());
      return true;
    } catch (FileAlreadyExistsException e) {
      if (users.contains(repository)) {
        return false;
      }
      if (Files.isSymbolicLink(users.of(repository))) {
        throw LinkNotFollowedException.of(repository);
      }
      throw new IOException("tried to publish into " + repository + " but it is no directory", e);
    } catch (IOException e) {
      throw CatalogueFullException.unlessRoom(users.root(), e);
    }
  }

  /** Removes a repository that nothing was added to. Returns whether it was there and empty. */
  boolean removeIfEmpty(RepositoryName repository) throws IOException {
    return TemporaryFiles.removeIfEmpty(users.of(repository));
  }
}
