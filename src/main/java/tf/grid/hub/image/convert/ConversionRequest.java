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
 * What a form asks for.
 *
 * @param wanted the image
 * @param name what the flist is to be called
 * @param background whether the answer is not waited for
 */
public record ConversionRequest(WantedImage wanted, FlistName name, boolean background) {

  /**
   * Reads the fields {@code image}, {@code name}, {@code platform}, {@code username}, {@code
   * password} and {@code background}.
   *
   * @throws ConversionRequestException when no image is named, or the user name can be none
   * @throws tf.grid.hub.image.reference.InvalidReferenceException when what is named cannot be an
   *     image
   * @throws tf.grid.hub.catalogue.name.CatalogueException.InvalidNameException when the name breaks
   *     a rule
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

  /** A form asks for a conversion in a way that cannot be done; nothing was fetched. */
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
