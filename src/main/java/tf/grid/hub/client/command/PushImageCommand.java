package tf.grid.hub.client.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tf.grid.hub.client.remote.HubHttp;
import tf.grid.hub.problem.PrintableText;

/** Converts an image to a flist. */
@Command(
    name = "push-image",
    mixinStandardHelpOptions = true,
    description = {
      "Publishes a container image as a flist.",
      "An archive of 'docker save' or an OCI archive is sent to the hub. Any other name is an image"
          + " in a registry, which the hub fetches itself."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  hub-client push-image alpine:3.20",
      "  docker save -o app.tar app:1.2 && hub-client push-image app.tar app-1.2"
    })
final class PushImageCommand extends HubCommand {
  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      description = "an archive, or the name of an image in a registry")
  private String image;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "the name of the flist; required for an archive")
  private String name;

  @Option(names = "--platform", description = "such as linux/arm64")
  private String platform;

  @Option(names = "--json", description = "print the response of the hub as JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path file = Path.of(image);
    JsonObject answer = Files.isRegularFile(file) ? archive(file) : reference();
    if (json) {
      out().println(answer);
    } else {
      String published = answer.getJsonObject("payload").getString("name");
      out().println("Pushed " + PrintableText.of(published));
    }
    return 0;
  }

  private JsonObject archive(Path file) throws IOException {
    if (name == null) {
      throw usage("which name? An archive needs one: hub-client push-image " + image + " NAME");
    }
    String query = platform == null ? "" : "?platform=" + URLEncoder.encode(platform, UTF_8);
    HubHttp.Body body =
        new HubHttp.Body() {
          @Override
          public long length() throws IOException {
            return Files.size(file);
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            Files.copy(file, out);
          }
        };
    String path = "/api/flist/me/image" + HubHttp.path(name) + query;
    return http()
        .repeatable("PUT", path, Map.of("Content-Type", "application/x-tar"), body)
        .asJsonObject();
  }

  private JsonObject reference() throws IOException {
    StringBuilder form = new StringBuilder("image=").append(URLEncoder.encode(image, UTF_8));
    if (name != null) {
      form.append("&name=").append(URLEncoder.encode(name, UTF_8));
    }
    if (platform != null) {
      form.append("&platform=").append(URLEncoder.encode(platform, UTF_8));
    }
    return http()
        .once(
            "POST",
            "/api/flist/me/docker",
            "application/x-www-form-urlencoded",
            HubHttp.Body.of(form.toString().getBytes(UTF_8)));
  }
}
