package tf.grid.hub.client.pull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.client.push.FileNames;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.problem.PrintableText;

/**
 * A private directory inside the target of a restore. It holds one entry at a time, which is moved
 * to its place when it is complete. Closing removes the directory. Not thread-safe.
 */
final class StagingDirectory implements Closeable {
  private static final Path NAME = Path.of("entry");
  private static final Pattern DEVICE = Pattern.compile("([0-9]{1,9}),([0-9]{1,9})");

  private final Path directory;
  private final SecureDirectoryStream<Path> stream;

  /** Creates the directory in a target, which is open as {@code top}. */
  StagingDirectory(Path target, SecureDirectoryStream<Path> top) throws IOException {
    directory = Files.createTempDirectory(target, ".hub-pull-", only("rwx------"));
    stream =
        Restore.secure(top.newDirectoryStream(directory.getFileName(), LinkOption.NOFOLLOW_LINKS));
  }

  /** An entry that cannot exist on this system or for this user. The message says why. */
  static final class UnrestorableEntryException extends IOException {
    private static final long serialVersionUID = 1L;

    UnrestorableEntryException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** The path of the entry. */
  Path entry() {
    return directory.resolve(NAME);
  }

  FileChannel createFile() throws IOException {
    return FileChannel.open(
        entry(),
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        only("rw-------"));
  }

  void createDirectory() throws IOException {
    Files.createDirectory(entry());
  }

  void createLink(LinkNode link) throws IOException {
    try {
      Files.createSymbolicLink(entry(), FileNames.path(link.target()));
    } catch (InvalidPathException | IndexOutOfBoundsException e) {
      throw new UnrestorableEntryException("the target of the link cannot exist", e);
    }
  }

  /**
   * Creates a pipe or a device.
   *
   * @param devices whether the user may create devices
   */
  void createSpecial(SpecialNode node, boolean devices) throws UnrestorableEntryException {
    int type =
        switch (node.type()) {
          case FIFO -> 0010000;
          case CHARACTER -> 0020000;
          case BLOCK -> 0060000;
          case SOCKET, UNKNOWN ->
              throw new UnrestorableEntryException(
                  "sockets and unknown files cannot be restored", null);
        };
    long major = 0;
    long minor = 0;
    if (node.type() != SpecialNode.Type.FIFO) {
      Matcher numbers = DEVICE.matcher(node.data());
      if (!numbers.matches()) {
        throw new UnrestorableEntryException("the device has no valid number", null);
      }
      if (!devices) {
        throw new UnrestorableEntryException("only root can create devices", null);
      }
      major = Long.parseLong(numbers.group(1));
      minor = Long.parseLong(numbers.group(2));
    }
    try {
      NativeFiles.createNode(entry(), type | 0600, major, minor);
    } catch (IOException e) {
      throw new UnrestorableEntryException(e.getMessage(), e);
    }
  }

  /**
   * Moves the entry to its place.
   *
   * @param parent the open directory of the place
   * @param path of the place in the flist
   */
  void moveTo(SecureDirectoryStream<Path> parent, FlistPath path) throws IOException {
    try {
      stream.move(NAME, parent, FileNames.single(path.name()));
    } catch (FileSystemException e) {
      throw new IOException(
          "cannot create /%s: %s".formatted(PrintableText.of(path.bytes()), e.getReason()), e);
    }
  }

  /** Removes the directory, with an entry that was not moved. */
  @Override
  public void close() throws IOException {
    stream.close();
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(directory);
  }
}
