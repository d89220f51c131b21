package tf.grid.hub.image.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tf.grid.hub.build.tar.TarBytes;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/** Writes layouts of images for tests. */
public final class OciLayout {
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<Platform, Digest> manifests = new LinkedHashMap<>();
  private final List<String> index = new ArrayList<>();
  private byte[][] named;
  private UnaryOperator<byte[]> packing = plain -> plain;

  public OciLayout packing(UnaryOperator<byte[]> how) {
    packing = how;
    return this;
  }

  /** The next image's configuration tells of layers with these archives, whatever it has. */
  public OciLayout namingLayers(byte[]... others) {
    named = others;
    return this;
  }

  /** All content by digest. */
  public Map<Digest, byte[]> blobs() {
    Map<Digest, byte[]> blobs = new LinkedHashMap<>();
    files.values().forEach(content -> blobs.put(Digest.of(content), content));
    return blobs;
  }

  /** Adds an image whose layers have these plain archives. */
  public OciLayout image(Platform platform, byte[]... layers) {
    String config =
        descriptor("config", blob(bytes(config(platform, named == null ? layers : named))));
    String list =
        Arrays.stream(layers)
            .map(layer -> descriptor("layer", blob(packing.apply(layer))))
            .collect(Collectors.joining(","));
    Digest manifest =
        blob(bytes("{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + list + "]}"));
    manifests.put(platform, manifest);
    index.add(descriptor("manifest", manifest));
    return this;
  }

  public Digest manifest(Platform platform) {
    return manifests.get(platform);
  }

  public byte[] tar() {
    return tar(new ArrayList<>(all().keySet()));
  }

  public byte[] reversed() {
    List<String> names = new ArrayList<>(all().keySet());
    Collections.reverse(names);
    return tar(names);
  }

  /** The members of a saved image of one layer, without an end mark. */
  static byte[] members(byte[] plain) {
    return members(plain, plain);
  }

  static byte[] members(byte[] plain, byte[] packed) {
    return new TarBytes()
        .file("layer.tar", packed)
        .file("config.json", config(Platform.DEFAULT, plain))
        .file("manifest.json", "[{\"Config\":\"config.json\",\"Layers\":[\"layer.tar\"]}]")
        .unfinished();
  }

  public static String config(Platform platform, byte[]... layers) {
    String ids =
        Arrays.stream(layers)
            .map(layer -> "\"" + Digest.of(layer) + "\"")
            .collect(Collectors.joining(","));
    return "{\"os\":\"%s\",\"architecture\":\"%s\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
        .formatted(platform.os(), platform.architecture(), ids);
  }

  private Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    all.put("oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"));
    all.put(
        "index.json",
        bytes("{\"schemaVersion\":2,\"manifests\":[" + String.join(",", index) + "]}"));
    return all;
  }

  private byte[] tar(List<String> names) {
    TarBytes tar = new TarBytes();
    names.forEach(name -> tar.file(name, all().get(name)));
    return tar.tar();
  }

  private Digest blob(byte[] content) {
    Digest digest = Digest.of(content);
    files.put("blobs/sha256/" + digest.hex(), content);
    return digest;
  }

  private String descriptor(String kind, Digest digest) {
    String type =
        switch (kind) {
          case "config" -> "application/vnd.oci.image.config.v1+json";
          case "layer" -> "application/vnd.oci.image.layer.v1.tar";
          default -> "application/vnd.oci.image.manifest.v1+json";
        };
    int size = files.get("blobs/sha256/" + digest.hex()).length;
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
