package tf.grid.hub.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.chunk.ChunkId;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.Node;
import tf.grid.hub.flist.Node.DirectoryNode;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.flist.Node.LinkNode;
import tf.grid.hub.flist.Node.SpecialNode;
import tf.grid.hub.flist.Permissions;
import tf.grid.hub.flist.file.FlistReader;
import tf.grid.hub.problem.PrintableText;
import tf.grid.hub.store.ChunkStore;

/**
 * A flist as an uncompressed tar archive. The same flist always gives the same bytes; a flist that
 * is built from the archive has the same entries. Directories come before what is in them. Sockets,
 * unknown special files and devices whose numbers tar cannot hold are omitted, and a hard link is a
 * file of its own, because flists do not record hard links. Uses the reader, so it has its thread
 * rules.
 */
public final class FlistTar {
  /** Owner in the archive if a flist has only a name that is no number: {@code nobody}. */
  private static final long UNKNOWN_ID = 65534;

  private static final int READ_AHEAD = 8;
  private static final long MAX_ID = 0xffffffffL;
  private static final Pattern DEVICE = Pattern.compile("([0-9]{1,9}),([0-9]{1,9})");
  private static final SortedMap<String, Name> NO_ATTRIBUTES = Collections.emptySortedMap();

  private final FlistReader flist;
  private final Map<FlistPath, SortedMap<String, Name>> attributes;

  /**
   * Exports a flist.
   *
   * @param attributes the extended attributes of entries that have any
   */
  public FlistTar(FlistReader flist, Map<FlistPath, SortedMap<String, Name>> attributes) {
    this.flist = flist;
    this.attributes = Map.copyOf(attributes);
  }

  /**
   * Checks that the archive can be written, as far as that is possible without reading chunks.
   *
   * @param store must have all chunks
   * @return the length of the archive in bytes
   * @throws tf.grid.hub.flist.FlistRejectedException if the flist is damaged, or a file has fewer
   *     chunks than its size requires
   * @throws ExportException if chunks are missing
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public long check(ChunkStore store) throws IOException {
    Check check = new Check(store);
    flist.walk(
        (path, node) -> {
          entry(path, node).ifPresent(entry -> check.length += TarWriter.length(entry));
          if (node instanceof FileNode file) {
            check.add(file.blocks());
          }
        });
    check.ask();
    return check.length + TarWriter.endLength();
  }

  /**
   * Writes the archive.
   *
   * @param out is neither flushed nor closed
   * @param store has the chunks
   * @param threads read and decode chunks ahead
   * @throws ExportException if a chunk is missing or damaged; the archive is then incomplete
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  public void writeTo(OutputStream out, ChunkStore store, ExecutorService threads)
      throws IOException {
    TarWriter tar = new TarWriter(out);
    try (ReadAhead ahead = new ReadAhead(store, threads, READ_AHEAD)) {
      flist.walk(
          (path, node) -> {
            Optional<TarWriter.Entry> entry = entry(path, node);
            if (entry.isPresent()) {
              ahead.then(none -> tar.begin(entry.get()));
              if (node instanceof FileNode file) {
                content(path, file, tar, ahead);
              }
            }
          });
      ahead.finish();
    }
    tar.finish();
  }

  private static void content(FlistPath path, FileNode file, TarWriter tar, ReadAhead ahead)
      throws IOException {
    long left = file.size();
    for (Block block : file.blocks()) {
      long expected = Math.min(left, FileNode.BLOCK_BYTES);
      ahead.then(
          block,
          plain -> {
            if (plain.length != expected) {
              throw new ExportException(
                  "chunk %s of /%s has %d bytes, not %d"
                      .formatted(
                          block.id(), PrintableText.of(path.bytes()), plain.length, expected));
            }
            tar.write(plain, 0, plain.length);
          });
      left -= expected;
    }
  }

  /** The description of an entry; empty if tar cannot hold it. */
  private Optional<TarWriter.Entry> entry(FlistPath path, Node node) {
    if (node instanceof FileNode) {
      return Optional.of(entry(TarWriter.Type.FILE, path, node, node.size(), Name.EMPTY, 0, 0));
    } else if (node instanceof LinkNode link) {
      return Optional.of(entry(TarWriter.Type.LINK, path, node, 0, link.target(), 0, 0));
    } else if (node instanceof DirectoryNode) {
      return Optional.of(entry(TarWriter.Type.DIRECTORY, path, node, 0, Name.EMPTY, 0, 0));
    }
    return special(path, (SpecialNode) node);
  }

