package tf.grid.hub.image.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.build.limit.ArchiveMeter;
import tf.grid.hub.build.tar.TarOptions;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.build.tar.TarReader.TarEnd;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.compression.CompressionException;
import tf.grid.hub.compression.DecompressedStream;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.layer.PackedLayer;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * Reads an image archive in one pass: old and new formats of {@code docker save}, and layouts of
 * the <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image
 * specification</a>; uncompressed, or compressed with gzip or zstd. Nothing is unpacked to disk.
 * All layers are processed, because the list of layers may be at the end of the archive. Not
 * thread-safe.
 */
public final class ImageArchive {
  private final ArchiveMembers members;

  private ImageArchive(ArchiveMembers members) {
    this.members = members;
  }

  /**
   * Reads an archive to its end.
   *
   * @param build receives the layers
   * @param parts its limits also apply to the outer archive
   * @throws ArchiveException if the archive is damaged, unsafe or exceeds a limit
   * @throws IOException if the archive cannot be received
   */
  public static ImageArchive read(LayeredBuild build, LayerBuilder parts, InputStream archive)
      throws IOException, ArchiveException {
    ArchiveMeter outer = new ArchiveMeter(parts.limits(), parts.ticker());
    ArchiveMembers members = new ArchiveMembers(build, parts.limits());
    InputStream received = outer.receiving(build.received(archive));
    try (DecompressedStream plain = build.decompressed(received)) {
      if (plain.isEmpty()) {
        throw new ArchiveException("the archive is empty: not a single byte arrived");
      }
      TarOptions options =
          new TarOptions(parts.limits().headerBytes(), TarEnd.of(plain.format()), GnuPrefix.USED);
      readAll(members, new TarReader(outer.unpacking(plain), options, build.warnings()));
    } catch (TarException | CompressionException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
    return new ImageArchive(members.within(ImageDirectory.of(members)));
  }

  private static void readAll(ArchiveMembers members, TarReader tar)
      throws IOException, ArchiveException {
    try {
      members.readAll(tar);
    } catch (TarException | CompressionException | ArchiveException e) {
      throw new ArchiveException(tar.located(e.getMessage()), e);
    }
  }

  /**
   * Returns the image.
   *
   * @param wanted the platform; if empty, the only image, or that for the default platform
   * @throws PullException if there is no image, more than one, or none for the platform
   * @throws ArchiveException if the image is incomplete or does not match its digests
   */
  public ArchivedImage image(Optional<Platform> wanted) throws PullException, ArchiveException {
    ImageCandidate candidate = new ArchiveContents(members).choose(wanted);
    ImageConfig config = candidate.config();
    List<String> paths = candidate.layers().paths();
    List<Layer> layers =
        candidate.id().isPresent() ? layers(config.layers(), paths) : layersWithoutDigests(paths);
    return new ArchivedImage(
        config, candidate.id(), candidate.manifest(), candidate.reference(), layers);
  }

  private List<Layer> layers(List<Digest> expected, List<String> paths) throws ArchiveException {
    if (expected.size() != paths.size()) {
      throw new ArchiveException(
          "the image has "
              + paths.size()
              + " layers but its configuration names "
              + expected.size());
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      layers.add(layer(paths.get(i), expected.get(i)));
    }
    return layers;
  }

  private List<Layer> layersWithoutDigests(List<String> paths) throws ArchiveException {
    List<Layer> layers = new ArrayList<>();
    for (String path : paths) {
      layers.add(unpacked(path).layer());
    }
    return layers;
  }

  private Layer layer(String path, Digest expected) throws ArchiveException {
    PackedLayer unpacked = unpacked(path);
    if (!unpacked.diffId().equals(expected)) {
      throw new ArchiveException(
          "the image's layer "
              + path
              + " unpacks to the digest "
              + unpacked.diffId()
              + " and not to "
              + expected);
    }
    return unpacked.layer();
  }

  private PackedLayer unpacked(String path) throws ArchiveException {
    ArchiveMember member =
        members
            .at(path)
            .orElseThrow(() -> new ArchiveException("the archive lacks the image's layer " + path));
    if (member instanceof ArchiveMember.Unusable unusable) {
      throw unusable.reason();
    }
    if (!(member instanceof ArchiveMember.Unpacked unpacked)) {
      throw new ArchiveException("the image's layer " + path + " is no archive");
    }
    return unpacked.layer();
  }
}
