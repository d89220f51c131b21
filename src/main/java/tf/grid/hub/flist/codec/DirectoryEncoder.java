package tf.grid.hub.flist.codec;

import static tf.grid.hub.flist.codec.DirectorySchema.*;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.capnproto.StructList;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.FlistTooLargeException;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.capnp.Message;
import tf.grid.hub.flist.capnp.WireBuilder;

/**
 * Encodes a directory. The length is computed first, so that the message is a single segment of any
 * size. Not thread-safe.
 */
public final class DirectoryEncoder {
  private static final int KEY_DIGITS = 32;
  private static final int ACL_KEY_DIGITS = 16;
  private static final long ACL_KEY_WORDS = Message.textWords(ACL_KEY_DIGITS);
  private static final long KEY_WORDS = Message.textWords(KEY_DIGITS);
  private static final long BLOCK_WORDS = BLOCK.words() + 2 * Message.blobWords(ChunkId.LENGTH);
  private static final long MAX_TIME = 0xffff_ffffL;

  private final Function<Permissions, String> keys;
  private final int mostBytes;

  /**
   * Encodes with these keys of permissions.
   *
   * @param keys returns the key of permissions
   * @param mostBytes maximum length of an encoded directory
   */
  public DirectoryEncoder(Function<Permissions, String> keys, int mostBytes) {
    this.keys = keys;
    this.mostBytes = mostBytes;
  }

  /**
   * Encodes a directory whose contents are sorted.
   *
   * @throws FlistTooLargeException if it would be too long; thrown before memory is allocated
   */
  public byte[] encode(FlistPath path, DirectoryNode self, List<? extends Node> contents)
      throws FlistTooLargeException {
    long words = words(path, contents);
    if (words > mostBytes / Message.WORD - Message.FRAME_WORDS) {
      throw new FlistTooLargeException(
          "the directory \"/%s\" with %d entries and their blocks takes %d bytes, the limit is %d"
              .formatted(path, contents.size(), words * Message.WORD, mostBytes));
    }
    return Message.build(DIR, words, dir -> fill(dir, path, self, contents));
  }

  private static long words(FlistPath path, List<? extends Node> contents) {
    long words =
        DIR.words()
            + Message.textWords(path.name().length())
            + Message.textWords(path.length())
            + KEY_WORDS
            + ACL_KEY_WORDS
            + INODE.listWords(contents.size());
    for (Node node : contents) {
      words += Message.textWords(node.name().length()) + ACL_KEY_WORDS + attributeWords(node);
    }
    return words;
  }

  private static long attributeWords(Node node) {
    if (node instanceof FileNode file) {
      int blocks = file.blocks().size();
      return FILE.words() + (blocks == 0 ? 0 : 1 + blocks * BLOCK_WORDS);
    } else if (node instanceof LinkNode link) {
      return LINK.words() + Message.textWords(link.target().length());
    } else if (node instanceof SpecialNode special) {
      return SPECIAL.words() + Message.blobWords(ascii(special.data()).length);
    }
    return SUBDIR.words() + KEY_WORDS;
  }

  private void fill(
      WireBuilder dir, FlistPath path, DirectoryNode self, List<? extends Node> contents) {
    dir.text(DIR_NAME, path.name().shared());
    dir.text(DIR_LOCATION, path.bytes());
    dir.text(DIR_PARENT, ascii(path.parent().key()));
    dir.text(DIR_ACLKEY, ascii(keys.apply(self.permissions())));
    dir.int64(DIR_SIZE, DirectoryNode.SIZE);
    dir.int32(DIR_MODIFIED, time(self.modified()));
    dir.int32(DIR_CREATED, time(self.created()));
    StructList.Builder<WireBuilder> inodes = dir.list(DIR_CONTENTS, INODE, contents.size());
    int next = 0;
    for (Node node : contents) {
      fill(inodes.get(next++), path, node);
    }
  }

  private void fill(WireBuilder inode, FlistPath directory, Node node) {
    inode.text(INODE_NAME, node.name().shared());
    inode.text(INODE_ACLKEY, ascii(keys.apply(node.permissions())));
    inode.int64(INODE_SIZE, node.size());
    inode.int32(INODE_MODIFIED, time(node.modified()));
    inode.int32(INODE_CREATED, time(node.created()));
    if (node instanceof FileNode file) {
      inode.int16(INODE_WHICH, IS_FILE);
      fill(inode.struct(INODE_ATTRIBUTES, FILE), file);
    } else if (node instanceof LinkNode link) {
      inode.int16(INODE_WHICH, IS_LINK);
      inode.struct(INODE_ATTRIBUTES, LINK).text(LINK_TARGET, link.target().shared());
    } else if (node instanceof SpecialNode special) {
      inode.int16(INODE_WHICH, IS_SPECIAL);
      WireBuilder attributes = inode.struct(INODE_ATTRIBUTES, SPECIAL);
      attributes.int16(SPECIAL_TYPE, special.type().number());
      attributes.data(SPECIAL_DATA, ascii(special.data()));
    } else {
      inode.int16(INODE_WHICH, IS_DIR);
      byte[] key = ascii(directory.child(node.name()).key());
      inode.struct(INODE_ATTRIBUTES, SUBDIR).text(SUBDIR_KEY, key);
    }
  }

  private static void fill(WireBuilder attributes, FileNode file) {
    attributes.int16(FILE_BLOCK_SIZE, BLOCK_UNITS);
    if (!file.blocks().isEmpty()) {
      int next = 0;
      StructList.Builder<WireBuilder> blocks =
          attributes.list(FILE_BLOCKS, BLOCK, file.blocks().size());
      for (Block block : file.blocks()) {
        WireBuilder target = blocks.get(next++);
        target.data(BLOCK_HASH, block.id().bytes());
        target.data(BLOCK_KEY, block.key().bytes());
      }
    }
  }

  private static long time(long seconds) {
    return Math.max(0, Math.min(seconds, MAX_TIME));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
