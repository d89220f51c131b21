package tf.grid.hub.http.form;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.body.SingleByte;

/**
 * Reads a {@code multipart/form-data} body part by part while it arrives, with a single buffer (RFC
 * 7578, RFC 2046 section 5.1). Libraries reach a third of its speed, which would make parsing the
 * bottleneck of uploads. Not thread-safe.
 */
public final class MultipartReader {
  private static final int BUFFER_BYTES = 128 * 1024;
  private static final int MAX_BOUNDARY_BYTES = 256;
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_PARTS = 1000;
  private static final String DISPOSITION = "content-disposition:";

  private final InputStream in;
  private final Delimiter delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  /** Start and end of the unread bytes in the buffer. */
  private int start;

  private int end;

  /** End of the bytes that certainly are content of the current part. */
  private int contentEnd;

  private State state = State.BEFORE_FIRST_PART;
  private int parts;

  /** Whether lines end in CR LF, as required; determined by the first delimiter. */
  private boolean carriageReturns = true;

  private boolean lineEndedInPair;

  private enum State {
    BEFORE_FIRST_PART,
    IN_PART,
    AT_DELIMITER,
    AFTER_LAST_PART
  }

  private MultipartReader(InputStream in, String boundary) {
    this.in = in;
    this.delimiter = new Delimiter(("\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1));
    // The first delimiter needs no line break before it, so one is put there.
    buffer[0] = '\n';
    end = 1;
  }

  /**
   * Starts reading a form.
   *
   * @param contentType the {@code Content-Type} header; may be null
   * @return empty if it is not that of a multipart form
   * @throws MalformedBodyException if it is a multipart form without a usable boundary
   */
  static Optional<MultipartReader> of(String contentType, InputStream body)
      throws MalformedBodyException {
    if (!isForm(contentType)) {
      return Optional.empty();
    }
    String boundary = HeaderParameters.of(contentType).get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_BYTES) {
      throw new MalformedBodyException("the form's content type names no usable boundary");
    }
    return Optional.of(new MultipartReader(body, boundary));
  }

  /** Whether a content type, which may be null, is that of a multipart form. */
  public static boolean isForm(String contentType) {
    return contentType != null
        && contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /** Returns the next part, or empty after the last. Skips the unread rest of the previous part. */
  Optional<FormPart> next() throws IOException {
    while (state == State.IN_PART || state == State.BEFORE_FIRST_PART) {
      start = contentEnd;
      findContent();
    }
    if (state == State.AFTER_LAST_PART || delimiterClosesForm()) {
      state = State.AFTER_LAST_PART;
      return Optional.empty();
    }
    if (++parts > MAX_PARTS) {
      throw new MalformedBodyException("the form has more than " + MAX_PARTS + " parts");
    }
    Map<String, String> disposition = disposition();
    state = State.IN_PART;
    contentEnd = start;
    return Optional.of(
        new FormPart(text(disposition, "name"), fileName(disposition), new Body(parts)));
  }

  /** If the user selects no file, browsers send an empty parameter. */
  private static Optional<String> fileName(Map<String, String> disposition) {
    return disposition.containsKey("filename")
        ? Optional.of(text(disposition, "filename"))
        : Optional.empty();
  }

  /** Browsers escape quotes and line breaks with a percent sign, other clients with a backslash. */
  private static String text(Map<String, String> disposition, String parameter) {
    return Objects.requireNonNullElse(disposition.get(parameter), "")
        .replace("\\\"", "\"")
        .replace("%22", "\"")
        .replaceAll("%0[Dd]", "\r")
        .replaceAll("%0[Aa]", "\n");
  }

  /** Reads until the buffer contains content or the delimiter of the part. */
  private void findContent() throws IOException {
    while (true) {
      int found = delimiter.indexIn(buffer, start, end);
      if (found >= 0) {
        contentEnd = beforeLineBreak(found);
        if (contentEnd == start) {
          start = found + delimiter.length();
          state = State.AT_DELIMITER;
        }
        return;
      }
      // The buffer may end with a CR and the start of a delimiter.
      contentEnd = Math.max(start, end - delimiter.length());
      if (contentEnd > start) {
        return;
      }
      fill();
    }
  }

  /** Some hand-written clients end lines with LF only. */
  private int beforeLineBreak(int lineFeed) {
    boolean pair = carriageReturns && lineFeed > start && buffer[lineFeed - 1] == '\r';
    return pair ? lineFeed - 1 : lineFeed;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      throw new MalformedBodyException(
          "the form ends before its closing boundary: the upload was cut off");
    }
    end += read;
  }

  private boolean delimiterClosesForm() throws IOException {
    need(2);
    return buffer[start] == '-' && buffer[start + 1] == '-';
  }

  private void need(int bytes) throws IOException {
    while (end - start < bytes) {
      fill();
    }
  }

  private Map<String, String> disposition() throws IOException {
    if (!line().isBlank()) {
      throw new MalformedBodyException("a boundary of the form is followed by something else");
    }
    if (parts == 1) {
      carriageReturns = lineEndedInPair;
    }
    Map<String, String> disposition = new HashMap<>();
    for (String header : headers()) {
      if (header.regionMatches(true, 0, DISPOSITION, 0, DISPOSITION.length())) {
        disposition.putAll(HeaderParameters.of(header.substring(DISPOSITION.length())));
      }
    }
    return disposition;
  }

  /**
   * The header fields of a part. A line that starts with a space or tab continues the previous one.
   */
  private List<String> headers() throws IOException {
    List<String> headers = new ArrayList<>();
    int read = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      read += line.length();
      if (read > MAX_HEADER_BYTES) {
        throw new MalformedBodyException("a part of the form has too long headers");
      }
      boolean continues = line.charAt(0) == ' ' || line.charAt(0) == '\t';
      if (continues && !headers.isEmpty()) {
        int last = headers.size() - 1;
        headers.set(last, headers.get(last) + ' ' + line.strip());
      } else {
        headers.add(line);
      }
    }
    return headers;
  }

  /** One line without its line break. */
  private String line() throws IOException {
    for (int length = 0; ; length++) {
      if (length > MAX_HEADER_BYTES) {
        throw new MalformedBodyException("a part of the form has too long headers");
      }
      need(length + 1);
      if (buffer[start + length] == '\n') {
        lineEndedInPair = length > 0 && buffer[start + length - 1] == '\r';
        int text = lineEndedInPair ? length - 1 : length;
        String line = new String(buffer, start, text, StandardCharsets.UTF_8);
        start += length + 1;
        return line;
      }
    }
  }

  /** The content of a part, readable until the next part is requested. */
  private final class Body extends InputStream {
    private final int part;

    Body(int part) {
      this.part = part;
    }

    @Override
    public int read() throws IOException {
      return SingleByte.of(this);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (part != parts) {
        throw new IllegalStateException("the reader has left this part of the form");
      }
      if (length == 0) {
        return 0;
      }
      if (state == State.IN_PART && start == contentEnd) {
        findContent();
      }
      if (state != State.IN_PART) {
        return -1;
      }
      int count = Math.min(length, contentEnd - start);
      System.arraycopy(buffer, start, target, offset, count);
      start += count;
      return count;
    }
  }
}
