package tf.grid.hub.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static tf.grid.hub.architecture.Rooms.BASE;
import static tf.grid.hub.architecture.Rooms.room;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ws.rs.Path;
import java.time.Clock;

/** What no class of the product does, whatever its room. */
@AnalyzeClasses(packages = BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class HabitsTest {

  /** RESTEasy, of WildFly and Open Liberty, does not deploy a resource without one. */
  @ArchTest
  static final ArchRule resources_have_a_public_constructor_without_parameters =
      classes()
          .that()
          .areAnnotatedWith(Path.class)
          .should(
              new ArchCondition<>("have a public constructor without parameters") {
                @Override
                public void check(JavaClass resource, ConditionEvents events) {
                  boolean has =
                      resource.getConstructors().stream()
                          .filter(one -> one.getModifiers().contains(JavaModifier.PUBLIC))
                          .anyMatch(one -> one.getRawParameterTypes().isEmpty());
                  events.add(new SimpleConditionEvent(resource, has, resource.getName()));
                }
              });

  @ArchTest
  static final ArchRule no_program_is_started =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ProcessBuilder.class)
          .orShould()
          .callMethodWhere(target(owner(type(Runtime.class))).and(target(nameMatching("exec"))));

  /** Stack traces may be written to a text in memory. */
  @ArchTest
  static final ArchRule only_the_launcher_prints =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("launch"))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethodWhere(
              target(nameMatching("printStackTrace"))
                  .and(target(rawParameterTypes(new Class<?>[0]))));

  @ArchTest
  static final ArchRule only_wiring_makes_clocks =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("wiring"))
          .should()
          .callMethodWhere(readsTheSystemClock());

  @ArchTest
  static final ArchRule no_old_dates =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(java.util.Date.class, java.util.Calendar.class);

  @ArchTest
  static final ArchRule names_say_what_a_class_is_for =
      noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)");

  @ArchTest
  static final ArchRule fields_are_not_public =
      noFields().that().areNotStatic().should().bePublic();

  private static DescribedPredicate<JavaCall<?>> readsTheSystemClock() {
    DescribedPredicate<JavaCall<?>> makesClock =
        target(owner(type(Clock.class))).and(target(nameMatching("system.*|tick.*")));
    DescribedPredicate<JavaCall<?>> asksNow =
        target(nameMatching("now"))
            .and(target(owner(inPackage("java.time"))))
            .and(target(rawParameterTypes(new Class<?>[0])));
    DescribedPredicate<JavaCall<?>> asksMillis =
        target(owner(type(System.class))).and(target(nameMatching("currentTimeMillis")));
    return makesClock.or(asksNow).or(asksMillis).as("the system's clock is read");
  }

  private static DescribedPredicate<JavaClass> type(Class<?> wanted) {
    return JavaClass.Predicates.equivalentTo(wanted);
  }

  private static DescribedPredicate<JavaClass> inPackage(String wanted) {
    return JavaClass.Predicates.resideInAPackage(wanted);
  }
}
