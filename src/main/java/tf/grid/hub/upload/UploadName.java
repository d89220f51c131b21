package tf.grid.hub.upload;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.http.HeaderText;

/** How an uploaded flist gets its name from what the client says; no validation happens here. */
final class UploadName {
  /** A form's file name ends in one of these, which says nothing of how the archive is packed. */
  private static final Pattern ARCHIVE =
      Pattern.compile("\\.(?:tar|tar\\.gz|tgz|tar\\.bz2|tar\\.xz|tar\\.zst)\\z", CASE_INSENSITIVE);

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]");
  private static final Pattern BLANKS = Pattern.compile("[\\s/]+");
  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9_.-]");
  private static final Pattern EDGES = Pattern.compile("^[._]+|[._]+$");

  private UploadName() {}

  /**
   * The name of the flist, without {@code .flist}.
   *
   * @param original the header {@code X-Original-Name} as the server decoded it, if there was one
   * @param fileName the name of the form's file
   */
  static String of(Optional<String> original, String fileName) {
    String name =
        original.map(header -> baseName(HeaderText.of(header))).orElseGet(() -> plain(fileName));
    return withoutSuffix(name);
  }

  /** Whether a file is called as archives are. */
  static boolean isArchive(String fileName) {
    return ARCHIVE.matcher(fileName).find();
  }

  /** A final {@code .tar.gz} or the like is what the archive was, not what the flist is called. */
  static String withoutSuffix(String name) {
    return ARCHIVE.matcher(name).replaceFirst("");
  }

  /** Clients send a path of theirs, of which the last component counts. */
  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Names from forms are made plain, as the earlier hub did it; Windows sends paths, too. */
  private static String plain(String fileName) {
    String name = fileName.substring(fileName.lastIndexOf('\\') + 1);
    String ascii =
        NOT_ASCII.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    String joined = BLANKS.matcher(ascii.replace('/', ' ').strip()).replaceAll("_");
    return EDGES.matcher(NOT_PLAIN.matcher(joined).replaceAll("")).replaceAll("");
  }
}
