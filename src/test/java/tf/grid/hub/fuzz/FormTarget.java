package tf.grid.hub.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tf.grid.hub.http.body.BodyException.MalformedBodyException;
import tf.grid.hub.http.body.RequestBody;
import tf.grid.hub.http.form.FormPart;
import tf.grid.hub.http.form.IncomingForm;
import tf.grid.hub.limit.Ticker;

/** Multipart forms. */
final class FormTarget implements FuzzTarget {
  private static final String TYPE = "multipart/form-data; boundary=B";
  private static final String FILE =
      "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22.tar.gz\"\r\n"
          + "Content-Type: application/gzip\r\n\r\nbytes\r\n-\r\n--\r\n--B";

  @Override
  public List<byte[]> seeds() {
    return List.of(
        bytes(
            "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue\r\n" + FILE + "--\r\n"),
        bytes("--B\nContent-Disposition: form-data;\n name=a\n\nvalue\n--B--\n"),
        bytes("preamble\r\n" + FILE + " \t\r\nContent-Disposition: form-data\r\n\r\n\r\n--B--end"),
        bytes(FILE + "\r\n\r\n\r\n--B--"),
        bytes(
            "--B\r\ncontent-disposition:form-data;name*=UTF-8''%C3%BC;filename*=UTF-8''%e2%82%ac\r\n"
                + "Content-Transfer-Encoding: binary\r\n\r\n--B--"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void read(byte[] body) throws IOException {
    try {
      IncomingForm form =
          IncomingForm.of(
              TYPE, new RequestBody(new ByteArrayInputStream(body), Long.MAX_VALUE, Ticker.SYSTEM));
      for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
        part.get().body().readNBytes(body.length / 2);
      }
    } catch (MalformedBodyException refused) {
      Seeds.checkMessage(refused);
    }
  }
}
