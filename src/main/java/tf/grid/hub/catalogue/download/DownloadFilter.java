package tf.grid.hub.catalogue.download;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import tf.grid.hub.catalogue.download.Downloads.DownloadRequest;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.http.AllowedMethods;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.problem.Problem;

/**
 * Sends flists and their digests and descriptions; passes all other URLs on. A filter, because a
 * servlet for all URLs would hide the pages; its position is in {@code web.xml}. Thread-safe.
 */
public class DownloadFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final System.Logger LOG = System.getLogger(DownloadFilter.class.getName());

  private static final AllowedMethods METHODS = new AllowedMethods(Set.of("GET", "HEAD"));

  /**
   * Field injection, because the server instantiates filters itself. Looked up for each request,
   * since the service does not exist if the hub could not start.
   */
  @Inject private transient Instance<Downloads> downloads;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<FlistAddress> address;
    try {
      address =
          UrlPath.parts(request.getRequestURI(), request.getContextPath())
              .flatMap(FlistAddress::of);
    } catch (CatalogueException e) {
      ErrorText.of(e).send(request, response);
      return;
    }
    if (address.isEmpty()) {
      chain.doFilter(request, response);
    } else if (!METHODS.answers(request, response)) {
      answer(address.get(), request).send(request, response);
    }
  }

  private FileAnswer answer(FlistAddress address, HttpServletRequest request) {
    try {
      return downloads
          .get()
          .answer(
              new DownloadRequest(
                  address,
                  request.getMethod().equals("HEAD"),
                  name -> Optional.ofNullable(request.getHeader(name))));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a flist cannot be sent: {0}", e.toString());
      return ErrorText.of(500, "the flist cannot be read");
    } catch (RuntimeException e) {
      if (e instanceof Problem problem) {
        problem.logTo(LOG);
        return ErrorText.of(problem);
      }
      throw e;
    }
  }
}
