package tf.grid.hub.image.reference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The platform of an image: operating system, processor architecture and optional variant, with the
 * names of Go, as in the OCI image specification; common aliases are translated.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v7}; empty if it is the default
 */
public record Platform(String os, String architecture, Optional<String> variant) {

  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

  public static final Platform DEFAULT = new Platform("linux", "amd64", Optional.empty());

  /**
   * Validates the parts.
   *
   * @throws InvalidReferenceException if a part contains characters other than {@code a-z 0-9 _ .
   *     -}
   */
  public Platform {
    if (!isWord(os) || !isWord(architecture) || !variant.map(Platform::isWord).orElse(true)) {
      throw invalid();
    }
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  private static InvalidReferenceException invalid() {
    return new InvalidReferenceException("a platform is written as linux/amd64 or linux/arm/v7");
  }

  /**
   * Parses a platform such as {@code linux/arm64} or {@code linux/arm/v7}.
   *
   * @throws InvalidReferenceException if it is invalid
   */
  public static Platform parse(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("/", -1);
    if (words.length < 2 || words.length > 3) {
      throw invalid();
    }
    return of(words[0], words[1], words.length == 3 ? words[2] : "");
  }

  /**
   * Creates a platform, translating aliases and omitting default variants.
   *
   * @param variant empty for none
   * @throws InvalidReferenceException if a part contains characters other than {@code a-z 0-9 _ .
   *     -}
   */
  public static Platform of(String os, String architecture, String variant) {
    return switch (architecture) {
      case "amd64", "x86_64", "x86-64" -> plain(os, "amd64", variant.equals("v1") ? "" : variant);
      case "386", "i386", "i686" -> plain(os, "386", "");
      case "arm64", "aarch64" ->
          plain(os, "arm64", variant.equals("v8") || variant.equals("8") ? "" : variant);
      case "armhf" -> plain(os, "arm", "v7");
      case "armel" -> plain(os, "arm", "v6");
      case "arm" -> plain(os, "arm", arm(variant));
      default -> plain(os, architecture, variant);
    };
  }

  private static String arm(String variant) {
    return switch (variant) {
      case "" -> "v7";
      case "5", "6", "7", "8" -> "v" + variant;
      default -> variant;
    };
  }

  private static Platform plain(String os, String architecture, String variant) {
    return new Platform(os, architecture, Optional.of(variant).filter(text -> !text.isEmpty()));
  }

  /** Whether it is {@code unknown/unknown}, as attestations of build tools say. */
  public boolean isUnknown() {
    return os.equals("unknown") && architecture.equals("unknown");
  }

  /** This platform and compatible ones, best first. */
  public List<Platform> accepted() {
    return switch (architecture + "/" + variant.orElse("")) {
      case "arm/v8" -> variants("v8", "v7", "v6", "v5");
      case "arm/v7" -> variants("v7", "v6", "v5");
      case "arm/v6" -> variants("v6", "v5");
      case "amd64/v4" -> variants("v4", "v3", "v2", "");
      case "amd64/v3" -> variants("v3", "v2", "");
      case "amd64/v2" -> variants("v2", "");
      case "arm64/v9" -> variants("v9", "");
      default -> List.of(this);
    };
  }

  private List<Platform> variants(String... names) {
    return List.of(names).stream().map(name -> plain(os, architecture, name)).toList();
  }

  /** Returns the form accepted by {@link #parse}. */
  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(name -> "/" + name).orElse("");
  }
}
