package tf.grid.hub.catalogue.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tf.grid.hub.catalogue.StoredItem;
import tf.grid.hub.catalogue.digest.Md5Cache;
import tf.grid.hub.catalogue.directory.UsersDirectory;
import tf.grid.hub.catalogue.name.CodePointOrder;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.catalogue.postgresql.transfer.MovedEntry;
import tf.grid.hub.http.file.Sha256;

/** Reads and writes single entries of a users directory with their times. For one thread. */
final class MovedFiles {

  /** Begins as the unfinished files of a hub, which removes them at its start. */
  private static final String TEMPORARY = ".tmp-export";

  private static final int BUFFER = 1 << 16;

  private final UsersDirectory users;

  MovedFiles(UsersDirectory users) {
    this.users = users;
  }

  /**
   * An entry.
   *
   * @param entry as the database would keep it
   * @param content where the bytes of a flist are; links that people made may lead to them
   */
  record Found(MovedEntry entry, Path content) {}

  /** What is in a directory, in code point order. */
  static List<Path> in(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      paths.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparing(MovedFiles::name, CodePointOrder.COMPARATOR));
    return found;
  }

  static String name(Path path) {
    return path.getFileName().toString();
  }

  /**
   * Reads an entry as the hub understands it.
   *
   * @param path of the entry, whose directory is no link
   * @return empty if there is none, or neither a file nor a directory nor a link
   * @throws IOException if it cannot be read
   */
  Optional<Found> at(RepositoryName repository, Optional<TagName> tag, Path path)
      throws IOException {
    StoredItem item = users.look(repository, tag, path).orElse(null);
    if (item instanceof StoredItem.Directory) {
      Path directory =
          TagName.ofStored(name(path)).map(name -> users.of(repository, name)).orElse(path);
      return Optional.of(new Found(new MovedEntry.Tag(modified(directory)), directory));
    }
    if (item instanceof StoredItem.Link link) {
      // A tag has only links.
      return link.outside().isPresent() && tag.isEmpty()
          ? Optional.of(flist(link.outside().get().path()))
          : Optional.of(new Found(new MovedEntry.Link(modified(path), link.target()), path));
    }
    return item == null ? Optional.empty() : Optional.of(flist(path));
  }

  private static Found flist(Path path) throws IOException {
    MessageDigest md5 = Md5Cache.newDigest();
    MessageDigest sha256 = Sha256.start();
    long modified = modified(path);
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        md5.update(buffer, 0, read);
        sha256.update(buffer, 0, read);
        size += read;
      }
    }
    return new Found(new MovedEntry.Flist(modified, size, hex(sha256), hex(md5)), path);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The modification time of what is at a path itself, in microseconds. */
  static long modified(Path path) throws IOException {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.MICROSECONDS);
  }

  /** Sets the modification time of what is at a path itself. */
  static void setModified(Path path, long micros) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(FileTime.from(micros, TimeUnit.MICROSECONDS), null, null);
  }

  /** Removes what an export that was killed has left in a directory. */
  static void clean(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(TEMPORARY));
  }

  /** Makes the names in a directory durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Writes a link, replacing a file or a link. */
  static void write(Path target, MovedEntry.Link link) throws IOException {
    Path temporary = target.resolveSibling(TEMPORARY);
    Files.createSymbolicLink(temporary, Path.of(link.target()));
    setModified(temporary, link.modified());
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Writes a flist, replacing a file or a link.
   *
   * @throws DamagedException if the source does not give the bytes with this digest
   */
  static void write(Path target, MovedEntry.Flist flist, Source source) throws IOException {
    Path temporary = target.resolveSibling(TEMPORARY);
    MessageDigest sha256 = Sha256.start();
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), sha256)) {
      source.writeTo(out);
      setModified(temporary, flist.modified());
      channel.force(true);
      if (!hex(sha256).equals(flist.sha256())) {
        throw new DamagedException();
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Gives the bytes of a flist. */
  @FunctionalInterface
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /** The bytes are not those of the digest. */
  static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException() {
      super("does not have the bytes of its digest");
    }
  }

  /**
   * In what an entry is different from another one at its destination.
   *
   * @return a part of a sentence
   */
  static String difference(MovedEntry wanted, MovedEntry there) {
    if (!wanted.getClass().equals(there.getClass())) {
      return "is a " + kind(there) + " at the destination";
    }
    if (wanted instanceof MovedEntry.Flist mine
        && there instanceof MovedEntry.Flist other
        && !mine.sha256().equals(other.sha256())) {
      return "has other bytes at the destination";
    }
    if (wanted instanceof MovedEntry.Link mine
        && there instanceof MovedEntry.Link other
        && !mine.target().equals(other.target())) {
      return "leads to " + other.target() + " at the destination";
    }
    return "has another time at the destination";
  }

  private static String kind(MovedEntry entry) {
    if (entry instanceof MovedEntry.Tag) {
      return "directory";
    }
    return entry instanceof MovedEntry.Link ? "link" : "flist";
  }
}
