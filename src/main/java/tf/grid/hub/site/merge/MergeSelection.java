package tf.grid.hub.site.merge;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tf.grid.hub.http.form.ParameterizedRequest;

/** The flists that the address of the page names, and what was typed to get another one. */
@RequestScoped
public class MergeSelection {

  private final HttpServletRequest request;

  /** For the container's proxy. */
  protected MergeSelection() {
    this(null);
  }

  /** Takes the request. */
  @Inject
  public MergeSelection(HttpServletRequest request) {
    this.request = request;
  }

  /** What is chosen, in the order in which it counts; what was typed is the last if it is whole. */
  List<String> chosen() {
    String[] sent = ParameterizedRequest.ofAddress(request).getParameterValues("source");
    Stream<String> before = sent == null ? Stream.empty() : Arrays.stream(sent).map(String::strip);
    return Stream.concat(before, Stream.of(typed()).filter(text -> text.indexOf('/') >= 0))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /** The words to look for, if what was typed is no whole name; else empty. */
  String words() {
    return typed().indexOf('/') < 0 ? typed() : "";
  }

  private String typed() {
    String typed = ParameterizedRequest.ofAddress(request).getParameter("add");
    return typed == null ? "" : typed.strip();
  }
}
