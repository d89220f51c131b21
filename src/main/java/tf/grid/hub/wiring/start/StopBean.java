package tf.grid.hub.wiring.start;

import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Lets the launcher, which runs in another class loader, tell the application that the process is
 * about to end.
 */
final class StopBean implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(StopBean.class.getName());

  private final ObjectName name;

  private StopBean(ObjectName name) {
    this.name = name;
  }

  /**
   * Registers an action with the JVM.
   *
   * @param application its context path, since a server may run several hubs
   */
  static StopBean register(String application, Runnable stop) throws JMException {
    ObjectName name =
        new ObjectName("tf.grid.hub:type=Stop,application=" + ObjectName.quote(application));
    ManagementFactory.getPlatformMBeanServer()
        .registerMBean(new StandardMBean(stop, Runnable.class), name);
    return new StopBean(name);
  }

  @Override
  public void close() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (JMException e) {
      LOG.log(Level.DEBUG, "not registered: {0}", name);
    }
  }
}
