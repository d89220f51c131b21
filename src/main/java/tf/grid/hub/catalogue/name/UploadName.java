package tf.grid.hub.catalogue.name;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.http.HeaderText;

/** Derives the name of an uploaded flist from the request. The result is not validated. */
public final class UploadName {
  /** Suffixes of archives. The suffix does not determine the compression. */
  private static final Pattern ARCHIVE =
      Pattern.compile(
          "\\.(?:tar|tar\\.gz|tgz|tar\\.bz2|tbz2?|tar\\.xz|txz|tar\\.zst|tzst)\\z",
          CASE_INSENSITIVE);

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]");
  private static final Pattern C1_CONTROLS = Pattern.compile("[\\x80-\\x9f]");
  private static final Pattern BLANKS = Pattern.compile("[\\s/]+");
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern EDGES = Pattern.compile("^[._]+|[._]+$");

  private UploadName() {}

  /**
   * Returns the name of the flist, without {@code .flist}.
   *
   * @param original the header {@code X-Original-Name} as the server decoded it, if there was one
   * @param fileName the file name in the form
   */
  public static String of(Optional<String> original, String fileName) {
    String name =
        original.map(header -> baseName(HeaderText.of(header))).orElseGet(() -> plain(fileName));
    return withoutSuffix(name);
  }

  /** Whether a file name has the suffix of an archive. */
  public static boolean isArchive(String fileName) {
    return ARCHIVE.matcher(fileName).find();
  }

  /** Removes the suffix of an archive, such as {@code .tar.gz}. */
  public static String withoutSuffix(String name) {
    return ARCHIVE.matcher(name).replaceFirst("");
  }

  /**
   * Clients send local paths; the name is the last component. Bytes of Shift-JIS and the like that
   * were read as ISO-8859-1 look like control characters, which no name may have.
   */
  private static String baseName(String path) {
    return C1_CONTROLS.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceAll("");
  }

  /**
   * Reduces a name to safe ASCII characters, as the earlier hub did. Clients on Windows may send
   * paths.
   */
  private static String plain(String fileName) {
    String name = fileName.substring(fileName.lastIndexOf('\\') + 1);
    String ascii =
        NOT_ASCII.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    String joined = BLANKS.matcher(ascii.replace('/', ' ').strip()).replaceAll("_");
    return EDGES.matcher(NOT_PLAIN.matcher(joined).replaceAll("")).replaceAll("");
  }
}
