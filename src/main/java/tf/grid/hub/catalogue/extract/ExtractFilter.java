package tf.grid.hub.catalogue.extract;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.Busy;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.FlistUnreadable;
import tf.grid.hub.catalogue.browse.Browser;
import tf.grid.hub.catalogue.browse.ContentLost;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.catalogue.name.CatalogueRefusal;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.InvalidName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.preview.Picture;
import tf.grid.hub.catalogue.view.flist.PathParameter;
import tf.grid.hub.flist.FlistPath;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.StoreMapper;
import tf.grid.hub.http.UrlPath;
import tf.grid.hub.store.StoreException;

/**
 * Sends a file of a flist where the address of its page asks for it with {@code raw}: as a
 * download, or inline if it is a picture. It is never a page of the site, whatever is in it. Leaves
 * every other address to others; {@code web.xml} says where it stands among them. Threads share it.
 */
public class ExtractFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final System.Logger LOG = System.getLogger(ExtractFilter.class.getName());
  private static final String ENDING = ".md";
  private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

  /** Not through the constructor: the server makes filters itself. */
  @Inject private transient Catalogue catalogue;

  @Inject private transient Browser browser;

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
    } catch (CatalogueRefusal e) {
      refuse(response, status(e), e.getMessage());
    } catch (ContentLost e) {
      fail(response, 500, e.getMessage(), e);
    } catch (StoreException e) {
      fail(response, 503, StoreMapper.message(e), new IOException(e));
    }
  }

  private FileContent find(List<String> parts, String query) {
    String last = parts.get(1);
    FlistName name = FlistName.parse(last.substring(0, last.length() - ENDING.length()));
    FlistPath path = PathParameter.in(query).orElse(FlistPath.ROOT);
    return browser.file(catalogue.locate(RepositoryName.requested(parts.get(0)), name), path);
  }

  private static void send(
      FileContent file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long size = file.node().size();
    Optional<Picture> picture =
        request.getParameter("raw").equals("image") ? Picture.of(file) : Optional.empty();
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Cache-Control", "no-cache");
    response.setContentType(picture.map(Picture::type).orElse("application/octet-stream"));
    if (picture.isEmpty()) {
      String name = FileName.attachment(file.node().name().toString());
      response.setHeader("Content-Disposition", name);
    }
    response.setContentLengthLong(size);
    if (!request.getMethod().equals("HEAD")) {
      file.writeTo(response.getOutputStream(), 0, size);
    }
  }

  /** What is sent already cannot be taken back: then the connection breaks. */
  private static void fail(
      HttpServletResponse response, int status, String message, IOException cause)
      throws IOException {
    LOG.log(Level.WARNING, "a file of a flist cannot be sent: {0}", message);
    if (response.isCommitted()) {
      throw cause;
    }
    response.resetBuffer();
    response.setHeader("Content-Disposition", null);
    refuse(response, status, message);
  }

  private static int status(CatalogueRefusal refusal) {
    if (refusal instanceof InvalidName) {
      return 400;
    }
    if (refusal instanceof Busy) {
      return 503;
    }
    return refusal instanceof FlistUnreadable ? 500 : 404;
  }

  private static void refuse(HttpServletResponse response, int status, String message)
      throws IOException {
    byte[] body = (message + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
