package tf.grid.hub.flist.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistLimits;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.codec.DirectoryDecoder;
import tf.grid.hub.flist.codec.DirectoryEncoder;
import tf.grid.hub.flist.codec.PermissionsCodec;

/**
 * Writes a flist, a directory at a time. The same tree gives the same bytes, in whatever order its
 * directories come. Values wait in a database of their own, in memory while they are few, so that
 * the heap holds one directory only. Not thread-safe.
 */
public final class FlistWriter implements Closeable {

  /** Bytes of values up to which nothing is written to the disk. */
  static final int IN_MEMORY = 32 << 20;

  private final FlistStaging staging;
  private final Map<Permissions, String> permissionKeys = new HashMap<>();
  private final DirectoryEncoder encoder;
  private final FlistLimits limits;
  private final TruncatedFiles tails;
  private long expected = 1;
  private long entries;
  private long written;
  private boolean rooted;

  /**
   * Starts a flist.
   *
   * @param workDir where what does not fit in memory is kept until the writer is closed
   */
  public FlistWriter(Path workDir) throws IOException {
    this(workDir, TruncatedFiles.REFUSED);
  }

  /** The same for entries of flists that may have lost the tails of files. */
  public FlistWriter(Path workDir, TruncatedFiles tails) throws IOException {
    this(workDir, IN_MEMORY, FlistLimits.DEFAULT, tails);
  }

  FlistWriter(Path workDir, int inMemory, FlistLimits limits) throws IOException {
    this(workDir, inMemory, limits, TruncatedFiles.REFUSED);
  }

  private FlistWriter(Path workDir, int inMemory, FlistLimits limits, TruncatedFiles tails)
      throws IOException {
    this.limits = limits;
    this.tails = tails;
    this.staging = new FlistStaging(workDir, inMemory, limits);
    this.encoder =
        new DirectoryEncoder(permissionKeys::get, limits.valueBytes() - FlistStaging.ROW_OVERHEAD);
  }

  /** Adds a directory, see {@link #directory(FlistPath, DirectoryNode, Collection)}. */
  public void directory(DirectoryListing listing) throws IOException {
    directory(listing.path(), listing.self(), listing.contents());
  }

  /**
   * Adds a directory. Each path comes once, each directory that another one contains comes, and the
   * root comes; the root has the owner and times that every flist gives it, whatever is said here.
   *
   * @param contents in any order, no name twice
   * @throws FlistTooLargeException when the flist would be over a limit that its readers have
   * @throws IllegalArgumentException when the contents cannot be written as a flist
   */
  public void directory(FlistPath path, DirectoryNode self, Collection<? extends Node> contents)
      throws IOException {
    entries += contents.size();
    if (entries > limits.entries()) {
      throw new FlistTooLargeException(
          "it has more than " + limits.entries() + " entries, the limit");
    }
    boolean root = path.equals(FlistPath.ROOT);
    DirectoryNode directory = root ? DirectoryNode.ROOT : self;
    keepPermissions(directory.permissions());
    List<Node> sorted = new ArrayList<>(contents.size());
    for (Node node : contents) {
      sorted.add(checked(path, node));
      keepPermissions(node.permissions());
    }
    sorted.sort(DirectoryDecoder.ORDER);
    DirectoryDecoder.twin(sorted)
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("\"" + name + "\" is twice in /" + path);
            });
    staging.entry(path.key(), encoder.encode(path, directory, sorted));
    expected += sorted.stream().filter(DirectoryNode.class::isInstance).count();
    written++;
    rooted |= root;
  }

  private void keepPermissions(Permissions permissions) throws IOException {
    if (!permissionKeys.containsKey(permissions)) {
      String key = PermissionsCodec.key(permissions);
      staging.entry(key, PermissionsCodec.encode(permissions));
      permissionKeys.put(permissions, key);
    }
  }

  private Node checked(FlistPath path, Node node) {
    if (!FlistPath.isComponent(node.name())) {
      throw new IllegalArgumentException(
          "\"" + node.name() + "\" in /" + path + " cannot be the name of an entry");
    }
    if (node instanceof FileNode file && !tails.fit(file.blocks().size(), file.size())) {
      throw new IllegalArgumentException(
          "\"%s\" in /%s has %d blocks for %d bytes"
              .formatted(file.name(), path, file.blocks().size(), file.size()));
    }
    return node;
  }

  /** Sets a piece of metadata; a later value of the same key replaces an earlier one. */
  public void metadata(String key, String value) {
    staging.metadata(key, value);
  }

  /**
   * Writes the whole file. The stream is not closed.
   *
   * @throws IllegalStateException when the root or another directory has not come
   */
  public void writeTo(OutputStream out) throws IOException {
    if (!rooted || written != expected) {
      throw new IllegalStateException(
          "%d directories came, %d are named%s"
              .formatted(written, expected, rooted ? "" : "; the root did not come"));
    }
    try (DatabaseFile image = staging.image()) {
      FlistArchive.write(image, out);
    }
  }

  /** Deletes the temporary database. */
  @Override
  public void close() throws IOException {
    staging.close();
  }
}
