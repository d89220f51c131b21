package tf.grid.hub.site.merge;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.http.form.ParameterizedRequest;

/** The selected sources in the URL, and the text entered to add another one. */
@RequestScoped
public class MergeSelection {

  private final HttpServletRequest request;

  protected MergeSelection() {
    this(null);
  }

  @Inject
  public MergeSelection(HttpServletRequest request) {
    this.request = request;
  }

  /** The selected sources in order, including the entered text if it is a complete name. */
  List<String> chosen() {
    String[] sent = ParameterizedRequest.ofAddress(request).getParameterValues("source");
    Stream<String> before = sent == null ? Stream.empty() : Arrays.stream(sent).map(String::strip);
    return Stream.concat(before, Stream.of(typed()).filter(text -> text.indexOf('/') >= 0))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The search text, if the entered text is not a complete name; otherwise empty. */
  String words() {
    return typed().indexOf('/') < 0 ? typed() : "";
  }

  private String typed() {
    String typed = ParameterizedRequest.ofAddress(request).getParameter("add");
    return typed == null ? "" : typed.strip();
  }
}
