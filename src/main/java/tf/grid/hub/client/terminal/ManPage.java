package tf.grid.hub.client.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The manual page of a command in the language of groff's macros "man". It says what {@code --help}
 * says. The same command gives the same page.
 */
public final class ManPage {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HUB_TOKEN", "the token to use, instead of the saved one",
          "HUB_URL", "the hub to use, unless --hub names one",
          "XDG_CACHE_HOME", "base directory of what is remembered (default: ~/.cache)",
          "XDG_CONFIG_HOME", "base directory of the saved tokens (default: ~/.config)");

  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder text = new StringBuilder();

  /** The page of a command of the client, or of the client itself. */
  public ManPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** The name of the page, such as {@code hub-client-push}. */
  public String name() {
    return spec.qualifiedName("-");
  }

  /** The page, in ASCII. */
  public String text() {
    text.setLength(0);
    UsageMessageSpec usage = spec.usageMessage();
    line(".TH " + quoted(name()) + " 1 \"\" " + quoted(version()) + " \"Zero-OS hub\"");
    line(".nh");
    line(".ad l");
    section("NAME");
    line(escaped(name()) + " \\- " + escaped(summary(usage)));
    section("SYNOPSIS");
    synopsis();
    section("DESCRIPTION");
    paragraphs(usage.description());
    arguments();
    options();
    commands();
    exitCodes();
    environment();
    examples(usage.footer());
    section("SEE ALSO");
    line(seeAlso());
    return text.toString();
  }

  private String version() {
    return String.join(" ", spec.root().version());
  }

  private String summary(UsageMessageSpec usage) {
    String first = usage.description().length == 0 ? "" : formatted(usage.description()[0]);
    int end = first.indexOf(". ");
    String sentence = end < 0 ? first.replaceAll("\\.$", "") : first.substring(0, end);
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }

  private void synopsis() {
    String synopsis =
        new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0).replaceAll("\\s+", " ");
    String called = spec.qualifiedName();
    line(".B " + escaped(called));
    line(escaped(synopsis.strip().substring(called.length()).strip()));
  }

  private void arguments() {
    if (!spec.positionalParameters().isEmpty()) {
      section("ARGUMENTS");
      spec.positionalParameters()
          .forEach(argument -> item("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument));
    }
  }

  private void options() {
    section("OPTIONS");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String value =
            option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel()) + "\\fR";
        String names =
            List.of(option.names()).stream()
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(Collectors.joining(", "));
        item(names + value, option);
      }
    }
  }

  private void item(String label, ArgSpec argument) {
    line(".TP");
    line(label);
    for (String paragraph : argument.description()) {
      line(escaped(formatted(candidates(paragraph, argument))));
    }
  }

  private static String candidates(String description, ArgSpec argument) {
    if (argument.completionCandidates() == null) {
      return description;
    }
    String values = String.join(", ", argument.completionCandidates());
    return description.replace("${COMPLETION-CANDIDATES}", values);
  }

  private void commands() {
    if (!command.getSubcommands().isEmpty()) {
      section("COMMANDS");
      visible()
          .forEach(
              each -> {
                line(".TP");
                line("\\fB" + escaped(each.name()) + "\\fR");
                line(escaped(summary(each.usageMessage())));
              });
    }
  }

  private Stream<CommandSpec> visible() {
    return command.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(each -> !each.usageMessage().hidden());
  }

  private void exitCodes() {
    section("EXIT STATUS");
    spec.root()
        .usageMessage()
        .exitCodeList()
        .forEach(
            (code, meaning) -> {
              line(".TP");
              line("\\fB" + escaped(code) + "\\fR");
              line(escaped(meaning));
            });
  }

  private void environment() {
    section("ENVIRONMENT");
    ENVIRONMENT.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            variable -> {
              line(".TP");
              line("\\fB" + escaped(variable.getKey()) + "\\fR");
              line(escaped(variable.getValue()));
            });
  }

  private void examples(String... lines) {
    if (lines.length > 0) {
      section("EXAMPLES");
      line(".nf");
      for (String example : lines) {
        line(escaped(formatted(example)));
      }
      line(".fi");
    }
  }

  private String seeAlso() {
    return spec.root() == spec
        ? visible().map(each -> page(name() + "-" + each.name())).collect(Collectors.joining(", "))
        : page(spec.root().name());
  }

  private static String page(String name) {
    return "\\fB" + escaped(name) + "\\fR(1)";
  }

  private void section(String name) {
    line(".SH " + name);
  }

  private void paragraphs(String... paragraphs) {
    for (int i = 0; i < paragraphs.length; i++) {
      if (i > 0) {
        line(".PP");
      }
      line(escaped(formatted(paragraphs[i])));
    }
  }

  private void line(String content) {
    text.append(content).append('\n');
  }

  /** Texts of picocli are formats. */
  private static String formatted(String format) {
    return String.format(format);
  }

  private static String quoted(String argument) {
    return '"' + escaped(argument).replace("\"", "\\(dq") + '"';
  }

  /** Text that groff prints as it is. */
  private static String escaped(String plain) {
    StringBuilder escaped = new StringBuilder();
    if (plain.startsWith(".") || plain.startsWith("'")) {
      escaped.append("\\&");
    }
    plain
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> {
                  if (c < 127) {
                    escaped.appendCodePoint(c);
                  } else {
                    escaped.append("\\[u%04X]".formatted(c));
                  }
                }
              }
            });
    return escaped.toString();
  }
}
