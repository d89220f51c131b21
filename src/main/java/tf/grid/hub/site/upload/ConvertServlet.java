package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes the two forms of the page {@code /docker-convert}: one names an image, the other, which has
 * {@code from=archive} in its address, brings one. Threads share it.
 */
@WebServlet({"/docker-convert", "/docker-convert/"})
public class ConvertServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Not through the constructor: the server makes servlets itself. */
  @Inject private transient UploadForms posts;

  @Inject private transient ImageForm images;

  @Inject private transient ImageArchiveForm archives;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean archive = UploadForms.parameter(request, "from").filter("archive"::equals).isPresent();
    posts.answer(request, response, archive ? archives : images);
  }
}
