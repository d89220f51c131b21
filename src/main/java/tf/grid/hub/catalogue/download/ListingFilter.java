package tf.grid.hub.catalogue.download;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.contents.Summaries;
import tf.grid.hub.catalogue.listing.Listings;
import tf.grid.hub.catalogue.name.CatalogueException;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.catalogue.name.ReservedWords;
import tf.grid.hub.http.json.JsonAnswer;
import tf.grid.hub.http.json.JsonBody;
import tf.grid.hub.http.send.Body;
import tf.grid.hub.http.send.BodySender;

/**
 * Answers the requests that machines repeat, for listings and summaries, before the REST layer,
 * which would take twice as long as the answer itself. The resources answer the same; they get all
 * other requests, unusual forms of these, and those that fail. Its position is in {@code web.xml}.
 * Thread-safe.
 */
public class ListingFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private static final String API = "/api/";

  /** Looked up for each request, because the services do not exist if the hub could not start. */
  @Inject private transient Instance<Listings> listings;

  @Inject private transient Instance<Catalogue> catalogue;
  @Inject private transient Instance<Summaries> summaries;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String uri = request.getRequestURI().substring(request.getContextPath().length());
    boolean usual = uri.startsWith(API) && uri.indexOf('%') < 0 && uri.indexOf(';') < 0;
    Optional<JsonBody> found = Optional.empty();
    if (usual && request.getMethod().equals("GET")) {
      found = find(uri.substring(API.length()));
    }
    if (found.isPresent()) {
      send(found.get(), request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Finds the body of an answer.
   *
   * @param path below the API, with nothing to decode
   */
  private Optional<JsonBody> find(String path) {
    try {
      return switch (path) {
        case "repositories" -> Optional.of(listings.get().current().repositories());
        case "flist" -> Optional.of(listings.get().current().names());
        case "fileslist" -> Optional.of(listings.get().current().everything());
        default ->
            path.startsWith("flist/") ? flist(List.of(path.split("/", -1))) : Optional.empty();
      };
    } catch (CatalogueException e) {
      // The resource says the same in its answer.
      return Optional.empty();
    }
  }

  private Optional<JsonBody> flist(List<String> parts) {
    // "me" is the repository of the caller.
    if (ReservedWords.contains(parts.get(1)) || parts.get(1).equals("me")) {
      return Optional.empty();
    }
    if (parts.size() == 2) {
      return listings.get().current().repository(RepositoryName.requested(parts.get(1)));
    }
    boolean summary =
        parts.size() == 4 && parts.get(3).equals("light") && !parts.get(2).equals("tags");
    if (!summary) {
      return Optional.empty();
    }
    RepositoryName repository = RepositoryName.requested(parts.get(1));
    FlistName name = FlistName.parse(parts.get(2));
    return Optional.of(summaries.get().of(catalogue.get().entries().locate(repository, name)));
  }

  private static void send(JsonBody body, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    JsonAnswer answer =
        JsonAnswer.of(body, list(request, "Accept-Encoding"), list(request, "If-None-Match"));
    response.setHeader("ETag", answer.tag());
    response.setHeader("Vary", "Accept-Encoding");
    response.setHeader("Cache-Control", "no-cache");
    if (answer.body().isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    byte[] bytes = answer.body().get();
    if (answer.compressed()) {
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    BodySender.send(request, response, Body.of(bytes));
  }

  /** All values of a header, or null if the request does not have it. */
  private static String list(HttpServletRequest request, String header) {
    Enumeration<String> values = request.getHeaders(header);
    return values.hasMoreElements() ? String.join(",", Collections.list(values)) : null;
  }
}
