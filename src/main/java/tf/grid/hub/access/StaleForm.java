package tf.grid.hub.access;

/** A form that no page of the visitor's session has, or not any more. */
public final class StaleForm extends AccessRefused {
  private static final long serialVersionUID = 1;

  StaleForm() {
    super("this form is too old, or is not from a page of this hub: open the page again");
  }
}
