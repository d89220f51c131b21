package tf.grid.hub.it.proxies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The programs of which {@code docs/proxy.md} shows a configuration, as Debian packages them. */
public enum ProxyKind {
  NGINX("proxy_pass http://127.0.0.1:8080/;", "proxy_pass http://127.0.0.1:8080;") {
    @Override
    String whole(String snippet, Path home) {
      return """
          daemon off;
          pid %1$s/nginx.pid;
          error_log stderr;
          events {}
          http {
            access_log off;
            client_body_temp_path %1$s/bodies;
            proxy_temp_path %1$s/answers;
          %2$s
          }
          """
          .formatted(home, snippet);
    }

    @Override
    List<String> command(Path configuration) {
      return List.of("nginx", "-e", "stderr", "-c", configuration.toString());
    }
  },

  HAPROXY("http-request replace-path /hub(/.*) \\1", "# The hub has the same path.") {
    @Override
    String whole(String snippet, Path home) {
      return snippet;
    }

    @Override
    List<String> command(Path configuration) {
      return List.of("haproxy", "-db", "-f", configuration.toString());
    }
  },

  APACHE("ProxyPass /hub/ http://127.0.0.1:8080/ ", "ProxyPass /hub/ http://127.0.0.1:8080/hub/ ") {
    private static final String MODULES =
        "mpm_event authz_core ssl http2 proxy proxy_http alias env";

    @Override
    String whole(String snippet, Path home) {
      StringBuilder modules = new StringBuilder();
      for (String module : MODULES.split(" ", -1)) {
        modules.append(
            "LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so\n".formatted(module));
      }
      Matcher address = Pattern.compile("<VirtualHost (.*)>").matcher(snippet);
      if (!address.find()) {
        throw new AssertionError("no virtual host in " + snippet);
      }
      return """
          %3$sServerRoot %1$s
          DefaultRuntimeDir %1$s
          PidFile %1$s/apache.pid
          ErrorLog /dev/stderr
          User nobody
          Group nogroup
          Listen %4$s
          %2$s
          """
          .formatted(home, snippet, modules, address.group(1));
    }

    @Override
    List<String> command(Path configuration) {
      return List.of("apache2", "-D", "FOREGROUND", "-f", configuration.toString());
    }
  };

  private static final Path DOCUMENT = Path.of("docs", "proxy.md");

  private final String removesPath;
  private final String keepsPath;

  ProxyKind(String removesPath, String keepsPath) {
    this.removesPath = removesPath;
    this.keepsPath = keepsPath;
  }

  /** A complete configuration around what the document shows. */
  abstract String whole(String snippet, Path home);

  /** Runs it in the foreground. */
  abstract List<String> command(Path configuration);

  /** What the document shows for a hub at the root, and for the gateway if it does. */
  String snippet() throws IOException {
    String language = name().toLowerCase(Locale.ROOT);
    String blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(block -> block.group(1))
            .collect(Collectors.joining("\n"));
    if (blocks.isEmpty()) {
      throw new AssertionError(DOCUMENT + " shows no configuration for " + language);
    }
    return blocks;
  }

  /** What the document shows for a hub that answers below the same path. */
  String snippetThatKeepsThePath() throws IOException {
    return replaced(snippet(), removesPath, keepsPath);
  }

  /** Replaces a part of a text that must occur. */
  public static String replaced(String text, String part, String replacement) {
    if (!text.contains(part)) {
      throw new AssertionError("no " + part + " in " + text);
    }
    return text.replace(part, replacement);
  }
}
