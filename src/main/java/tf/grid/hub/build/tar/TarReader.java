package tf.grid.hub.build.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import tf.grid.hub.flist.Name;

/**
 * Reads the entries of a tar archive, one after the other, in one pass: V7, ustar, GNU, PAX and
 * star headers, long names and sparse files. Names stay the bytes they are. Headers cost bounded
 * memory, content none. Unless its digest proves that it is whole, an archive must end with its end
 * mark, and nothing but zeros may follow, for otherwise nobody could tell it from one that was cut.
 * For one thread.
 */
public final class TarReader {
  private final BlockInput in;
  private final ExtensionReader extensions;
  private final TarEnd end;
  private final byte[] block = new byte[BlockInput.BLOCK];
  private final TarHeader header = new TarHeader(block);
  private EntryContent content = EntryContent.none();
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param in the archive's plain bytes; read in large steps, so it needs no buffer of its own
   * @param maxHeaderBytes the most that one entry's long names, PAX records or sparse map may have
   */
  public TarReader(InputStream in, int maxHeaderBytes) {
    this(in, maxHeaderBytes, TarEnd.MARKED);
  }

  /**
   * Begins to read an archive that may end in another way.
   *
   * @param in as above
   * @param maxHeaderBytes as above
   * @param end what is accepted as the end
   */
  public TarReader(InputStream in, int maxHeaderBytes, TarEnd end) {
    this.in = new BlockInput(in);
    this.end = end;
    this.extensions = new ExtensionReader(this.in, maxHeaderBytes);
  }

  /**
   * The next entry, or null at the end of the archive, which has then been read to its last byte.
   * What is left of the entry before is passed over.
   *
   * @throws TarException when the archive is damaged, cut off, or has what nobody can unpack
   */
  public TarEntry next() throws IOException {
    if (ended) {
      return null;
    }
    content.skipRest(in);
    content = EntryContent.none();
    Extensions found = extensions.none();
    while (readHeader()) {
      if (!extensions.read(header, found)) {
        return entry(found);
      }
    }
    if (!found.isEmpty()) {
      throw new TarException("the archive is damaged: it ends between a long name and its entry");
    }
    return null;
  }

  /**
   * Reads the next bytes of the current entry's content, holes as zeros.
   *
   * @throws EOFException when it has fewer left; nothing is read then
   */
  public void readFully(byte[] into, int offset, int length) throws IOException {
    content.read(in, into, offset, length);
  }

  /** Reads a header block; false at the end of the archive. */
  private boolean readHeader() throws IOException {
    long start = in.position();
    if (!in.block(block)) {
      ended = end == TarEnd.PROVEN;
      if (ended) {
        return false;
      }
      throw new TarException(
          "the archive ends early: its end mark is missing after " + start + " unpacked bytes");
    }
    if (header.isZero()) {
      ended = true;
      if (end == TarEnd.PROVEN) {
        in.drain();
      } else if (!in.onlyZerosLeft()) {
        throw new TarException(
            "there is something behind the end of the archive, at byte " + in.position());
      }
      return false;
    }
    if (!header.checksumMatches()) {
      throw new TarException(
          start == 0
              ? "this is not a tar archive, neither plain nor gzip-compressed"
              : "the archive is damaged: a wrong header checksum at byte " + start);
    }
    return true;
  }

  private TarEntry entry(Extensions found) throws IOException {
    Name path = found.path(header.path());
    TarEntry.Type type = type(path);
    if (type == TarEntry.Type.FILE) {
      content = extensions.content(header, found);
    } else if (isDirectoryWithContent(type)) {
      content = EntryContent.plain(found.size(header));
    }
    boolean isFile = type == TarEntry.Type.FILE;
    return new TarEntry(
        type,
        path,
        found.target(header.target()),
        (int) (header.mode() & 07777),
        found.owner("uid", header.uid()),
        found.owner("gid", header.gid()),
        found.records().name("uname", header.user()),
        found.records().name("gname", header.group()),
        isFile ? content.size() : 0,
        found.modified(header.modified()),
        found.device("SCHILY.devmajor", header.major()),
        found.device("SCHILY.devminor", header.minor()),
        found.records().attributes());
  }

  /** What the type flag means. A file whose name ends with a slash is V7's way to say directory. */
  private TarEntry.Type type(Name path) throws TarException {
    char flag = header.type();
    return switch (flag) {
      case 0, '0', '7', 'S' ->
          flag != 'S' && endsWithSlash(path) ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5', 'D' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.FIFO;
      case 'M' ->
          throw new TarException("the archive is a later volume of several; send it in one piece");
      default ->
          throw new TarException(
              "the archive has an entry of the unknown type " + printable(flag) + ": " + path);
    };
  }

  /**
   * Links, directories and devices have no content, whatever their size field says (POSIX). GNU's
   * 'D' has a list of names, and V7's directories are files; that is passed over.
   */
  private boolean isDirectoryWithContent(TarEntry.Type type) {
    return type == TarEntry.Type.DIRECTORY && header.type() != '5';
  }

  private static String printable(char flag) {
    return flag > ' ' && flag < 0x7F ? "'" + flag + "'" : Integer.toString(flag);
  }

  private static boolean endsWithSlash(Name path) {
    return path.length() > 0 && path.byteAt(path.length() - 1) == '/';
  }

  /** How a reader knows that an archive is whole. */
  public enum TarEnd {
    /** By its end mark, behind which only zeros may come. */
    MARKED,
    /**
     * Its reader checks a digest of all bytes: the mark may be missing, and what follows it is
     * passed over, as programs that unpack container images do.
     */
    PROVEN
  }
}
