package tf.grid.hub.it.browser;

import java.util.List;

/**
 * Texts that would run as a script, be an expression of the server's or change the page, wherever
 * one of them is not shown as text. Those that run set {@code window.hit}. None has a slash, so
 * that all can be names. Immutable.
 */
final class Payloads {
  static final List<String> ALL =
      List.of(
          "<svg onload=window.hit=1>",
          "<img src=x onerror=window.hit=1>",
          "\"><svg onload=window.hit=1>",
          "'><svg onload=window.hit=1>",
          "\" autofocus onfocus=window.hit=1 x=\"",
          "' autofocus onfocus=window.hit=1 x='",
          "` onmouseover=window.hit=1 `",
          "javascript:window.hit=1",
          "[a](javascript:window.hit=1)",
          "<a href=javascript:window.hit=1 id=trap>x",
          "<iframe srcdoc='<svg onload=parent.hit=1>'>",
          "<base href=data:,>",
          "<meta http-equiv=refresh content=0;url=about:blank>",
          "<style>*{display:none}",
          "--><svg onload=window.hit=1>",
          "]]><svg onload=window.hit=1>",
          "&lt;svg onload=window.hit=1&gt;",
          "%3Csvg onload=window.hit=1%3E",
          "#{facesContext.externalContext.setResponseStatus(418)}",
          "${7*191}{{7*191}}",
          "<script>window.hit=1<!--",
          "<xmp><textarea><title><plaintext>");

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
