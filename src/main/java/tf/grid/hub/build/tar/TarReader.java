package tf.grid.hub.build.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;
import tf.grid.hub.flist.Name;
import tf.grid.hub.flist.PrintableText;

/**
 * Reads the entries of a tar archive, one after the other, in one pass: V7, ustar, GNU, PAX and
 * star headers, long names and sparse files. Names stay the bytes they are. Headers cost bounded
 * memory, content none. What is odd but harmless becomes a warning. Not thread-safe.
 */
public final class TarReader {
  private static final int SHOWN_NAME = 200;

  private final BlockInput in;
  private final TarOptions options;
  private final ArchiveWarnings warnings;
  private final ExtensionReader extensions;
  private final EntryBody body;
  private final ArchiveEnd end;
  private final byte[] block = new byte[BlockInput.BLOCK];
  private final TarHeader header = new TarHeader(block);
  private EntryContent content = EntryContent.none();
  private boolean ended;
  private long start;
  private Name current;

  /**
   * Begins to read an archive that must have an end mark.
   *
   * @param in the archive's plain bytes; read in large steps, so it needs no buffer of its own
   * @param maxHeaderBytes the most that one entry's long names, PAX records or sparse map may have
   */
  public TarReader(InputStream in, int maxHeaderBytes) {
    this(
        in,
        new TarOptions(maxHeaderBytes, TarEnd.MARKED, GnuPrefix.IGNORED),
        new ArchiveWarnings());
  }

