package tf.grid.hub.build.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import tf.grid.hub.build.tar.header.ArchiveWarnings;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.build.tar.header.TarHeader;
import tf.grid.hub.compression.CompressionFormat;
import tf.grid.hub.flist.Name;
import tf.grid.hub.problem.PrintableText;

/**
 * Reads the entries of a tar archive in one pass: V7, ustar, GNU, PAX and star headers, long names
 * and sparse files. Names are kept as bytes. The memory for headers is limited; content is not
 * buffered. Unusual but harmless properties cause warnings. Not thread-safe.
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
   * Reads an archive that must have an end marker.
   *
   * @param in the uncompressed archive; read in large steps, so it needs no buffering
   * @param maxHeaderBytes maximum bytes of the long names, PAX records or sparse map of one entry
   */
  public TarReader(InputStream in, int maxHeaderBytes) {
    this(
        in,
        new TarOptions(maxHeaderBytes, TarEnd.MARKED, GnuPrefix.IGNORED),
        new ArchiveWarnings());
  }

  /**
   * Reads an archive with options.
   *
   * @param in as above
   * @param options choices that the formats leave open
   * @param warnings receives warnings
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
   * Returns the next entry, or null at the end of the archive, which was then read to its last
   * byte. Skips the unread content of the previous entry.
   *
   * @throws TarException if the archive is damaged, truncated or not supported
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
   * @throws EOFException if fewer bytes are left; nothing is read then
   */
  public void readFully(byte[] into, int offset, int length) throws IOException {
    content.read(in, into, offset, length);
  }

  /** Number of bytes from the current position of the content that are a hole of a sparse file. */
  public long hole() {
    return content.hole();
  }

  /**
   * Skips bytes of a hole.
   *
   * @param length at most {@link #hole}
   */
  public void skipHole(long length) {
    content.skipHole(length);
  }

  /** Number of zeros of holes in the current entry that were read instead of skipped. */
  public long filled() {
    return content.filled();
  }

  /** Whether the archive was empty, without even an end marker. */
  public boolean isEmpty() {
    return in.position() == 0;
  }

  /** Adds the current entry and the offset of its first header to a message. */
  public String located(String message) {
    String name =
        current == null
            ? ""
            : "entry '" + PrintableText.shortened(current.shared(), SHOWN_NAME) + "', ";
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
    return new TarException(
        "this is not a tar archive, neither plain nor compressed with gzip, bzip2, xz or zstd");
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
    // A hard link uses only its names; other fields may be invalid.
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

  /** The type of the entry. POSIX treats unknown type flags as regular files. */
  private TarEntry.Type type(Extensions found) throws IOException {
    char flag = header.type();
    return switch (flag) {
      case '1' -> body.follows(header, found) ? TarEntry.Type.FILE : TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5', 'D' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.FIFO;
      case 'S' -> header.isGnu() ? TarEntry.Type.FILE : unknown(flag);
      case 'M' ->
          throw new TarException(
              "the archive is a later volume of several; join them and send one archive");
      case 0, '0', '7' -> fileOrDirectory();
      default -> unknown(flag);
    };
  }

  private TarEntry.Type unknown(char flag) throws TarException {
    if (flag == 'S' && header.isStar()) {
      throw new TarException(
          "the archive has a sparse file in the format of star, which only star and GNU tar read;"
              + " pack it again with tar");
    }
    TarEntry.Type type = fileOrDirectory();
    String meant = type == TarEntry.Type.FILE ? "regular file" : "directory";
    warn("the unknown type " + printable(flag) + " was taken for a " + meant);
    return type;
  }

  /** In V7, a file whose name ends with a slash is a directory. */
  private TarEntry.Type fileOrDirectory() {
    int last = current.length() - 1;
    boolean slash = last >= 0 && current.byteAt(last) == '/';
    return slash ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
  }

  /**
   * Links, directories and devices have no content, regardless of their size field (POSIX).
   * Exceptions: GNU's 'D' contains a list of names, and an entry of the type file may have a body
   * even if its name ends with a slash.
   */
  private boolean isDirectoryWithContent(TarEntry.Type type, Extensions found) throws IOException {
    char flag = header.type();
    return type == TarEntry.Type.DIRECTORY
        && (flag == 'D' || (flag != '5' && body.follows(header, found)));
  }

  /** Reads a number; an invalid one that is not used is 0. */
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

  /** How a reader verifies that an archive is complete. */
  public enum TarEnd {
    /** By its end marker, which only zeros may follow: without it, the archive may be truncated. */
    MARKED,
    /**
     * By the checksum of its compression or by a digest. The end marker may be missing, and bytes
     * after it are counted and skipped, as by GNU tar and bsdtar.
     */
    PROVEN;

    /** How to verify an archive that was received in this format. */
    public static TarEnd of(CompressionFormat format) {
      return format == CompressionFormat.NONE ? MARKED : PROVEN;
    }
  }
}
