package tf.grid.hub.site.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tf.grid.hub.catalogue.browse.FileContent;
import tf.grid.hub.chunk.Block;
import tf.grid.hub.flist.Node.FileNode;
import tf.grid.hub.http.FileName;
import tf.grid.hub.http.file.FileAnswer;
import tf.grid.hub.http.file.SentFile;
import tf.grid.hub.http.file.Sha256;
import tf.grid.hub.site.preview.ImageType;

/** Builds the response for a file from a flist. */
final class ExtractedFile {

  private static final String ANY_TYPE = "application/octet-stream";

  private ExtractedFile() {}

  /**
   * Returns the response; the bytes are fetched when it is sent.
   *
   * @param shown whether to send it inline, which is allowed only for images
   * @param headers returns request headers by name
   * @param headOnly whether only headers are requested
   * @throws tf.grid.hub.catalogue.browse.FileContent.ContentLostException if the first chunk of a
   *     possible image is missing or damaged
   * @throws tf.grid.hub.store.StoreException if the store fails
   */
  static FileAnswer of(
      FileContent file, boolean shown, Function<String, Optional<String>> headers, boolean headOnly)
      throws IOException {
    Optional<String> type = shown ? ImageType.of(file).map(ImageType::type) : Optional.empty();
    SentFile sent =
        new SentFile(
            type.orElse(ANY_TYPE),
            type.isPresent() ? "" : FileName.attachment(file.node().name().toString()),
            '"' + tag(file.node()) + '"',
            OptionalLong.empty(),
            file.node().size());
    Optional<FileAnswer> bare = sent.withoutContent(headers, headOnly);
    return bare.isPresent() ? bare.get() : sent.withContent(headers, file.reader());
  }

  /** Computed from the chunk ids, so that no content has to be read. */
  private static String tag(FileNode file) {
    MessageDigest digest = Sha256.start();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, file.size()));
    for (Block block : file.blocks()) {
      digest.update(block.id().bytes());
      digest.update(block.key().bytes());
    }
    return Sha256.tag(digest);
  }
}