  /**
   * Begins to read.
   *
   * @param in as above
   * @param options for what the formats leave open
   * @param warnings is told of what is odd
   */
  public TarReader(InputStream in, TarOptions options, ArchiveWarnings warnings) {
    this.in = new BlockInput(in);
    this.options = options;
    this.warnings = warnings;
    Consumer<String> warn = this::warn;
    this.extensions = new ExtensionReader(this.in, options.maxHeaderBytes(), warn);
    this.body = new EntryBody(this.in);
    this.end = new ArchiveEnd(this.in, options.end(), warnings);
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
    begin();
    Extensions found = extensions.none();
    while (readHeader()) {
      if (extensions.read(header, found)) {
        continue;
      }
      current = found.path(header.path(options.prefix()));
      if (!SolarisMetadata.isAttribute(current, found)) {
        return entry(found);
      }
      in.skip(ExtensionReader.padded(found.size(header)));
      begin();
      found = extensions.none();
    }
    if (!found.isEmpty()) {
      throw new TarException(
          "the archive is damaged: it ends between a long name or PAX header and its entry");
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

  /** How many of the next bytes of the current entry's content are a hole of a sparse file. */
  public long hole() {
    return content.hole();
  }

  /**
   * Passes over bytes of a hole.
   *
   * @param length no more than {@link #hole}
   */
  public void skipHole(long length) {
    content.skipHole(length);
  }

  /** Zeros of holes that were read, not passed over, of the current entry. */
  public long filled() {
    return content.filled();
  }

  /** Whether nothing was there to read, not even an end mark. */
  public boolean isEmpty() {
    return in.position() == 0;
  }

  /** A message with the entry that is being read and the offset of its first header. */
  public String located(String message) {
    String name =
        current == null ? "" : "entry '" + PrintableText.shortened(current, SHOWN_NAME) + "', ";
    return message + " (" + name + "at byte " + start + " of the unpacked archive)";
  }

  private void warn(String text) {
    warnings.add(located(text));
  }

  private void begin() {
    content = EntryContent.none();
    start = in.position();
    current = null;
  }

  /** Reads a header block; false at the end of the archive. */
  private boolean readHeader() throws IOException {
    if (end.isHere()) {
      ended = true;
      return false;
    }
    if (!in.block(block)) {
      throw new TarException("the archive ends early: its end mark is missing");
    }
    if (header.isZero()) {
      ended = true;
      end.passMark();
      return false;
    }
    if (!header.isPlausible()) {
      throw noHeader();
    }
    return true;
  }

  private TarException noHeader() throws TarException {
    if (in.position() > BlockInput.BLOCK) {
      start = in.position() - BlockInput.BLOCK;
      return new TarException("the archive is damaged: a wrong header checksum");
    }
    WebPage.refuse(block);
    return new TarException("this is not a tar archive, neither plain nor gzip-compressed");
  }

  private TarEntry entry(Extensions found) throws IOException {
    if (options.prefix() == GnuPrefix.IGNORED && !found.hasPath() && header.hasGnuPrefix()) {
      warn(
          "a path prefix in a GNU header, as Go before 1.8 wrote it, was ignored, as GNU tar and"
              + " bsdtar do; container tools put the file below it");
    }
    TarEntry.Type type = type(found);
    if (type == TarEntry.Type.FILE) {
      content = extensions.content(header, found);
    } else if (isDirectoryWithContent(type, found)) {
      content = EntryContent.plain(found.size(header));
    }
    boolean device = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    // Of a hard link only the names matter: fields that nobody uses may hold anything.
    boolean link = type == TarEntry.Type.HARD_LINK;
    Consumer<String> warn = link ? unused -> {} : this::warn;
    return new TarEntry(
        type,
        current,
        found.target(header.target()),
        (int) number(!link && type != TarEntry.Type.SYMBOLIC_LINK, header::mode) & 07777,
        number(!link, () -> found.owner("uid", header::uid, warn)),
        number(!link, () -> found.owner("gid", header::gid, warn)),
        found.records().name("uname", header.user()),
        found.records().name("gname", header.group()),
        type == TarEntry.Type.FILE ? content.size() : 0,
        number(!link, () -> found.modified(header::modified, warn)),
        device ? found.device("SCHILY.devmajor", header::major) : 0,
        device ? found.device("SCHILY.devminor", header::minor) : 0,
        found.records().attributes());
  }

  /** What the type flag means; POSIX says that unknown ones are regular files. */
  private TarEntry.Type type(Extensions found) throws IOException {
    char flag = header.type();
    return switch (flag) {
      case '1' -> body.follows(header, found) ? TarEntry.Type.FILE : TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5', 'D' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.FIFO;
      case 'S' -> TarEntry.Type.FILE;
      case 'M' ->
          throw new TarException(
              "the archive is a later volume of several; join them and send one archive");
      case 0, '0', '7' -> fileOrDirectory();
      default -> {
        TarEntry.Type type = fileOrDirectory();
        String meant = type == TarEntry.Type.FILE ? "regular file" : "directory";
        warn("the unknown type " + printable(flag) + " was taken for a " + meant);
        yield type;
      }
    };
  }

  /** A file whose name ends with a slash is V7's way to say directory. */
  private TarEntry.Type fileOrDirectory() {
    int last = current.length() - 1;
    boolean slash = last >= 0 && current.byteAt(last) == '/';
    return slash ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
  }

  /**
   * Links, directories and devices have no content, whatever their size field says (POSIX). GNU's
   * 'D' has a list of names, and a file by its type may have a body that its trailing slash hides.
   */
  private boolean isDirectoryWithContent(TarEntry.Type type, Extensions found) throws IOException {
    char flag = header.type();
    return type == TarEntry.Type.DIRECTORY
        && (flag == 'D' || (flag != '5' && body.follows(header, found)));
  }

  /** A number that may be anything where it is not used: then it is 0. */
  private static long number(boolean used, Extensions.HeaderNumber number) throws TarException {
    try {
      return number.get();
    } catch (TarException e) {
      if (used) {
        throw e;
      }
      return 0;
    }
  }

  private static String printable(char flag) {
    return flag > ' ' && flag < 0x7F ? "'" + flag + "'" : Integer.toString(flag);
  }

  /** How a reader knows that an archive is whole. */
  public enum TarEnd {
    /** By its end mark, behind which only zeros may come: nothing else tells it from a cut one. */
    MARKED,
    /**
     * By its packing, whose checksum covers all bytes, or by a digest: the end mark may be missing,
     * and what follows it is counted and passed over, as GNU tar and bsdtar do.
     */
    PROVEN
  }
}
