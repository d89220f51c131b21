package tf.grid.hub.site.extract;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.catalogue.browse.FileContent.ContentLostException;
import tf.grid.hub.catalogue.browse.FlistBrowser;
import tf.grid.hub.catalogue.download.ErrorText;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.limit.TryAgainLaterException;
import tf.grid.hub.site.catalogue.PathParameter;
import tf.grid.hub.store.StoreException;

/**
 * Sends a file from a flist if the URL of its page has the parameter {@code raw}: as a download, or
 * inline if it is an image. It is never interpreted as a page, whatever its content. Passes all
 * other requests on; its position is in {@code web.xml}. Thread-safe.
 */
public class ExtractFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(ExtractFilter.class.getName());
  private static final String ENDING = ".md";
  private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

  /**
   * Field injection, because the server instantiates filters itself. Looked up for each request,
   * since the services do not exist if the hub could not start.
   */
  @Inject private transient Instance<Catalogue> catalogue;

  @Inject private transient Instance<FlistBrowser> browser;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    List<String> parts =
        UrlPath.parts(request.getRequestURI(), request.getContextPath()).orElse(List.of());
    String query = request.getQueryString();
    boolean file = parts.size() == 2 && parts.get(1).endsWith(ENDING) && query != null;
    if (!file || request.getMethod().equals("POST") || request.getParameter("raw") == null) {
      chain.doFilter(request, response);
      return;
    }
    try {
      send(find(parts, query), request, response);
    } catch (CatalogueException | TryAgainLaterException e) {
      ErrorText.of(e).send(request, response);
    } catch (ContentLostException e) {
      fail(500, e.getMessage(), e, request, response);
    } catch (StoreException e) {
      fail(503, e.publicMessage(), new IOException(e), request, response);
    }
  }

  private FileContent find(List<String> parts, String query) {
    String last = parts.get(1);
    FlistName name = FlistName.parse(last.substring(0, last.length() - ENDING.length()));
    FlistPath path = PathParameter.in(query).orElse(FlistPath.ROOT);
    return browser
        .get()
        .file(catalogue.get().entries().locate(RepositoryName.requested(parts.get(0)), name), path);
  }

  private void send(FileContent file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    FileAnswer answer =
        ExtractedFile.of(
            file,
            request.getParameter("raw").equals("image"),
            name -> Optional.ofNullable(request.getHeader(name)),
            request.getMethod().equals("HEAD"));
    answer.with("Content-Security-Policy", POLICY).send(request, response);
  }

  /** If part of the response was sent, the connection is closed. */
  private static void fail(
      int status,
      String message,
      IOException cause,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    LOG.log(Level.WARNING, "a file of a flist cannot be sent: {0}", message);
    if (response.isCommitted()) {
      throw cause;
    }
    ErrorText.of(status, message).send(request, response);
  }
}
