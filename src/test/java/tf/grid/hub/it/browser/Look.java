package tf.grid.hub.it.browser;

/** How wide a page is shown, and on which ground. */
enum Look {
  DESK_LIGHT(1280, false),
  DESK_DARK(1280, true),
  PHONE_LIGHT(360, false),
  PHONE_DARK(360, true);

  private final int width;
  private final boolean dark;

  Look(int width, boolean dark) {
    this.width = width;
    this.dark = dark;
  }

  /** In CSS pixels. */
  int width() {
    return width;
  }

  /** Whether the visitor's system prefers dark. */
  boolean dark() {
    return dark;
  }

  /** Whether it is shown as on a telephone. */
  boolean phone() {
    return width < 600;
  }

  /**
   * Whether axe looks as well: each width and each ground once is enough, and it takes its time.
   */
  boolean examined() {
    return phone() == dark;
  }

  /** What is added to the name of a picture. */
  String suffix() {
    return (phone() ? "-phone" : "") + (dark ? "-dark" : "");
  }
}
