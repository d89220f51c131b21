package tf.grid.hub.it.browser;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium without a window, which knows no address but those of this machine. It starts
 * light, at the width of a desk, with scripts. For one thread.
 */
final class Chromium implements AutoCloseable {
  /** A busy machine is not a failure. */
  private static final Duration SLOWEST = Duration.ofMinutes(20);

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Path files;
  private final ChromeDriverService service;
  private final ChromeDriver driver;
  private final URI site;

  private Chromium(URI site, Path files, boolean scripts) {
    this.site = site;
    this.files = files;
    this.service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .usingAnyFreePort()
            .withEnvironment(Map.of("TMPDIR", files.toString()))
            .withLogOutput(OutputStream.nullOutputStream())
            .build();
    this.driver = new ChromeDriver(service, options(scripts));
    driver.manage().timeouts().scriptTimeout(SLOWEST).pageLoadTimeout(SLOWEST);
    look(Look.DESK_LIGHT);
  }

  /** A browser for the site at this address. */
  static Chromium at(URI site) {
    return at(site, true);
  }

  /** A browser whose user lets no site run scripts. */
  static Chromium withoutScripts(URI site) {
    return at(site, false);
  }

  private static Chromium at(URI site, boolean scripts) {
    try {
      return new Chromium(site, Files.createTempDirectory("hub-browser"), scripts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ChromeOptions options(boolean scripts) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1");
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options;
  }

  /** Opens a page of the site, and waits until it has loaded. */
  Chromium open(String path) {
    driver.get(site.resolve(path).toString());
    return this;
  }

  /**
   * Shows pages this way from now on, the open one too; nothing moves, so that it is so at once.
   */
  void look(Look look) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", look.width(), "height", 900, "deviceScaleFactor", 1, "mobile", look.phone()));
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", look.dark() ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Runs no scripts of pages from now on, or runs them again. */
  void scripts(boolean run) {
    command("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  /** Sends a command of the DevTools protocol. */
  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** The value of a script's {@code return}, run in the page. */
  Object ask(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** What a script in the page hands to its last argument, a function. */
  Object await(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /** The first element that a CSS selector finds. */
  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** All elements that a CSS selector finds. */
  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Waits for something that the page shows at its own pace. */
  <T> T until(ExpectedCondition<T> condition) {
    return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50)).until(condition);
  }

  /** Presses what leads to another page, and waits for that. */
  void follow(WebElement pressed) {
    pressed.click();
    awaitNext(pressed);
  }

  /** Waits for the page that comes after the one which this element is on. */
  void awaitNext(WebElement old) {
    until(
        browser -> {
          try {
            old.isEnabled();
            return false;
          } catch (WebDriverException gone) {
            return "complete".equals(ask("return document.readyState"));
          }
        });
  }

  /** All that can be read on the page. */
  String text() {
    return find("body").getText();
  }

  /** The part of the open page's address that comes after the site's. */
  String address() {
    URI open = URI.create(driver.getCurrentUrl());
    return open.getRawQuery() == null
        ? open.getRawPath()
        : open.getRawPath() + "?" + open.getRawQuery();
  }

  /** What pages have complained of since the last call: failed loads, errors, refused scripts. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** For what this class has no word for. */
  ChromeDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.quit();
    service.stop();
    try (Stream<Path> all = Files.walk(files)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
