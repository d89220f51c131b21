package tf.grid.hub.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import tf.grid.hub.catalogue.digest.ContentVersion;
import tf.grid.hub.catalogue.digest.FlistFile;
import tf.grid.hub.catalogue.name.CatalogueException.FlistNotFoundException;
import tf.grid.hub.catalogue.name.FlistName;

/**
 * An existing flist, found by name.
 *
 * @param name the requested name
 * @param file the file itself, after following links
 * @param link the link of that name, if it is one
 */
public record LocatedFlist(FlistName name, FlistFile file, Optional<StoredItem.Link> link) {

  /**
   * The current version of the file.
   *
   * @throws FlistNotFoundException if the file was removed
   */
  public ContentVersion version() throws IOException {
    try {
      return file.version();
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }

  /**
   * Opens the file if it still has this version. An open file is not affected when its name is
   * replaced.
   *
   * @return empty if the file was replaced or modified
   * @throws FlistNotFoundException if the file was removed
   */
  public Optional<FileChannel> open(ContentVersion expected) throws IOException {
    try {
      return file.open(expected);
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }

  /**
   * Opens the file. An open file is not affected when its name is replaced.
   *
   * @throws FlistNotFoundException if the file was removed
   */
  public FileChannel open() throws IOException {
    try {
      return file.open();
    } catch (NoSuchFileException e) {
      throw new FlistNotFoundException();
    }
  }
}
