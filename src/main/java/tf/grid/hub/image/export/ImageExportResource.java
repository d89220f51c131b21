package tf.grid.hub.image.export;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Locale;
import tf.grid.hub.bean.SingletonBean;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.digest.Fingerprint;
import tf.grid.hub.catalogue.export.Exports;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.file.EntityTags;

/** Sends flists as container images. Public. */
@SingletonBean
@Path("flist")
public class ImageExportResource {
  private final Catalogue catalogue;
  private final Exports exports;

  /** RESTEasy looks for this constructor, but lets CDI call the other. */
  public ImageExportResource() {
    this(null, null);
  }

  @Inject
  public ImageExportResource(Catalogue catalogue, Exports exports) {
    this.catalogue = catalogue;
    this.exports = exports;
  }

  /** Returns an archive for {@code docker load}. */
  @GET
  @Path("{repository}/{name: (?!tags/)[^/]+}/image")
  public Response image(
      @PathParam("repository") String repository,
      @PathParam("name") String name,
      @Context HttpHeaders headers) {
    RepositoryName owner = RepositoryName.requested(repository);
    LocatedFlist flist = catalogue.entries().locate(owner, FlistName.parse(name));
    Fingerprint version = exports.version(flist);
    String tag = '"' + version.md5() + ".image\"";
    String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
    if (known != null && EntityTags.matchWeakly(known, tag)) {
      return Response.notModified().header(HttpHeaders.ETAG, tag).build();
    }
    exports.check(flist, version);
    String image = plain(owner.value()) + "/" + plain(flist.name().withoutSuffix()) + ":latest";
    StreamingOutput body =
        client ->
            exports.send(
                flist, version, client, (tree, out) -> ImageExport.write(tree, image, out));
    return Response.ok(body, "application/x-tar")
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Accept-Ranges", "none")
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            FileName.attachment(flist.name().withoutSuffix() + ".image.tar"))
        .build();
  }

  /** A component of an image name: lower case, and single separators inside only. */
  static String plain(String name) {
    String words =
        name.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("[._-]{2,}", "-")
            .replaceAll("^[._-]|[._-]$", "");
    return words.isEmpty() ? "flist" : words;
  }
}
