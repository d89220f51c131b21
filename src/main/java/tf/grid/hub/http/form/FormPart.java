package tf.grid.hub.http.form;

import java.io.InputStream;
import java.util.Optional;

/**
 * One part of a multipart form. Its body is read where it stands, so it ends to be readable as soon
 * as the next part is asked for.
 *
 * @param name name of the field; empty when the part has none
 * @param fileName name of the file as the client gave it, unchecked; empty for a plain field
 * @param body the content; ends at the part's end, throws {@link MalformedFormException} when the
 *     form is cut off within it
 */
public record FormPart(String name, Optional<String> fileName, InputStream body) {}
