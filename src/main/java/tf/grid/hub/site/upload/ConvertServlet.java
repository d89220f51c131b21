package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Handles the two forms of {@code /docker-convert}: an image by name, or an image archive ({@code
 * from=archive} in the URL). Thread-safe.
 */
@WebServlet({"/docker-convert", "/docker-convert/"})
public class ConvertServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Field injection, because the server instantiates servlets itself. */
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
