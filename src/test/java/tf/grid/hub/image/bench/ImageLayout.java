package tf.grid.hub.image.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes an image as an OCI layout, byte by byte as a test wants it: layers that no build tool
 * would make, under whatever media type. Skopeo makes all other forms of it.
 */
public final class ImageLayout {
  /** The name of the image in its layout, for tools that want one. */
  public static final String TAG = "latest";

  private static final String OCI = "application/vnd.oci.image.";

  private final Path directory;
  private final List<String> layers = new ArrayList<>();
  private final List<String> diffs = new ArrayList<>();
  private String architecture = "amd64";
  private String config = "{\"Cmd\":[\"/bin/sh\"]}";

  private ImageLayout(Path directory) {
    this.directory = directory;
  }

  /** Writes the entries of a layer. */
  public interface Entries {
    /** Adds entries; the archive is finished afterwards. */
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  /** Begins an image in a directory, which need not exist. */
  public static ImageLayout in(Path directory) throws IOException {
    Files.createDirectories(directory.resolve("blobs/sha256"));
    return new ImageLayout(directory);
  }

  /** What processor the image is for. */
  public ImageLayout architecture(String name) {
    architecture = name;
    return this;
  }

  /** The part {@code config} of the configuration, as JSON. */
  public ImageLayout config(String json) {
    config = json;
    return this;
  }

  /** Adds a layer, packed with gzip. */
  public ImageLayout layer(Entries entries) throws IOException {
    byte[] tar = tar(entries);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    return layer(OCI + "layer.v1.tar+gzip", packed.toByteArray(), sha256(tar));
  }

  /** Adds a layer that is not packed. */
  public ImageLayout plainLayer(Entries entries) throws IOException {
    byte[] tar = tar(entries);
    return layer(OCI + "layer.v1.tar", tar, sha256(tar));
  }

  /**
   * Adds any bytes as a layer.
   *
   * @param diffId digits of the digest of the archive when unpacked
   */
  public ImageLayout layer(String mediaType, byte[] blob, String diffId) throws IOException {
    layers.add(descriptor(mediaType, blob));
    diffs.add("\"sha256:" + diffId + "\"");
    return this;
  }

  /**
   * Finishes the image.
   *
   * @return how skopeo names it
   */
  public String write() throws IOException {
    String named =
        ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"%s\"}}".formatted(TAG);
    String manifest = descriptor(OCI + "manifest.v1+json", manifest());
    String index =
        "{\"schemaVersion\":2,\"manifests\":[%s]}"
            .formatted(manifest.substring(0, manifest.length() - 1) + named);
    Files.writeString(directory.resolve("index.json"), index);
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return "oci:" + directory;
  }

  private byte[] manifest() throws IOException {
    byte[] json =
        ("{\"created\":\"2024-01-01T00:00:00Z\",\"architecture\":\"%s\",\"os\":\"linux\",\"config\":%s,"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}")
            .formatted(architecture, config, String.join(",", diffs))
            .getBytes(UTF_8);
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
        .formatted(
            OCI + "manifest.v1+json",
            descriptor(OCI + "config.v1+json", json),
            String.join(",", layers))
        .getBytes(UTF_8);
  }

  private String descriptor(String type, byte[] blob) throws IOException {
    String hex = sha256(blob);
    Files.write(directory.resolve("blobs/sha256/" + hex), blob);
    return "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":%d}"
        .formatted(type, hex, blob.length);
  }

  private static byte[] tar(Entries entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      entries.write(tar);
    }
    return bytes.toByteArray();
  }

  /** The digits of the digest of some bytes. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
