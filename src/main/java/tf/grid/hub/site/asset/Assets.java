package tf.grid.hub.site.asset;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.http.Sha256;

/**
 * All files that pages load, under addresses that change when any of them does, so that scripts may
 * import each other by relative addresses. Immutable.
 */
@SingletonBean
public class Assets {

  /** The path below which they are served. */
  static final String PATH = "/assets";

  private static final String DIRECTORY = "/resources/";
  private static final int VERSION_DIGITS = 12;

  private final Map<String, Asset> files = new HashMap<>();
  private final String version;

  /** Reads and packs the files of the application. */
  @Inject
  public Assets(ServletContext application) {
    this(read(application));
  }

  /** Takes the files by their paths, such as {@code hub/site.css}. */
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

  /** The address of a file in the application, to be put into a page. */
  String address(String path) {
    return PATH + "/" + version + "/" + path;
  }

  /** Whether an address was made from what is served now. */
  boolean isCurrent(String servedVersion) {
    return version.equals(servedVersion);
  }

  /** The file at a path such as {@code hub/site.css}. */
  Optional<Asset> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static SortedMap<String, byte[]> read(ServletContext application) {
    SortedMap<String, byte[]> content = new TreeMap<>();
    read(application, DIRECTORY, content);
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

  private static byte[] bytes(ServletContext application, String name) {
    try (InputStream file = application.getResourceAsStream(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + name + " of the application", e);
    }
  }
}
