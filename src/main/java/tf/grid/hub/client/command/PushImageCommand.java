package tf.grid.hub.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.build.limit.ArchiveException;
import tf.grid.hub.client.push.ImagePush;
import tf.grid.hub.client.push.PublishedFlist;
import tf.grid.hub.client.registry.RegistryConnections;
import tf.grid.hub.client.registry.SavedCredentials;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.problem.PrintableText;

/** Pushes an image as a flist. */
@Command(
    name = "push-image",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a container image as a flist.",
      "The image is an archive of 'docker save', an OCI archive, or the name of an image in a"
          + " registry. It is converted here; only chunks that the hub does not have are sent."
          + " Credentials for registries are those of 'docker login' and 'podman login'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hub-client push-image alpine:3.20",
      "  hub-client push-image --platform linux/arm64 ghcr.io/org/app:1.2 app-arm",
      "  docker save app:1.2 | hub-client push-image - app-1.2"
    })
public final class PushImageCommand extends HubCommand {
  private static final int BUFFER = 1 << 16;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "an archive, - for standard input, or the name of an image in a registry")
  private String image;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "the name of the flist; required for an archive")
  private String name;

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      description = "such as linux/arm64 (default: linux/amd64, or the only one of an archive)")
  private String platform;

  @Option(
      names = "--insecure-registry",
      paramLabel = "HOST[:PORT]",
      description = "a registry that may be asked without TLS; may be repeated")
  private List<String> insecure = new ArrayList<>();

  @Option(
      names = "--by-hub",
      description =
          "let the hub fetch the image from the registry and convert it; other options for the"
              + " flist are ignored")
  private boolean byHub;

  @Mixin private PushOptions options;

  @Override
  public Integer call() throws IOException, ArchiveException {
    boolean archive = image.equals("-") || Files.isRegularFile(Path.of(image));
    if (archive && name == null) {
      throw usage("which name? An archive needs one: hub-client push-image " + image + " NAME");
    } else if (archive && byHub) {
      throw usage("--by-hub needs the name of an image in a registry");
    } else if (byHub) {
      convertByHub(http());
      return 0;
    }
    options.run(
        http(),
        progress("pushing"),
        (target, metadata, progress) -> {
          ImagePush push =
              new ImagePush(target, cache().resolve("layers"), progress, progress::note);
          return archive ? archived(push, metadata) : fetched(push, metadata);
        });
    return 0;
  }

  private PublishedFlist archived(ImagePush push, Map<String, String> metadata)
      throws IOException, ArchiveException {
    Optional<Platform> wanted = Optional.ofNullable(platform).map(Platform::parse);
    try (InputStream in = image.equals("-") ? System.in : Files.newInputStream(Path.of(image))) {
      return push.archive(new BufferedInputStream(in, BUFFER), wanted, name, metadata);
    }
  }

  private PublishedFlist fetched(ImagePush push, Map<String, String> metadata)
      throws IOException, ArchiveException {
    ImageReference reference = ImageReference.parse(image);
    SavedCredentials saved = new SavedCredentials(System.getenv(), home());
    WantedImage wanted =
        new WantedImage(
            reference,
            platform == null ? Platform.DEFAULT : Platform.parse(platform),
            saved.of(reference.registry()));
    Set<String> hosts =
        insecure.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return push.fetched(
        wanted,
        new RegistryConnections(hosts),
        name == null ? reference.flistName() : name,
        metadata);
  }

  private void convertByHub(HubHttp http) throws IOException {
    StringBuilder form = new StringBuilder("image=").append(URLEncoder.encode(image, UTF_8));
    if (name != null) {
      form.append("&name=").append(URLEncoder.encode(name, UTF_8));
    }
    if (platform != null) {
      form.append("&platform=").append(URLEncoder.encode(platform, UTF_8));
    }
    JsonObject answer =
        http.once(
            "POST",
            "/api/flist/me/docker",
            "application/x-www-form-urlencoded",
            HubHttp.Body.of(form.toString().getBytes(UTF_8)));
    JsonObject published = answer.getJsonObject("payload");
    if (options.json()) {
      out().println(published);
    } else {
      out().println("Pushed " + PrintableText.of(published.getString("name")));
    }
  }
}
