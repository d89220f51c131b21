package tf.grid.hub.wiring;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The hub's own directory inside the work directory. */
public final class WorkDirectory {

  private static final String OWN = "hub-scratch";

  private WorkDirectory() {}

  /**
   * Creates the hub's directory below the configured one, which other programs may share, and
   * deletes files that a killed hub left there.
   *
   * @return the directory for temporary files
   */
  public static Path emptied(Path configured) throws IOException {
    Path own = Files.createDirectories(configured.resolve(OWN));
    Files.walkFileTree(own, new Removal(own));
    return own;
  }

  /** Deletes everything below a directory; links are deleted, not followed. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    private final Path kept;

    Removal(Path kept) {
      this.kept = kept;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (!directory.equals(kept)) {
        Files.delete(directory);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /**
   * The directory for temporary files, emptied at the start.
   *
   * @param path absolute path of the existing directory
   */
  public record Scratch(Path path) {}
}
