package tf.grid.hub.image.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.build.ArchiveException;
import tf.grid.hub.build.ArchiveMeter;
import tf.grid.hub.build.compression.Compression;
import tf.grid.hub.build.layer.Layer;
import tf.grid.hub.build.layer.LayerBuilder;
import tf.grid.hub.build.layer.LayeredBuild;
import tf.grid.hub.build.tar.TarOptions;
import tf.grid.hub.build.tar.TarReader;
import tf.grid.hub.build.tar.header.GnuPrefix;
import tf.grid.hub.build.tar.header.TarException;
import tf.grid.hub.image.PullException;
import tf.grid.hub.image.config.ImageConfig;
import tf.grid.hub.image.layer.LayerUnpacker;
import tf.grid.hub.image.layer.PackedLayer;
import tf.grid.hub.image.reference.Digest;
import tf.grid.hub.image.reference.Platform;

/**
 * Reads an archive of an image in one pass: what {@code docker save} writes, older and newer, and
 * layouts of the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image
 * specification</a>; plain, or packed with gzip or zstd. Nothing is unpacked to the disk. All
 * layers in it are taken apart, since only the end of the archive may tell which ones the image
 * has. Not thread-safe.
 */
public final class ImageArchive {
  private final ArchiveMembers members;

  private ImageArchive(ArchiveMembers members) {
    this.members = members;
  }

  /**
   * Reads an archive to its end.
   *
   * @param build takes the layers
   * @param parts gives the limits, which hold for the outer archive as well
   * @throws ArchiveException when the archive is damaged, hostile or over a limit
   * @throws IOException when its bytes do not arrive
   */
  public static ImageArchive read(LayeredBuild build, LayerBuilder parts, InputStream archive)
      throws IOException, ArchiveException {
    ArchiveMeter outer = new ArchiveMeter(parts.limits(), parts.ticker());
    ArchiveMembers members = new ArchiveMembers(build, parts.limits());
    InputStream received = outer.receiving(build.received(archive));
    try (InputStream plain = LayerUnpacker.unpack(received)) {
      TarOptions options =
          new TarOptions(parts.limits().headerBytes(), Compression.end(plain), GnuPrefix.USED);
      readAll(members, new TarReader(outer.unpacking(plain), options, build.warnings()));
    } catch (TarException e) {
      throw new ArchiveException(e.getMessage(), e);
    }
    return new ImageArchive(members.within(ImageDirectory.of(members)));
  }

  private static void readAll(ArchiveMembers members, TarReader tar)
      throws IOException, ArchiveException {
    try {
      members.readAll(tar);
    } catch (TarException | ArchiveException e) {
      throw new ArchiveException(tar.located(e.getMessage()), e);
    }
  }

  /**
   * The image in it.
   *
   * @param wanted the platform; without it, the only one that there is, or the default one
   * @throws PullException when there is no image, several, or none for the platform
   * @throws ArchiveException when the image is not complete, or not what its digests say
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
