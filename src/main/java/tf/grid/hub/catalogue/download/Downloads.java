package tf.grid.hub.catalogue.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import tf.grid.hub.catalogue.Catalogue;
import tf.grid.hub.catalogue.Fingerprint;
import tf.grid.hub.catalogue.LocatedFlist;
import tf.grid.hub.catalogue.Md5s;
import tf.grid.hub.catalogue.NoSuchFlist;
import tf.grid.hub.catalogue.name.TagName;
import tf.grid.hub.http.FileName;

/** Finds flists and decides what to send of them. Threads may share it. */
public final class Downloads {

  static final String FLIST_TYPE = "application/octet-stream";

  private static final String TEXT_TYPE = "text/plain";
  private static final int ATTEMPTS = 5;

  private final Catalogue catalogue;
  private final Md5s md5s;
  private final Site site;

  /** Downloads from a catalogue. */
  public Downloads(Catalogue catalogue, Md5s md5s, Site site) {
    this.catalogue = catalogue;
    this.md5s = md5s;
    this.site = site;
  }

  /**
   * The answer to a request.
   *
   * @throws IOException if the file cannot be read
   * @throws tf.grid.hub.catalogue.name.CatalogueRefusal if there is no such flist
   */
  DownloadAnswer answer(DownloadRequest request) throws IOException {
    LocatedFlist flist = locate(request.address());
    try {
      return switch (request.address().form()) {
        case FILE -> file(request, flist);
        case MD5 -> DownloadAnswer.text(200, TEXT_TYPE, md5s.of(flist.file()).md5() + "\n");
        case TEXT ->
            DownloadAnswer.text(200, TEXT_TYPE + ";charset=UTF-8", card(request, flist).text());
        case JSON -> DownloadAnswer.text(200, "application/json", card(request, flist).json());
      };
    } catch (NoSuchFileException e) {
      throw new NoSuchFlist();
    }
  }

  private LocatedFlist locate(FlistAddress address) {
    if (address.tag().isPresent()) {
      return catalogue.locate(address.repository(), address.tag().get(), address.name());
    }
    if (address.tagLink().isPresent()) {
      var tag = catalogue.tagBehind(address.repository(), address.tagLink().get());
      TagName name = TagName.ofStored(tag.name()).orElseThrow(NoSuchFlist::new);
      return catalogue.locate(tag.repository(), name, address.name());
    }
    return catalogue.locate(address.repository(), address.name());
  }

  private FlistCard card(DownloadRequest request, LocatedFlist flist) throws IOException {
    return new FlistCard(
        site, request.address().repository(), flist.name(), md5s.of(flist.file()).md5());
  }

  private DownloadAnswer file(DownloadRequest request, LocatedFlist flist) throws IOException {
    Fingerprint found = md5s.of(flist.file());
    OptionalInt refused = preconditions(found).refuse(request.headers());
    if (refused.isPresent()) {
      return DownloadAnswer.bare(refused.getAsInt(), headers(flist, found));
    }
    if (request.headOnly()) {
      return new DownloadAnswer(200, headers(flist, found), found.identity().size(), out -> {});
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<FileChannel> file = flist.open(found.identity());
      if (file.isPresent()) {
        return content(request, flist, found, file.get());
      }
      found = md5s.of(flist.file());
    }
    throw new IOException("tried to read " + flist.name() + " but it kept changing");
  }

  private DownloadAnswer content(
      DownloadRequest request, LocatedFlist flist, Fingerprint found, FileChannel file)
      throws IOException {
    long size = found.identity().size();
    Map<String, String> headers = headers(flist, found);
    Optional<List<ByteRange>> asked =
        request
            .headers()
            .apply("Range")
            .filter(range -> preconditions(found).allowRange(request.headers()))
            .flatMap(range -> ByteRange.parse(range, size));
    if (asked.isEmpty()) {
      List<ByteRange> whole = List.of(new ByteRange(0, size - 1));
      return new DownloadAnswer(200, headers, size, new FileParts(file, size, whole, ""));
    }
    List<ByteRange> ranges = asked.get();
    if (ranges.isEmpty()) {
      file.close();
      headers.put("Content-Range", "bytes */" + size);
      return DownloadAnswer.bare(416, headers);
    }
    String boundary = UUID.randomUUID().toString();
    if (ranges.size() == 1) {
      headers.put("Content-Range", ranges.get(0).of(size));
    } else {
      headers.put("Content-Type", "multipart/byteranges; boundary=" + boundary);
    }
    long length = FileParts.length(size, ranges, boundary);
    return new DownloadAnswer(206, headers, length, new FileParts(file, size, ranges, boundary));
  }

  private static Preconditions preconditions(Fingerprint found) {
    return new Preconditions('"' + found.md5() + '"', found.identity().modifiedSeconds());
  }

  private static Map<String, String> headers(LocatedFlist flist, Fingerprint found) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", FLIST_TYPE);
    headers.put("Content-Disposition", FileName.attachment(flist.name().stored()));
    headers.put("ETag", preconditions(found).tag());
    headers.put("Last-Modified", HttpDate.of(found.identity().modifiedSeconds()));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Cache-Control", "no-cache");
    return headers;
  }
}
