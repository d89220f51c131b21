package tf.grid.hub.catalogue.download;

import java.nio.charset.StandardCharsets;
import tf.grid.hub.catalogue.name.FlistName;
import tf.grid.hub.catalogue.name.RepositoryName;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.json.JsonBody;

/** The short machine-readable description of a flist. */
record FlistDescription(SiteAddress site, RepositoryName repository, FlistName name, String md5) {

  String text() {
    return """
        File:     %s
        Uploader: %s
        Source:   %s
        Storage:  %s
        Checksum: %s
        """
        .formatted(name, repository, source(), storage(), md5);
  }

  String json() {
    JsonBody body =
        JsonBody.of(
            json ->
                json.writeStartObject()
                    .write("flist", name.stored())
                    .write("uploader", repository.value())
                    .write("source", source())
                    .write("storage", storage())
                    .write("checksum", md5)
                    .writeEnd());
    return new String(body.plain(), StandardCharsets.UTF_8);
  }

  private String source() {
    return site.publicUrl()
        + "/"
        + FileName.encode(repository.value())
        + "/"
        + FileName.encode(name.stored());
  }

  private String storage() {
    return "zdb://" + site.backend().host() + ":" + site.backend().port();
  }
}
