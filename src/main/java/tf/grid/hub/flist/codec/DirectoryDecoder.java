package tf.grid.hub.flist.codec;

import static tf.grid.hub.flist.codec.DirectorySchema.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.capnproto.StructList;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.chunk.ChunkKey;
import tf.grid.hub.flist.DirectoryListing;
import tf.grid.hub.flist.FlistDefects;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistRejectedException;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.TruncatedFiles;
import tf.grid.hub.flist.capnp.Message;
import tf.grid.hub.flist.capnp.Message.MessageException;
import tf.grid.hub.flist.capnp.WireReader;
import tf.grid.hub.problem.PrintableText;

/**
 * Reads the value of a directory, and refuses what breaks the format's rules. A sub-directory must
 * have the key of its own path, so no directory is met twice and none contains itself. What a
 * directory says of its own name, place and parent is not looked at. Not thread-safe.
 */
public final class DirectoryDecoder {

  /** The order in which directories are written: sub-directories first, names by bytes. */
  public static final Comparator<Node> ORDER =
      Comparator.comparing((Node node) -> !(node instanceof DirectoryNode))
          .thenComparing(Node::name);

  private static final int MAX_SPECIAL_DATA = 64;

  /** Finds permission sets by their key. */
  @FunctionalInterface
  public interface PermissionSets {
    Permissions get(String key) throws IOException;
  }

  private final PermissionSets permissions;
  private final TruncatedFiles tails;
  private final Optional<FlistDefects> defects;
  private final byte[] id = new byte[ChunkId.LENGTH];
  private final byte[] key = new byte[ChunkKey.LENGTH];

  public DirectoryDecoder(PermissionSets permissions, TruncatedFiles tails) {
    this(permissions, tails, Optional.empty());
  }

  /**
   * Decodes with the help of others.
   *
   * @param defects gets what is accepted though it is wrong; without it, pairs of a directory and
   *     another entry of one name are let pass
   */
  public DirectoryDecoder(
      PermissionSets permissions, TruncatedFiles tails, Optional<FlistDefects> defects) {
    this.permissions = permissions;
    this.tails = tails;
    this.defects = defects;
  }

  /**
   * Reads one value.
   *
   * @throws FlistRejectedException when it breaks a rule
   */
  public DirectoryListing decode(FlistPath path, byte[] value) throws IOException {
    try {
      return Message.read(value, DIR, dir -> listing(path, dir));
    } catch (MessageException e) {
      throw new FlistRejectedException(
          "The flist's directory \"/"
              + PrintableText.of(path.bytes())
              + "\" is damaged: "
              + e.getMessage()
              + ".",
          e);
    }
  }

  private DirectoryListing listing(FlistPath path, WireReader dir) throws IOException {
    DirectoryNode self =
        new DirectoryNode(
            path.name(),
            permissions.get(ascii(dir.text(DIR_ACLKEY))),
            dir.uint32(DIR_MODIFIED),
            dir.uint32(DIR_CREATED));
    StructList.Reader<WireReader> inodes = dir.list(DIR_CONTENTS, INODE);
    List<Node> contents = new ArrayList<>();
    for (int i = 0; i < inodes.size(); i++) {
      contents.add(node(path, inodes.get(i)));
    }
    List<Node> sorted = new ArrayList<>(contents);
    sorted.sort(ORDER);
    Optional<Name> twin = twin(sorted);
    if (twin.isPresent()) {
      throw broken(path, twin.get(), "is there twice");
    }
    defects.ifPresent(found -> dropSecond(path, contents, sorted, found));
    return new DirectoryListing(path, self, sorted);
  }

  /** Drops the second of a directory and another entry of one name. */
  private static void dropSecond(
      FlistPath path, List<Node> asStored, List<Node> sorted, FlistDefects defects) {
    Map<Name, Node> first = new HashMap<>();
    for (Node node : asStored) {
      Node kept = first.putIfAbsent(node.name(), node);
      if (kept != null) {
        defects.twin(path, kept, node);
      }
    }
    sorted.removeIf(node -> first.get(node.name()) != node);
  }