  private Optional<TarWriter.Entry> special(FlistPath path, SpecialNode node) {
    return switch (node.type()) {
      case FIFO -> Optional.of(entry(TarWriter.Type.FIFO, path, node, 0, Name.EMPTY, 0, 0));
      case BLOCK -> device(TarWriter.Type.BLOCK, path, node);
      case CHARACTER -> device(TarWriter.Type.CHARACTER, path, node);
      case SOCKET, UNKNOWN -> Optional.empty();
    };
  }

  private Optional<TarWriter.Entry> device(TarWriter.Type type, FlistPath path, SpecialNode node) {
    Matcher numbers = DEVICE.matcher(node.data());
    if (!numbers.matches()) {
      return Optional.empty();
    }
    long major = Long.parseLong(numbers.group(1));
    long minor = Long.parseLong(numbers.group(2));
    return major > TarWriter.MAX_DEVICE || minor > TarWriter.MAX_DEVICE
        ? Optional.empty()
        : Optional.of(entry(type, path, node, 0, Name.EMPTY, major, minor));
  }

  private TarWriter.Entry entry(
      TarWriter.Type type,
      FlistPath path,
      Node node,
      long size,
      Name target,
      long major,
      long minor) {
    Permissions owner = node.permissions();
    long uid = id(owner.uid(), owner.user());
    long gid = id(owner.gid(), owner.group());
    byte[] bytes = path.bytes();
    Name name = type == TarWriter.Type.DIRECTORY ? Name.of(withSlash(bytes)) : Name.of(bytes);
    return new TarWriter.Entry(
        type,
        name,
        owner.mode(),
        uid,
        gid,
        named(owner.user(), uid),
        named(owner.group(), gid),
        size,
        node.modified(),
        target,
        major,
        minor,
        attributes.getOrDefault(path, NO_ATTRIBUTES));
  }

  private static byte[] withSlash(byte[] path) {
    byte[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = '/';
    return longer;
  }

  /** Older flists have no numbers, and numbers as names. */
  private static long id(long number, Name name) {
    if (number >= 0 && number <= MAX_ID) {
      return number;
    }
    String text = name.toString();
    if (text.equals("root")) {
      return 0;
    }
    long parsed = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : UNKNOWN_ID;
    return parsed <= MAX_ID ? parsed : UNKNOWN_ID;
  }

  /** A flist repeats the number as name if there is no name; tar leaves the name empty. */
  private static Name named(Name name, long id) {
    return name.toString().equals(Long.toString(id)) ? Name.EMPTY : name;
  }

  /** Collects the length of the archive, and asks for chunks in batches. */
  private static final class Check {
    private static final int BATCH = 8192;

    private final ChunkStore store;
    private final Set<ChunkId> batch = new HashSet<>();
    private long length;

    Check(ChunkStore store) {
      this.store = store;
    }

    void add(List<Block> blocks) throws ExportException {
      for (Block block : blocks) {
        if (batch.add(block.id()) && batch.size() == BATCH) {
          ask();
        }
      }
    }

    void ask() throws ExportException {
      Set<ChunkId> missing = batch.isEmpty() ? Set.of() : store.missing(batch);
      if (!missing.isEmpty()) {
        throw new ExportException(
            "chunks of it are missing in the store, one is " + missing.iterator().next());
      }
      batch.clear();
    }
  }
}
