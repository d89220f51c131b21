package tf.grid.hub.image.convert;

import java.util.Optional;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.http.form.FormFields;
import tf.grid.hub.image.Credentials;
import tf.grid.hub.image.reference.ImageReference;
import tf.grid.hub.image.reference.Platform;
import tf.grid.hub.image.source.ImageSource.WantedImage;
import tf.grid.hub.problem.Problem;

/**
 * A request to convert an image.
 *
 * @param wanted the image
 * @param name the name of the flist
 * @param background whether to respond before the end
 */
public record ConversionRequest(WantedImage wanted, FlistName name, boolean background) {

  /**
   * Parses the fields {@code image}, {@code name}, {@code platform}, {@code username}, {@code
   * password} and {@code background}.
   *
   * @throws ConversionRequestException if the image is missing or the user name is invalid
   * @throws tf.grid.hub.image.reference.InvalidReferenceException if the image or platform is
   *     invalid
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException if the name of the
   *     flist is invalid
   */
  public static ConversionRequest of(FormFields fields) throws ConversionRequestException {
    ImageReference reference =
        ImageReference.parse(
            fields
                .value("image")
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new ConversionRequestException("missing docker image name")));
    Platform platform = fields.value("platform").map(Platform::parse).orElse(Platform.DEFAULT);
    FlistName name = FlistName.parse(fields.value("name").orElseGet(reference::flistName));
    return new ConversionRequest(
        new WantedImage(reference, platform, credentials(fields)),
        name,
        fields.value("background").filter("true"::equals).isPresent());
  }

  private static Optional<Credentials> credentials(FormFields fields)
      throws ConversionRequestException {
    try {
      return fields
          .value("username")
          .map(user -> new Credentials(user, fields.value("password").orElse("")));
    } catch (IllegalArgumentException e) {
      throw new ConversionRequestException(e);
    }
  }

  /** The request is invalid; nothing was fetched. */
  public static final class ConversionRequestException extends Exception implements Problem {
    private static final long serialVersionUID = 1;

    ConversionRequestException(String message) {
      super(message);
    }

    ConversionRequestException(IllegalArgumentException cause) {
      super(cause.getMessage(), cause);
    }

    @Override
    public int status() {
      return 400;
    }
  }
}
