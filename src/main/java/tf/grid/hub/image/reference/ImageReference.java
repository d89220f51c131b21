package tf.grid.hub.image.reference;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tf.grid.hub.problem.PrintableText;

/**
 * The name of an image: {@code busybox}, {@code ghcr.io/org/app:1.2}, {@code x@sha256:...}. Grammar
 * and short names follow the <a
 * href="https://pkg.go.dev/github.com/distribution/reference">distribution reference</a>.
 *
 * @param given the parsed text
 * @param registry the registry; Docker Hub if the text names none
 * @param repository in the registry, with {@code library/} where Docker Hub requires it
 * @param tag as given; ignored if there is a digest
 * @param digest as given
 */
public record ImageReference(
    String given,
    RegistryName registry,
    String repository,
    Optional<String> tag,
    Optional<Digest> digest) {

  private static final String USUAL_TAG = "latest";
  private static final int LONGEST_NAME = 255;

  /** Bytes of an invalid text that messages show. */
  static final int SHOWN_BYTES = 100;

  private static final Pattern PART = Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*");
  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final Pattern IMAGE_ID = Pattern.compile("[a-f0-9]{64}");

  /**
   * Parses a reference.
   *
   * @throws InvalidReferenceException if it is invalid; the message says why
   */
  public static ImageReference parse(String text) {
    refuseOtherThings(text);
    int at = text.indexOf('@');
    Optional<Digest> digest =
        at < 0 ? Optional.empty() : Optional.of(Digest.parse(text.substring(at + 1)));
    String named = at < 0 ? text : text.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    Optional<String> tag =
        tagged ? Optional.of(checkedTag(named.substring(colon + 1))) : Optional.empty();
    return parse(text, tagged ? named.substring(0, colon) : named, tag, digest);
  }

  private static ImageReference parse(
      String text, String name, Optional<String> tag, Optional<Digest> digest) {
    if (name.length() > LONGEST_NAME) {
      throw new InvalidReferenceException("the image's name is longer than 255 characters");
    }
    int slash = name.indexOf('/');
    boolean elsewhere = slash >= 0 && isRegistry(name.substring(0, slash));
    RegistryName registry =
        elsewhere ? registry(name.substring(0, slash)) : RegistryName.DOCKER_HUB;
    String path = checkedPath(elsewhere ? name.substring(slash + 1) : name);
    boolean official = registry.isDockerHub() && path.indexOf('/') < 0;
    return new ImageReference(text, registry, official ? "library/" + path : path, tag, digest);
  }

  private static void refuseOtherThings(String text) {
    if (text.isEmpty()) {
      throw new InvalidReferenceException("the image's name is empty");
    }
    if (text.contains("://")) {
      throw new InvalidReferenceException(
          "an image is named as host/name:tag, without what is before '://'");
    }
    if (IMAGE_ID.matcher(text).matches()) {
      throw new InvalidReferenceException("64 hexadecimal digits are an image's id, not its name");
    }
  }

  /** Whether the part before the first slash is a registry rather than a Docker Hub user. */
  private static boolean isRegistry(String first) {
    return first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || first.equals("localhost")
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  private static RegistryName registry(String text) {
    RegistryName registry = new RegistryName(text);
    return text.equals("index.docker.io") ? RegistryName.DOCKER_HUB : registry;
  }

  private static String checkedPath(String path) {
    for (String part : path.split("/", -1)) {
      if (!PART.matcher(part).matches()) {
        throw new InvalidReferenceException(
            "the image's name '"
                + PrintableText.shortened(path, SHOWN_BYTES)
                + "' has a part that is not made of a-z and 0-9 with single '.', '_', '__' or '-'"
                + " between them");
      }
    }
    return path;
  }

  private static String checkedTag(String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw new InvalidReferenceException(
          "the tag '"
              + PrintableText.shortened(tag, SHOWN_BYTES)
              + "' is not 1 to 128 letters, digits, '_', '.' and '-', the first neither '.' nor"
              + " '-'");
    }
    return tag;
  }

  /** What to request from the registry: the digest, otherwise the tag, otherwise {@code latest}. */
  public String version() {
    return digest.map(Digest::toString).orElseGet(() -> tag.orElse(USUAL_TAG));
  }

  /** The text, with {@code :latest} appended if it has neither tag nor digest. */
  public String complete() {
    return tag.isEmpty() && digest.isEmpty() ? given + ":" + USUAL_TAG : given;
  }

  /** The default name of the flist, without suffix. */
  public String flistName() {
    return complete().replaceAll("[:/@]", "-");
  }

  @Override
  public String toString() {
    return given;
  }
}
