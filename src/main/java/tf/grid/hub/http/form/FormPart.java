package tf.grid.hub.http.form;

import java.io.InputStream;
import java.util.Optional;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;

/**
 * One part of a multipart form. Its body is not buffered: it is readable until the next part is
 * requested.
 *
 * @param name name of the field; empty if the part has none
 * @param fileName name of the file as the client gave it, unchecked; empty for a plain field
 * @param body the content up to the end of the part; throws {@link MalformedBodyException} if the
 *     form is truncated
 */
public record FormPart(String name, Optional<String> fileName, InputStream body) {}
