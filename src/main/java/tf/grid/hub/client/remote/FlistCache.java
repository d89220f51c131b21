package tf.grid.hub.client.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tf.grid.hub.chunk.kernel.Blake2b;

/**
 * Flists that were downloaded before. A hub is asked each time whether the flist has changed. Files
 * are replaced atomically, so several processes may use the cache at once.
 */
public final class FlistCache {
  private static final int NAME_BYTES = 16;
  private static final String SUFFIX = ".flist";

  private final Path directory;

  /**
   * A cache.
   *
   * @param directory is created when needed
   */
  public FlistCache(Path directory) {
    this.directory = directory;
  }

  /** The current file of a flist; it must not be changed. */
  public Path get(HubHttp http, String repository, String name) throws IOException {
    String path = HubHttp.path(repository, name.endsWith(".flist") ? name : name + ".flist");
    byte[] key = http.address(path).getBytes(UTF_8);
    String stem = HexFormat.of().formatHex(Blake2b.digest(NAME_BYTES, key, 0, key.length));
    Files.createDirectories(directory);
    Optional<Path> known = known(stem);
    Map<String, String> condition =
        known.map(file -> Map.of("If-None-Match", tag(file, stem))).orElse(Map.of());
    return http.get(path, condition, answer -> received(answer, stem, known));
  }

  private Path received(HubHttp.Response answer, String stem, Optional<Path> known)
      throws IOException {
    if (answer.status() == 304 && known.isPresent()) {
      return known.get();
    }
    Path file = directory.resolve(stem + encoded(answer.tag()) + SUFFIX);
    replace(file, answer.body());
    if (known.isPresent() && !known.get().equals(file)) {
      Files.deleteIfExists(known.get());
    }
    return file;
  }

  /** The name of a file contains its entity tag, so that the two always belong together. */
  private Optional<Path> known(String stem) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, stem + "?*" + SUFFIX)) {
      for (Path file : files) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static String encoded(String tag) {
    return tag == null
        ? ""
        : Base64.getUrlEncoder().withoutPadding().encodeToString(tag.getBytes(UTF_8));
  }

  private static String tag(Path file, String stem) {
    String name = file.getFileName().toString();
    String text = name.substring(stem.length(), name.length() - SUFFIX.length());
    return new String(Base64.getUrlDecoder().decode(text), UTF_8);
  }

  private void replace(Path file, InputStream content) throws IOException {
    Path fresh = Files.createTempFile(directory, ".new-", ".flist");
    try {
      try (OutputStream out = Files.newOutputStream(fresh)) {
        content.transferTo(out);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
