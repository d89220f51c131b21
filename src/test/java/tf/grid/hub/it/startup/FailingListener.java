package tf.grid.hub.it.startup;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** A part of an application that does not start. The test puts it into an archive. */
@WebListener
public final class FailingListener implements ServletContextListener {
  static final String MESSAGE = "this part fails in a test";

  @Override
  public void contextInitialized(ServletContextEvent event) {
    throw new IllegalStateException(MESSAGE);
  }
}
