package tf.grid.hub.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static tf.grid.hub.architecture.Rooms.BASE;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import tf.grid.hub.audit.Audited;

/** Resource methods that change something are audited. */
@AnalyzeClasses(packages = BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class AuditTest {

  @ArchTest
  static final ArchRule what_changes_something_is_audited =
      methods()
          .that(
              DescribedPredicate.describe(
                  "answer requests and ask whether something may be changed",
                  method ->
                      method.isMetaAnnotatedWith(HttpMethod.class) && mayChangeSomething(method)))
          .should()
          .beAnnotatedWith(Audited.class);

  /** Follows calls within the class; the question has the same name wherever it is asked. */
  private static boolean mayChangeSomething(JavaMethod method) {
    Set<JavaMethod> seen = new HashSet<>(Set.of(method));
    Deque<JavaMethod> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (JavaMethodCall call : open.pop().getMethodCallsFromSelf()) {
        if (call.getName().equals("toChange")) {
          return true;
        }
        call.getTarget()
            .resolveMember()
            .filter(called -> called.getOwner().equals(method.getOwner()))
            .filter(seen::add)
            .ifPresent(open::push);
      }
    }
    return false;
  }
}
