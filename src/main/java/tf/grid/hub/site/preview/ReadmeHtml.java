package tf.grid.hub.site.preview;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import tf.grid.hub.http.json.StructuredText;

/**
 * Converts untrusted Markdown to safe HTML: embedded HTML is escaped, URLs cannot contain scripts,
 * images become links.
 */
public final class ReadmeHtml {

  /** Maximum length in characters; longer texts are cut. */
  static final int MOST_CHARACTERS = 128 << 10;

  private static final int LONGEST_LICENSE = 200;

  static final int LONGEST_SUMMARY = 160;

  /** How much of a readme is read for its summary, in characters. */
  private static final int SUMMARY_SOURCE = 4 << 10;

  /** Deeper nesting is an attack on CPU time and stack. */
  private static final Pattern TOO_DEEP = Pattern.compile("(?m)^[>*+\\- \\t0-9.)]{200}");

  private static final int DEEPEST_HEADING = 6;
  private static final Pattern ELSEWHERE =
      Pattern.compile("(?:https?|mailto):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(EXTENSIONS)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(context -> ReadmeHtml::mark)
          .build();

  private ReadmeHtml() {}

  /** Converts Markdown, or the start of a long one, to HTML that can be inserted into a page. */
  public static String html(String markdown) {
    return rendered(markdown.substring(0, Math.min(markdown.length(), MOST_CHARACTERS)));
  }

  /**
   * The first paragraph of Markdown, or its first heading if it has no paragraph, as one line of
   * plain text of at most {@value #LONGEST_SUMMARY} characters; empty if there is neither.
   */
  static String summary(String markdown) {
    String start = markdown.substring(0, Math.min(markdown.length(), SUMMARY_SOURCE));
    if (TOO_DEEP.matcher(start).find()) {
      return "";
    }
    Node heading = null;
    for (Node block = PARSER.parse(start).getFirstChild(); block != null; block = block.getNext()) {
      if (block instanceof Paragraph) {
        return summaryOf(block);
      }
      heading = heading == null && block instanceof Heading ? block : heading;
    }
    return heading == null ? "" : summaryOf(heading);
  }

  private static String summaryOf(Node block) {
    PlainText plain = new PlainText();
    block.accept(plain);
    String text = plain.text();
    return text.codePointCount(0, text.length()) <= LONGEST_SUMMARY
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_SUMMARY - 1)) + "…";
  }

  /** The text in the metadata {@code readme}, which has the form {@code {"readme": text}}. */
  static String textOf(String metadata) {
    return object(metadata).map(object -> object.getString("readme", "")).orElse(metadata);
  }

  /** The license in the same metadata; empty if there is none. */
  static String licenseOf(String metadata) {
    String license = object(metadata).map(object -> object.getString("license", "")).orElse("");
    return license.length() > LONGEST_LICENSE ? license.substring(0, LONGEST_LICENSE) : license;
  }

  private static Optional<JsonObject> object(String metadata) {
    return StructuredText.parse(metadata)
        .filter(JsonObject.class::isInstance)
        .map(JsonValue::asJsonObject);
  }

  private static String rendered(String text) {
    if (!TOO_DEEP.matcher(text).find()) {
      try {
        Node document = PARSER.parse(text);
        document.accept(new Taming());
        return RENDERER.render(document);
      } catch (StackOverflowError e) {
        // The library recurses into nested structures without limit; show the text as it is.
      }
    }
    return asItIs(text);
  }

  private static String asItIs(String text) {
    IndentedCodeBlock whole = new IndentedCodeBlock();
    whole.setLiteral(text);
    return RENDERER.render(whole);
  }

  private static void mark(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Link) {
      attributes.put("rel", "nofollow noreferrer");
    } else if (node instanceof TableBlock && tag.equals("table")) {
      attributes.put("class", "table table-sm w-auto");
    }
  }

  /**
   * Moves headings below those of the page, replaces images by links, and removes links without a
   * safe target.
   */
  private static final class Taming extends AbstractVisitor {

    @Override
    public void visit(Heading heading) {
      heading.setLevel(Math.min(DEEPEST_HEADING, heading.getLevel() + 2));
      visitChildren(heading);
    }

    @Override
    public void visit(Image image) {
      Link link = new Link(image.getDestination(), image.getTitle());
      moveChildren(image, link);
      image.insertAfter(link);
      image.unlink();
      visit(link);
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!ELSEWHERE.matcher(link.getDestination().strip().toLowerCase(Locale.ROOT)).matches()) {
        Node before = link;
        for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
          before.insertAfter(child);
          before = child;
        }
        link.unlink();
      }
    }

    private static void moveChildren(Node from, Node to) {
      for (Node child = from.getFirstChild(); child != null; child = from.getFirstChild()) {
        to.appendChild(child);
      }
    }
  }

  /** Collects the text of inline nodes without their formatting. */
  private static final class PlainText extends AbstractVisitor {

    private final StringBuilder text = new StringBuilder();

    String text() {
      return text.toString().strip();
    }

    @Override
    public void visit(Text node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(Code node) {
      text.append(node.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak node) {
      text.append(' ');
    }

    @Override
    public void visit(HardLineBreak node) {
      text.append(' ');
    }
  }
}
