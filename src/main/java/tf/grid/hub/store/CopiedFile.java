package tf.grid.hub.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Copies files that are replaced as a whole, or deleted, but never modified. */
public final class CopiedFile {

  private CopiedFile() {}

  /** Makes a hard link, or a copy where the file system does not allow that. */
  public static void make(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException otherDisk) {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
