package tf.grid.hub.site.upload;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Handles the forms of {@code /upload} and {@code /upload-flist}, which the server and Faces would
 * first write to disk. Thread-safe.
 */
@WebServlet({"/upload", "/upload/", "/upload-flist", "/upload-flist/"})
public class UploadServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** Field injection, because the server instantiates servlets itself. */
  @Inject private transient UploadForms posts;

  @Inject private transient ArchiveForm archives;

  @Inject private transient FlistForm flists;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean flist = request.getServletPath().startsWith("/upload-flist");
    posts.answer(request, response, flist ? flists : archives);
  }
}
