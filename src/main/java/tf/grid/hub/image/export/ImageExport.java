package tf.grid.hub.image.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tf.grid.hub.catalogue.export.Exports;
import tf.grid.hub.image.reference.Digest;

/**
 * Writes the tree of a flist as an image of one layer, in an archive that is both an OCI image
 * layout 1.0 and an archive of {@code docker save}. The same flist gives the same bytes.
 */
final class ImageExport {
  private static final String BLOBS = "blobs/sha256/";
  private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";
  private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
  private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";

  private ImageExport() {}

  /**
   * Writes the archive. The content is read twice, because the name of the layer is its digest.
   *
   * @param name the name of the image, such as {@code alice/alpine:latest}
   * @param out is neither flushed nor closed
   */
  static void write(Exports.Tree tree, String name, OutputStream out) throws IOException {
    long length = tree.check();
    Digest layer = digest(tree);
    byte[] config = bytes(ExportedConfig.of(tree.metadata(), layer));
    byte[] manifest = bytes(manifest(config, layer, length));
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    add(tar, "oci-layout", bytes(layout()));
    add(tar, "index.json", bytes(index(manifest, name)));
    add(tar, "manifest.json", saved(config, layer, name).toString().getBytes(UTF_8));
    add(tar, blob(Digest.of(manifest)), manifest);
    add(tar, blob(Digest.of(config)), config);
    tar.putArchiveEntry(entry(blob(layer), length));
    tree.writeTo(tar);
    tar.closeArchiveEntry();
    tar.finish();
  }

  private static Digest digest(Exports.Tree tree) throws IOException {
    MessageDigest computation = Digest.Algorithm.SHA256.computation();
    tree.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), computation));
    return Digest.finished(Digest.Algorithm.SHA256, computation.digest());
  }

  private static JsonObject layout() {
    return Json.createObjectBuilder().add("imageLayoutVersion", "1.0.0").build();
  }

  private static JsonObject manifest(byte[] config, Digest layer, long length) {
    return Json.createObjectBuilder()
        .add("schemaVersion", 2)
        .add("mediaType", MANIFEST_TYPE)
        .add("config", descriptor(CONFIG_TYPE, Digest.of(config), config.length))
        .add("layers", Json.createArrayBuilder().add(descriptor(LAYER_TYPE, layer, length)))
        .build();
  }

  private static JsonObject index(byte[] manifest, String name) {
    JsonObject annotations =
        Json.createObjectBuilder()
            .add("io.containerd.image.name", "docker.io/" + name)
            .add("org.opencontainers.image.ref.name", name.substring(name.lastIndexOf(':') + 1))
            .build();
    JsonObject described =
        Json.createObjectBuilder(descriptor(MANIFEST_TYPE, Digest.of(manifest), manifest.length))
            .add("annotations", annotations)
            .build();
    return Json.createObjectBuilder()
        .add("schemaVersion", 2)
        .add("mediaType", INDEX_TYPE)
        .add("manifests", Json.createArrayBuilder().add(described))
        .build();
  }

  /** The manifest of {@code docker save}, which engines before Docker 25 need. */
  private static JsonArray saved(byte[] config, Digest layer, String name) {
    return Json.createArrayBuilder()
        .add(
            Json.createObjectBuilder()
                .add("Config", blob(Digest.of(config)))
                .add("RepoTags", Json.createArrayBuilder().add(name))
                .add("Layers", Json.createArrayBuilder().add(blob(layer))))
        .build();
  }

  private static JsonObject descriptor(String type, Digest digest, long size) {
    return Json.createObjectBuilder()
        .add("mediaType", type)
        .add("digest", digest.toString())
        .add("size", size)
        .build();
  }

  private static String blob(Digest digest) {
    return BLOBS + digest.hex();
  }

  private static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(UTF_8);
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    tar.putArchiveEntry(entry(name, content.length));
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(String name, long size) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    return entry;
  }
}
