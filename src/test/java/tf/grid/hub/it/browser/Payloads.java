package tf.grid.hub.it.browser;

import java.util.List;

/**
 * Texts that would run as a script, be an expression of the server's or change the page, wherever
 * one of them is not shown as text. Those that run set {@code window.hit}. None has a slash, so
 * that all can be names. Immutable.
 */
final class Payloads {
  /**
   * Names of several payloads each, because each name is opened on many pages. A payload that works
   * only at the start of an attribute is first, one that swallows what follows is last.
   */
  static final List<String> ALL =
      List.of(
          "javascript:window.hit=1" + "<svg onload=window.hit=1>" + "\"><svg onload=window.hit=1>",
          "'><svg onload=window.hit=1>"
              + "[a](javascript:window.hit=1)"
              + "` onmouseover=window.hit=1 `"
              + "<script>window.hit=1<!--",
          "\" autofocus onfocus=window.hit=1 x=\""
              + "<img src=x onerror=window.hit=1>"
              + "&lt;svg onload=window.hit=1&gt;",
          "' autofocus onfocus=window.hit=1 x='"
              + "<a href=javascript:window.hit=1 id=trap>x"
              + "<xmp><textarea><title><plaintext>",
          "--><svg onload=window.hit=1>"
              + "<base href=data:,>"
              + "<iframe srcdoc='<svg onload=parent.hit=1>'>",
          "]]><svg onload=window.hit=1>"
              + "#{facesContext.externalContext.setResponseStatus(418)}"
              + "<meta http-equiv=refresh content=0;url=about:blank>",
          "%3Csvg onload=window.hit=1%3E" + "${7*191}{{7*191}}" + "<style>*{display:none}");

  private Payloads() {}

  /** What payloads have done to the open page: a list, empty if nothing. */
  static Object effects(Chromium browser) {
    return browser.ask(
        """
        const done = [];
        if ("hit" in window) { done.push("a script ran"); }
        const made = "svg:not(.bar), iframe, base, style, plaintext, xmp, #trap, script:not([src]), meta[http-equiv]";
        for (const element of document.querySelectorAll(made)) { done.push(element.outerHTML); }
        for (const element of document.querySelectorAll("*:not(.progress-bar):not(.hero input)")) {
          for (const attribute of element.attributes) {
            if (/^on|^srcdoc$|^style$|^autofocus$/i.test(attribute.name)
                || /^\\s*javascript:/i.test(attribute.value) && /^(href|src|action|formaction)$/.test(attribute.name)) {
              done.push(element.outerHTML);
            }
          }
        }
        return done;
        """);
  }
}
