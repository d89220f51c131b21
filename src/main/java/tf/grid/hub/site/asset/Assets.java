package tf.grid.hub.site.asset;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.file.Sha256;
import tf.grid.hub.site.identity.SiteIdentity;
import tf.grid.hub.site.language.Language;
import tf.grid.hub.site.language.Languages;

/**
 * All static files. Their URLs contain a digest of all of them, so that scripts can import each
 * other by relative URLs. Immutable.
 */
@SingletonBean
public class Assets {

  static final String PATH = "/assets";

  private static final String DIRECTORY = "/resources/";
  private static final int VERSION_DIGITS = 12;

  private final Map<String, Asset> files = new HashMap<>();
  private final String version;

  /** Groups of texts that scripts use. */
  private static final List<String> SCRIPT_TEXTS = List.of("script", "kind");

  /** Reads and compresses the files of the application, the logo, and the texts of scripts. */
  @Inject
  public Assets(ServletContext application, SiteIdentity identity, Languages languages) {
    this(read(application, identity, languages));
  }

  /**
   * Creates an instance with its dependencies.
   *
   * @param content the files by path, such as {@code hub/site.css}
   */
  Assets(SortedMap<String, byte[]> content) {
    MessageDigest digest = Sha256.start();
    content.forEach(
        (path, bytes) ->
            Asset.of(path, bytes)
                .ifPresent(
                    asset -> {
                      digest.update(
                          (path + "\0" + bytes.length + "\0").getBytes(StandardCharsets.UTF_8));
                      digest.update(bytes);
                      files.put(path, asset);
                    }));
    this.version = HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
  }

  /** The file with the logo of the hub, for {@link #address}. */
  public static String logo(SiteIdentity identity) {
    return identity
        .logo()
        .map(Path::toString)
        .map(file -> "hub/logo" + file.substring(file.lastIndexOf('.')))
        .orElse("hub/icon.svg");
  }

  /** The script with the texts of scripts in a language, for {@link #address}. */
  public static String texts(Language language) {
    return "hub/texts." + language.tag() + ".js";
  }

  /** JSON is an expression of JavaScript. */
  private static byte[] module(Language language) {
    Map<String, Object> texts = new TreeMap<>(language.sources(SCRIPT_TEXTS));
    String json = Json.createObjectBuilder(texts).build().toString();
    return ("export default " + json + ";\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the URL path of a file. */
  public String address(String path) {
    return PATH + "/" + version + "/" + path;
  }

  /** Whether a URL refers to the current version. */
  boolean isCurrent(String servedVersion) {
    return version.equals(servedVersion);
  }

  /** Returns the file with a path such as {@code hub/site.css}. */
  Optional<Asset> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static SortedMap<String, byte[]> read(
      ServletContext application, SiteIdentity identity, Languages languages) {
    SortedMap<String, byte[]> content = new TreeMap<>();
    read(application, DIRECTORY, content);
    identity.logo().ifPresent(file -> content.put(logo(identity), bytes(file)));
    languages.all().forEach(each -> content.put(texts(each), module(each)));
    return content;
  }

  private static void read(
      ServletContext application, String directory, SortedMap<String, byte[]> content) {
    Set<String> names = application.getResourcePaths(directory);
    for (String name : names == null ? Set.<String>of() : names) {
      if (name.endsWith("/")) {
        read(application, name, content);
      } else {
        content.put(name.substring(DIRECTORY.length()), bytes(application, name));
      }
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the logo " + file, e);
    }
  }

  private static byte[] bytes(ServletContext application, String name) {
    try (InputStream file = application.getResourceAsStream(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + name + " of the application", e);
    }
  }
}
