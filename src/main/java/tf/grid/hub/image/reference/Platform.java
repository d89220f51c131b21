package tf.grid.hub.image.reference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What machine an image is for: operating system, processor and, for some, its variant. Names are
 * those of Go, as the OCI image specification has it; usual other names are translated.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant such as {@code v7}; empty where it is what everyone assumes
 */
public record Platform(String os, String architecture, Optional<String> variant) {

  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,62}");

  /** What is meant when nothing is said. */
  public static final Platform DEFAULT = new Platform("linux", "amd64", Optional.empty());

  /**
   * Checks the words.
   *
   * @throws InvalidReferenceException if one has other characters than {@code a-z 0-9 _ . -}
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
   * The platform that a text names, such as {@code linux/arm64} or {@code linux/arm/v7}.
   *
   * @throws InvalidReferenceException if it names none
   */
  public static Platform parse(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("/", -1);
    if (words.length < 2 || words.length > 3) {
      throw invalid();
    }
    return of(words[0], words[1], words.length == 3 ? words[2] : "");
  }

  /**
   * The platform with usual other names translated and a variant that everyone assumes left out.
   *
   * @param variant empty for none
   * @throws InvalidReferenceException if a word has other characters than {@code a-z 0-9 _ . -}
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

  /** This platform and those whose programs run on it as well, the best first. */
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

  /** The text that {@link #parse} takes. */
  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(name -> "/" + name).orElse("");
  }
}
