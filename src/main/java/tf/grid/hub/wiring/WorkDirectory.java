package tf.grid.hub.wiring;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The part of the work directory that is the hub's alone. */
public final class WorkDirectory {

  private static final String OWN = "hub-scratch";

  private WorkDirectory() {}

  /**
   * Makes a directory of our own below the configured one, which others may use too, and removes
   * what a hub that was killed left there.
   *
   * @return where temporary files go
   */
  public static Path emptied(Path configured) throws IOException {
    Path own = Files.createDirectories(configured.resolve(OWN));
    Files.walkFileTree(own, new Removal(own));
    return own;
  }

  /** Removes everything below a directory; links are removed, not followed. */
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
   * @param path absolute, exists
   */
  public record Scratch(Path path) {}
}
