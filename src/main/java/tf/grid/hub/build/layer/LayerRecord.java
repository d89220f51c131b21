package tf.grid.hub.build.layer;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import tf.grid.hub.build.SafePath;
import tf.grid.hub.build.tar.header.ExtendedAttributes;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;

/**
 * Writes a layer so that it can be reused without its archive: all changes in order, with the ids
 * and keys of blocks in place of content, and a SHA-256 digest at the end. The format is private to
 * the hub and may change with its version number. Not thread-safe.
 */
public final class LayerRecord {
  static final long MAGIC_AND_VERSION = 0x6875_626c_6179_0001L;
  static final int END = 0;
  static final int DIRECTORY = 1;
  static final int FILE = 2;
  static final int LINK = 3;
  static final int SPECIAL = 4;
  static final int HARD_LINK = 5;
  static final int REMOVED = 6;
  static final int EMPTIED = 7;

  private final DataOutputStream out;
  private final Map<Permissions, Integer> permissions = new HashMap<>();

  private LayerRecord(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /**
   * Writes a record of a layer. All its content must be stored. The stream should be buffered and
   * is not closed.
   */
  public static void write(Layer layer, OutputStream out) throws IOException {
    MessageDigest digest = digest();
    LayerRecord record = new LayerRecord(new DigestOutputStream(out, digest));
    record.out.writeLong(MAGIC_AND_VERSION);
    for (Layer.Change change : layer.changes()) {
      record.change(change);
    }
    record.out.writeByte(END);
    out.write(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private void change(Layer.Change change) throws IOException {
    if (change instanceof Layer.Placed placed) {
      placed(placed);
    } else if (change instanceof Layer.HardLinked link) {
      out.writeByte(HARD_LINK);
      path(link.path());
      path(link.target());
    } else {
      out.writeByte(change instanceof Layer.Removed ? REMOVED : EMPTIED);
      path(change.path());
    }
  }

  private void placed(Layer.Placed placed) throws IOException {
    Node node = placed.node();
    out.writeByte(type(node));
    path(placed.path());
    permissions(node.permissions());
    out.writeInt((int) node.modified());
    attributes(placed.attributes());
    if (node instanceof FileNode file) {
      out.writeLong(file.size());
      for (Block block : file.blocks()) {
        out.write(block.id().bytes());
        out.write(block.key().bytes());
      }
    } else if (node instanceof LinkNode link) {
      name(link.target());
    } else if (node instanceof SpecialNode special) {
      name(Name.of(special.type().name()));
      name(Name.of(special.data()));
    }
  }

  private static int type(Node node) {
    if (node instanceof DirectoryNode) {
      return DIRECTORY;
    }
    if (node instanceof FileNode) {
      return FILE;
    }
    return node instanceof LinkNode ? LINK : SPECIAL;
  }

  private void path(SafePath path) throws IOException {
    out.writeShort(path.names().size());
    for (Name name : path.names()) {
      name(name);
    }
  }

  /** A permission set is written at its first use and referenced by number afterwards. */
  private void permissions(Permissions set) throws IOException {
    int next = permissions.size();
    Integer known = permissions.putIfAbsent(set, next);
    out.writeInt(known == null ? next : known);
    if (known == null) {
      name(set.user());
      name(set.group());
      out.writeShort(set.mode());
      out.writeLong(set.uid());
      out.writeLong(set.gid());
    }
  }

  private void attributes(ExtendedAttributes attributes) throws IOException {
    out.writeInt(attributes.values().size());
    for (Map.Entry<String, Name> attribute : attributes.values().entrySet()) {
      name(Name.of(attribute.getKey()));
      name(attribute.getValue());
    }
  }

  private void name(Name name) throws IOException {
    out.writeInt(name.length());
    out.write(name.bytes());
  }
}
