package tf.grid.hub.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static tf.grid.hub.architecture.Rooms.BASE;
import static tf.grid.hub.architecture.Rooms.CORE;
import static tf.grid.hub.architecture.Rooms.PLAIN_IMAGE;
import static tf.grid.hub.architecture.Rooms.named;
import static tf.grid.hub.architecture.Rooms.room;
import static tf.grid.hub.architecture.Rooms.rooms;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which rooms and libraries each room may use. */
@AnalyzeClasses(packages = BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

  private static final int DOZEN = 12;

  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
          return "packages";
        }
      };

  @ArchTest
  static final ArchRule every_class_lives_in_a_room =
      classes().should().resideInAPackage(BASE + ".*..");

  @ArchTest
  static final ArchRule no_package_has_more_than_a_dozen_classes =
      classes()
          .that(are(topLevel()))
          .should(
              new ArchCondition<>("be in packages of at most " + DOZEN + " classes") {
                private final Map<String, Set<String>> classes = new TreeMap<>();

                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  classes
                      .computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
                      .add(type.getSimpleName());
                }

                @Override
                public void finish(ConditionEvents events) {
                  classes.forEach(
                      (name, all) ->
                          events.add(
                              new SimpleConditionEvent(
                                  name, all.size() <= DOZEN, name + " has " + all)));
                }
              });

  @ArchTest static final ArchRule bean_uses_no_other_room = mayUse("bean");

  @ArchTest static final ArchRule chunk_uses_no_other_room = mayUse("chunk");

  @ArchTest static final ArchRule launch_uses_no_other_room = mayUse("launch");

  @ArchTest static final ArchRule problem_uses_no_other_room = mayUse("problem");

  @ArchTest static final ArchRule progress_uses_no_other_room = mayUse("progress");

  @ArchTest static final ArchRule limit_uses_problems = mayUse("limit", "problem");

  @ArchTest static final ArchRule compression_uses_problems = mayUse("compression", "problem");

  @ArchTest
  static final ArchRule flist_uses_chunks_and_compression =
      mayUse("flist", "chunk", "compression", "problem");

  @ArchTest
  static final ArchRule store_uses_chunks_and_limits = mayUse("store", "chunk", "limit", "problem");

  @ArchTest
  static final ArchRule export_uses_flists_and_the_store =
      mayUse("export", "chunk", "store", "flist", "problem");

  @ArchTest
  static final ArchRule build_uses_core_rooms =
      mayUse("build", "chunk", "store", "compression", "flist", "progress", "limit", "problem");

  @ArchTest
  static final ArchRule client_uses_core_rooms_and_images =
      mayUse(
          "client",
          "chunk",
          "store",
          "compression",
          "flist",
          "build",
          "export",
          "image",
          "progress",
          "limit",
          "problem");

  @ArchTest
  static final ArchRule client_uses_no_part_of_the_server =
      noClasses()
          .that()
          .resideInAnyPackage(rooms("client"))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(rooms("image")).and(not(resideInAnyPackage(PLAIN_IMAGE))));

  @ArchTest
  static final ArchRule plain_parts_of_image_know_nothing_of_the_server =
      classes()
          .that()
          .resideInAnyPackage(PLAIN_IMAGE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(PLAIN_IMAGE)
                  .or(resideInAnyPackage(rooms(CORE.toArray(String[]::new))))
                  .or(
                      resideInAnyPackage(
                          "java..",
                          "javax.crypto..",
                          "jakarta.json..",
                          "com.electronwill.nightconfig..")));

  @ArchTest
  static final ArchRule nobody_uses_the_client =
      noClasses()
          .that()
          .resideOutsideOfPackages(rooms("client"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(rooms("client"));

  @ArchTest static final ArchRule gateway_uses_the_store = mayUse("gateway", "chunk", "store");

  @ArchTest static final ArchRule http_uses_limits = mayUse("http", "bean", "limit", "problem");

  @ArchTest static final ArchRule audit_uses_http = mayUse("audit", "bean", "http");

  @ArchTest static final ArchRule health_uses_http = mayUse("health", "http", "limit");

  @ArchTest
  static final ArchRule backup_uses_what_it_copies =
      mayUse("backup", "store", "account", "catalogue", "access", "audit", "http", "bean", "limit");

  @ArchTest
  static final ArchRule metrics_uses_what_it_wraps =
      mayUse("metrics", "http", "audit", "store", "limit");

  @ArchTest
  static final ArchRule account_uses_http_and_audit =
      mayUse("account", "bean", "http", "audit", "problem");

  @ArchTest
  static final ArchRule access_uses_accounts =
      mayUse("access", "bean", "http", "audit", "account", "limit", "problem");

  @ArchTest
  static final ArchRule job_uses_accounts_and_access =
      mayUse("job", "bean", "http", "audit", "account", "access", "progress", "limit", "problem");

  @ArchTest
  static final ArchRule catalogue_uses_flists_access_and_jobs =
      mayUse(
          "catalogue",
          "chunk",
          "store",
          "flist",
          "export",
          "bean",
          "http",
          "audit",
          "account",
          "access",
          "job",
          "limit",
          "problem");

  @ArchTest
  static final ArchRule exchange_uses_the_store_and_access =
      mayUse("exchange", "chunk", "store", "bean", "http", "audit", "access", "limit", "problem");

  @ArchTest
  static final ArchRule publish_uses_core_rooms_and_the_catalogue =
      mayUse("publish", "chunk", "store", "flist", "build", "bean", "catalogue");

  @ArchTest
  static final ArchRule upload_uses_what_it_publishes_with =
      mayUse(
          "upload",
          "chunk",
          "store",
          "flist",
          "build",
          "progress",
          "bean",
          "http",
          "audit",
          "access",
          "catalogue",
          "publish",
          "limit",
          "problem");

  @ArchTest
  static final ArchRule image_uses_what_it_publishes_with =
      mayUse(
          "image",
          "compression",
          "flist",
          "build",
          "progress",
          "bean",
          "http",
          "audit",
          "account",
          "access",
          "job",
          "catalogue",
          "publish",
          "limit",
          "problem");

  @ArchTest
  static final ArchRule mirror_uses_what_it_publishes_with =
      mayUse(
          "mirror",
          "chunk",
          "store",
          "flist",
          "bean",
          "http",
          "audit",
          "account",
          "access",
          "job",
          "catalogue",
          "publish",
          "upload",
          "image",
          "limit",
          "problem");

  @ArchTest
  static final ArchRule webhook_uses_the_events_of_the_catalogue =
      mayUse("webhook", "chunk", "bean", "http", "account", "access", "catalogue", "image");

  @ArchTest
  static final ArchRule space_uses_the_store_the_catalogue_and_jobs =
      mayUse(
          "space",
          "chunk",
          "store",
          "flist",
          "bean",
          "http",
          "audit",
          "account",
          "access",
          "job",
          "catalogue",
          "limit",
          "problem");

  @ArchTest
  static final ArchRule search_uses_flists_and_the_catalogue =
      mayUse("search", "flist", "bean", "http", "catalogue", "limit");

  @ArchTest
  static final ArchRule nobody_uses_the_site_or_its_views =
      noClasses()
          .that()
          .resideOutsideOfPackages(rooms("site", "wiring"))
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(rooms("site"))
                  .or(named("View").and(resideInAnyPackage(BASE + ".."))));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().assignedFrom(PACKAGES).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule core_rooms_know_nothing_of_the_server =
      noClasses()
          .that(resideInAnyPackage(rooms(CORE.toArray(String[]::new))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta..", "org.eclipse.microprofile..", "fish.payara..", "org.glassfish..");

  @ArchTest
  static final ArchRule nobody_uses_wiring_or_launch =
      noClasses()
          .that()
          .resideOutsideOfPackages(rooms("wiring", "launch"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(rooms("wiring", "launch"));

  @ArchTest
  static final ArchRule rooms_have_no_cycles =
      slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule resources_and_mappers_speak_http =
      only(named("Resource", "Mapper"), "jakarta.ws.rs..", "http", "audit");

  @ArchTest
  static final ArchRule views_speak_faces = only(named("View"), "jakarta.faces..", "site");

  @ArchTest
  static final ArchRule resources_and_views_do_not_call_each_other =
      noClasses().that(named("Resource")).should().dependOnClassesThat(named("View"));

  @ArchTest
  static final ArchRule views_and_resources_do_not_call_each_other =
      noClasses().that(named("View")).should().dependOnClassesThat(named("Resource"));

  @ArchTest
  static final ArchRule container_engines_only_in_image = only("com.github.dockerjava..", "image");

  @ArchTest static final ArchRule redis_only_in_store = only("redis.clients..", "store");

  @ArchTest static final ArchRule s3_only_in_store = only("software.amazon..", "store");

  /** It exists only if the JVM was started with it, so classes that use it are loaded by name. */
  @ArchTest
  static final ArchRule incubating_modules_only_in_one_package =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".chunk.vector")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage(BASE + ".chunk.vector");

  @ArchTest static final ArchRule netty_only_in_gateway = only("io.netty..", "gateway", "store");

  @ArchTest
  static final ArchRule sql_only_where_it_is_kept =
      only("java.sql..", "flist", "store", "account", "catalogue.postgresql");

  @ArchTest
  static final ArchRule postgresql_only_in_its_catalogue =
      only("org.postgresql..", "catalogue.postgresql");

  @ArchTest
  static final ArchRule pools_only_for_postgresql = only("com.zaxxer..", "catalogue.postgresql");

  @ArchTest
  static final ArchRule migrations_only_for_postgresql =
      only("org.flywaydb..", "catalogue.postgresql");

  @ArchTest
  static final ArchRule directories_know_nothing_of_the_database =
      unused("catalogue.directory", "catalogue.postgresql");

  @ArchTest
  static final ArchRule the_database_knows_nothing_of_directories =
      unused("catalogue.postgresql", "catalogue.directory");

  @ArchTest static final ArchRule prometheus_only_in_metrics = only("io.prometheus..", "metrics");

  @ArchTest static final ArchRule lucene_only_in_search = only("org.apache.lucene..", "search");

  @ArchTest
  static final ArchRule sqlite_only_where_it_is_kept =
      only("org.sqlite..", "flist", "store", "account");

  @ArchTest
  static final ArchRule configuration_is_only_read_in_wiring =
      only("org.eclipse.microprofile.config..", "wiring");

  private static DescribedPredicate<JavaClass> topLevel() {
    return DescribedPredicate.describe(
        "top-level classes",
        type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
  }

  private static ArchRule mayUse(String room, String... others) {
    String[] allowed = rooms(others);
    return classes()
        .that()
        .resideInAPackage(room(room))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(room(room))
                .or(resideInAnyPackage(allowed))
                .or(not(resideInAnyPackage(BASE + ".."))));
  }

  private static ArchRule unused(String user, String used) {
    return noClasses()
        .that()
        .resideInAnyPackage(rooms(user))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(rooms(used));
  }

  private static ArchRule only(String library, String... owners) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(owners))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static ArchRule only(
      DescribedPredicate<JavaClass> faces, String library, String... owners) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(owners))
        .and(not(faces))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
