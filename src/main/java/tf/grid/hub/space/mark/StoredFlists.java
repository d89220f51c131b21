package tf.grid.hub.space.mark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.digest.FileIdentity;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.problem.Problem;

/**
 * Lists every file that the hub can serve as a flist: those in repositories and tags, and those
 * that links lead to. Unlike the listings of the website, this one fails if anything is unreadable,
 * because whatever it does not find is deleted.
 */
public final class StoredFlists {
  private static final String SUFFIX = ".flist";
  private static final String TEMPORARY = ".tmp-";

  private final Map<Path, StoredFlist> found = new HashMap<>();
  private final Set<Path> linked = new HashSet<>();
  private int repositories;

  private StoredFlists() {}

  /**
   * A file at the time of the listing.
   *
   * @param repository the directory in which it was found first
   * @param identity of the content
   */
  public record StoredFlist(Path file, String repository, FileIdentity identity) {

    /** Opens the file, which may have changed since. */
    public InputStream open() throws IOException {
      if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
        // Reading a pipe would wait without end.
        throw new FileSystemException(file.toString(), null, "neither a file nor a directory");
      }
      return Files.newInputStream(file);
    }
  }

  /**
   * The result of a listing.
   *
   * @param repositories number of directories
   * @param linked real paths of all files to which a link in a repository or tag leads, and of
   *     those in repositories to which a link leads
   */
  public record Listing(List<StoredFlist> flists, int repositories, Set<Path> linked) {}

  /**
   * Lists all flists, each once. Links are followed wherever they lead, whether the configuration
   * allows that or not, so that no mistake in it deletes anything.
   *
   * @param users the directory of the repositories
   * @throws UnreadableException if a directory, a link or a file cannot be looked at
   */
  public static Listing of(Path users) throws UnreadableException {
    StoredFlists listing = new StoredFlists();
    for (Path entry : entries(users)) {
      listing.repository(entry);
    }
    return new Listing(
        List.copyOf(listing.found.values()), listing.repositories, Set.copyOf(listing.linked));
  }

  private static List<Path> entries(Path directory) throws UnreadableException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      paths.forEach(all::add);
      return all;
    } catch (DirectoryIteratorException e) {
      throw new UnreadableException(directory, e.getCause());
    } catch (IOException e) {
      throw new UnreadableException(directory, e);
    }
  }

  private void repository(Path entry) throws UnreadableException {
    if (Files.isSymbolicLink(entry) && target(entry).isEmpty()) {
      // Perhaps a disk that is not mounted: what its flists refer to must not be deleted.
      throw new UnreadableException(entry, new NoSuchFileException(entry.toString()));
    }
    String name = entry.getFileName().toString();
    if (Files.isDirectory(entry)) {
      repositories++;
      for (Path item : entries(entry)) {
        entry(item, name, false);
        if (Files.isSymbolicLink(entry)) {
          target(item).ifPresent(linked::add);
        }
      }
    }
  }

  private void entry(Path path, String repository, boolean inTag) throws UnreadableException {
    String name = path.getFileName().toString();
    if (name.startsWith(TEMPORARY)) {
      // Not published yet, or a tag that is being removed.
      return;
    }
    if (Files.isSymbolicLink(path) && !(isTag(name, inTag) && Files.isDirectory(path))) {
      // Earlier hubs stored entries of tags without the suffix.
      boolean leads = inTag || name.endsWith(SUFFIX);
      Optional<Path> end = leads ? target(path) : Optional.empty();
      if (leads) {
        named(path).ifPresent(linked::add);
      }
      if (end.isPresent() && Files.isRegularFile(end.get())) {
        linked.add(end.get());
        add(end.get(), repository);
      }
    } else if (Files.isDirectory(path)) {
      if (isTag(name, inTag)) {
        for (Path item : entries(path)) {
          entry(item, repository, true);
        }
      }
    } else if (name.endsWith(SUFFIX)) {
      add(path, repository);
    }
  }

  private static boolean isTag(String name, boolean inTag) {
    return !inTag && name.startsWith(TagName.PREFIX);
  }

  /** The end of a link; empty if it is broken. */
  private static Optional<Path> target(Path link) throws UnreadableException {
    try {
      return Optional.of(link.toRealPath());
    } catch (NoSuchFileException | FileSystemLoopException broken) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UnreadableException(link, e);
    }
  }

  /**
   * The end of a link as the hub follows it: from the directory in which it seems to be, which may
   * be a link too.
   */
  private static Optional<Path> named(Path link) throws UnreadableException {
    try {
      Path text = Files.readSymbolicLink(link);
      return Optional.of(link.resolveSibling(text).normalize().toRealPath());
    } catch (NoSuchFileException | FileSystemLoopException | NotLinkException broken) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UnreadableException(link, e);
    }
  }

  private void add(Path file, String owner) throws UnreadableException {
    if (found.containsKey(file)) {
      return;
    }
    try {
      found.put(file, new StoredFlist(file, owner, FileIdentity.of(file)));
    } catch (NoSuchFileException gone) {
      // Deleted or renamed in the meantime; another listing finds its new name.
      return;
    } catch (IOException e) {
      throw new UnreadableException(file, e);
    }
  }

  /** Something in the catalogue cannot be read, so that nothing can be said about its chunks. */
  public static final class UnreadableException extends IOException implements Problem {
    private static final long serialVersionUID = 1;

    private final String file;

    UnreadableException(Path file, IOException cause) {
      super(file + " cannot be read: " + reason(cause), cause);
      this.file = file.toString();
    }

    /** The path of what cannot be read. */
    public String file() {
      return file;
    }

    @Override
    public int status() {
      return 500;
    }

    /** Why something cannot be read, without its path. */
    public static String reason(IOException cause) {
      if (cause instanceof AccessDeniedException) {
        return "access denied";
      }
      String message =
          cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
      return message == null ? cause.getClass().getSimpleName() : message;
    }
  }
}
