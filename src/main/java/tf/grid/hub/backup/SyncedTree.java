package tf.grid.hub.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** Makes a tree of files durable, so that it survives a power failure. */
final class SyncedTree {

  private SyncedTree() {}

  /**
   * Syncs all files and directories of a tree, each directory after what is in it. Symbolic links
   * are durable with their directories.
   *
   * @return number of files and directories
   * @throws IOException if one of them cannot be synced
   */
  static int sync(Path tree) throws IOException {
    Sync sync = new Sync();
    Files.walkFileTree(tree, sync);
    return sync.count;
  }

  /** Syncs one file, or the names in one directory. */
  static void syncOne(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static final class Sync extends SimpleFileVisitor<Path> {
    private int count;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile()) {
        syncOne(file);
        count++;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      syncOne(directory);
      count++;
      return FileVisitResult.CONTINUE;
    }
  }
}