  /**
   * A name that two entries of sorted contents have. A directory and a file of the same name are
   * let pass: merges by the C tool left such pairs in flists that are in use.
   */
  public static Optional<Name> twin(List<? extends Node> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (ORDER.compare(sorted.get(i - 1), sorted.get(i)) == 0) {
        return Optional.of(sorted.get(i).name());
      }
    }
    return Optional.empty();
  }

  private Node node(FlistPath path, WireReader inode) throws IOException {
    Name name = Name.of(inode.text(INODE_NAME));
    if (!FlistPath.isComponent(name)) {
      throw broken(path, name, "has a name that no file can have");
    }
    Permissions owner = permissions.get(ascii(inode.text(INODE_ACLKEY)));
    long modified = inode.uint32(INODE_MODIFIED);
    long created = inode.uint32(INODE_CREATED);
    return switch (inode.uint16(INODE_WHICH)) {
      case IS_DIR -> {
        checkKey(path, name, inode.struct(INODE_ATTRIBUTES, SUBDIR));
        yield new DirectoryNode(name, owner, modified, created);
      }
      case IS_FILE -> {
        long size = inode.int64(INODE_SIZE);
        List<Block> blocks = blocks(path, name, size, inode.struct(INODE_ATTRIBUTES, FILE));
        yield new FileNode(name, owner, modified, created, size, blocks);
      }
      case IS_LINK -> {
        Name target = target(path, name, inode.struct(INODE_ATTRIBUTES, LINK));
        yield new LinkNode(name, owner, modified, created, target);
      }
      case IS_SPECIAL -> {
        WireReader special = inode.struct(INODE_ATTRIBUTES, SPECIAL);
        SpecialNode.Type type = SpecialNode.Type.of(special.uint16(SPECIAL_TYPE));
        String data = specialData(path, name, special);
        yield new SpecialNode(name, owner, modified, created, type, data);
      }
      default -> throw broken(path, name, "is of a type that nobody knows");
    };
  }

  private static void checkKey(FlistPath path, Name name, WireReader subdir)
      throws FlistRejectedException {
    if (!ascii(subdir.text(SUBDIR_KEY)).equals(path.child(name).key())) {
      throw broken(path, name, "is a directory kept under a key that is not the hash of its path");
    }
  }

  private List<Block> blocks(FlistPath path, Name name, long size, WireReader file)
      throws FlistRejectedException {
    StructList.Reader<WireReader> list = file.list(FILE_BLOCKS, BLOCK);
    long expected = FileNode.blockCount(size);
    if (size < 0 || !tails.fit(list.size(), size)) {
      throw broken(
          path,
          name,
          "has " + list.size() + " blocks for " + Long.toUnsignedString(size) + " bytes");
    }
    if (list.size() < expected) {
      defects.ifPresent(found -> found.lostTail(path, name, list.size(), size));
    }
    if (list.size() > 0 && file.uint16(FILE_BLOCK_SIZE) != BLOCK_UNITS) {
      throw broken(path, name, "is not cut into pieces of 512 KiB");
    }
    List<Block> blocks = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      WireReader block = list.get(i);
      if (!block.data(BLOCK_HASH, id) || !block.data(BLOCK_KEY, key)) {
        throw broken(path, name, "names a chunk by something else than 16 bytes");
      }
      blocks.add(new Block(ChunkId.of(id), ChunkKey.of(key)));
    }
    return List.copyOf(blocks);
  }

  private static Name target(FlistPath path, Name name, WireReader link)
      throws FlistRejectedException {
    Name target = Name.of(link.text(LINK_TARGET));
    for (byte b : target.shared()) {
      if (b == 0) {
        throw broken(path, name, "is a link with a NUL in its target");
      }
    }
    return target;
  }

  private static String specialData(FlistPath path, Name name, WireReader special)
      throws FlistRejectedException {
    byte[] data = special.data(SPECIAL_DATA);
    if (data.length > MAX_SPECIAL_DATA) {
      throw broken(path, name, "is a special file with " + data.length + " bytes of data");
    }
    return ascii(data);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static FlistRejectedException broken(FlistPath directory, Name name, String what) {
    return new FlistRejectedException(
        "The entry \""
            + name.printable()
            + "\" in the flist's directory \"/"
            + PrintableText.of(directory.bytes())
            + "\" "
            + what
            + ".");
  }
}
