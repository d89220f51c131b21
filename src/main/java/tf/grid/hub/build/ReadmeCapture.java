package tf.grid.hub.build;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.chunking.PieceSource;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.FileNode;
import tf.grid.hub.flist.Name;

/**
 * The text of {@code .README.md}, or of {@code .README}, at the root, kept while the file streams
 * by. Only regular files count, never what a link points to; one that is not UTF-8 text, or too
 * long for a page, stays a file like any other. For one thread.
 */
final class ReadmeCapture {
  /** The most bytes of text that a flist's metadata should carry. */
  static final int MAX_BYTES = 1 << 20;

  private static final List<Name> NAMES = List.of(Name.of(".README.md"), Name.of(".README"));

  /** By the file's blocks, which hard links share and a later entry of the name does not. */
  private final IdentityHashMap<List<Block>, ByteArrayOutputStream> kept = new IdentityHashMap<>();

  private final EntryBudget.Share memory;

  ReadmeCapture(EntryBudget.Share memory) {
    this.memory = memory;
  }

  /** The source itself, or one that keeps what is read when this file could be the readme. */
  PieceSource watching(SafePath path, long size, List<Block> blocks, PieceSource source)
      throws ArchiveException {
    if (path.names().size() != 1 || !NAMES.contains(path.last()) || size > MAX_BYTES) {
      return source;
    }
    memory.take(2 * size);
    ByteArrayOutputStream text = new ByteArrayOutputStream((int) size);
    kept.put(blocks, text);
    return (into, offset, length) -> {
      source.read(into, offset, length);
      text.write(into, offset, length);
    };
  }

  /** The text that belongs to the tree as it is now. */
  Optional<String> text(TreeDirectory root) {
    return NAMES.stream()
        .map(root::other)
        .flatMap(node -> node instanceof FileNode file ? text(file).stream() : null)
        .findFirst();
  }

  private Optional<String> text(FileNode file) {
    ByteArrayOutputStream text = kept.get(file.blocks());
    if (text == null) {
      return Optional.empty();
    }
    try {
      String decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(text.toByteArray()))
              .toString();
      return decoded.indexOf('\0') < 0 ? Optional.of(decoded) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
