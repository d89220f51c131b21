package tf.grid.hub.catalogue.export;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.export.ArchiveFormat;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.file.EntityTags;

/** Sends flists as tar archives. Public. */
@SingletonBean
@Path("flist")
public class ArchiveResource {
  private static final List<ArchiveFormat> FORMATS = List.of(ArchiveFormat.values());

  private final Catalogue catalogue;
  private final Exports exports;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public ArchiveResource() {
    this(null, null);
  }

  @Inject
  public ArchiveResource(Catalogue catalogue, Exports exports) {
    this.catalogue = catalogue;
    this.exports = exports;
  }

  /** Returns the archive in the format that the client prefers. */
  @GET
  @Path("{repository}/{name: (?!tags/)[^/]+}/archive")
  public Response archive(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context Request request,
      @Context HttpHeaders headers) {
    return answer(repository, name, preferred(request), headers);
  }

  /** Returns the archive in the format of the suffix. */
  @GET
  @Path("{repository}/{name: (?!tags/)[^/]+}/archive{suffix: \\.tar(\\.gz|\\.zst)?}")
  public Response archiveWithSuffix(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @PathParam("suffix") String suffix,
      @Context HttpHeaders headers) {
    ArchiveFormat format = ArchiveFormat.ofName(suffix).orElse(ArchiveFormat.TAR_GZ);
    return answer(repository, name, format, headers);
  }

  /** The default if nothing is acceptable, because old clients send arbitrary headers. */
  private static ArchiveFormat preferred(Request request) {
    List<Variant> variants =
        FORMATS.stream()
            .map(format -> new Variant(MediaType.valueOf(format.mediaType()), (String) null, null))
            .toList();
    Variant chosen = request.selectVariant(variants);
    return chosen == null ? ArchiveFormat.TAR_GZ : FORMATS.get(variants.indexOf(chosen));
  }

  private Response answer(
      String repository, String name, ArchiveFormat format, HttpHeaders headers) {
    LocatedFlist flist =
        catalogue.entries().locate(RepositoryName.requested(repository), FlistName.parse(name));
    Fingerprint version = exports.version(flist);
    String tag = '"' + version.md5() + format.suffix() + '"';
    String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (known != null && EntityTags.matchWeakly(known, tag)) {
      return Response.notModified().header(HttpHeaders.ETAG, tag).build();
    }
    long length = exports.check(flist, version);
    StreamingOutput body =
        client ->
            exports.send(flist, version, client, (tree, out) -> format.write(out, tree::writeTo));
    Response.ResponseBuilder answer =
        Response.ok(body, format.mediaType())
            .header(HttpHeaders.ETAG, tag)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
            .header(HttpHeaders.CACHE_CONTROL, "no-cache")
            .header("Accept-Ranges", "none")
            .header(
                HttpHeaders.CONTENT_DISPOSITION,
                FileName.attachment(flist.name().withoutSuffix() + format.suffix()));
    if (format == ArchiveFormat.TAR) {
      answer.header(HttpHeaders.CONTENT_LENGTH, length);
    }
    return answer.build();
  }
}
