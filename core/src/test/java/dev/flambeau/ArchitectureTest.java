package dev.flambeau;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may see whom, and what nobody may do. */
class ArchitectureTest {
  private static final String ROOT = "dev.flambeau";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

  @Test
  void theseRulesSeeTheWholeCore() {
    assertThat(CLASSES.size()).isGreaterThan(100);
    assertThat(CLASSES.contain("dev.flambeau.Op")).isTrue();
  }

  @Test
  void packagesFormNoCircle() {
    slices().assignedFrom(new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) { return SliceIdentifier.of(type.getPackageName()); }

      @Override
      public String getDescription() { return "packages"; }
    }).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void arraysAndFormulasSeeNothingOfOurs() {
    for (String bottom : List.of("dev.flambeau.array", "dev.flambeau.scalar")) {
      noClasses().that().resideInAPackage(bottom).should()
          .dependOnClassesThat(resideInAPackage("dev.flambeau..").and(not(resideInAPackage(bottom)))).check(CLASSES);
    }
  }

  @Test
  void kernelsAndTheGraphSeeNoTensor() {
    noClasses().that().resideInAnyPackage("dev.flambeau.kernel", "dev.flambeau.graph").should().dependOnClassesThat()
        .resideInAPackage(ROOT).check(CLASSES);
  }

  @Test
  void onlyKernelsMakeBytecodeAndUseVectors() {
    noClasses().that().resideOutsideOfPackage("dev.flambeau.kernel").should().dependOnClassesThat()
        .resideInAnyPackage("java.lang.classfile..", "jdk.incubator.vector..").check(CLASSES);
  }

  @Test
  void nothingIsNative() { methods().should().notHaveModifier(JavaModifier.NATIVE).check(CLASSES); }

  @Test
  void nobodyPrintsButTorch() {
    noClasses().that().doNotHaveFullyQualifiedName("dev.flambeau.Torch").should(ACCESS_STANDARD_STREAMS).check(CLASSES);
  }

  @Test
  void operationsAreDataThatCanBeCompared() {
    fields().that().areDeclaredInClassesThat(assignableTo("dev.flambeau.Op").and(assignableTo(Record.class))).and()
        .areNotStatic().should().notHaveRawType(arrays()).check(CLASSES);
  }

  @Test
  void forwardCallsNoTensor() {
    methods().that().haveName("forward").and().areDeclaredInClassesThat().areAssignableTo("dev.flambeau.Op")
        .should(callNoTensor()).check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked = CLASSES.stream().map(JavaClass::getPackage).distinct()
        .filter(p -> !p.isAnnotatedWith(NullMarked.class)).map(JavaPackage::getName).toList();
    assertThat(unmarked).isEmpty();
  }

  private static DescribedPredicate<JavaClass> arrays() {
    return DescribedPredicate.describe("an array", JavaClass::isArray);
  }

  private static ArchCondition<JavaMethod> callNoTensor() {
    return new ArchCondition<>("call no Tensor") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        method.getCallsFromSelf().stream().filter(call -> call.getTargetOwner().isAssignableTo("dev.flambeau.Tensor"))
            .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
      }
    };
  }
}
