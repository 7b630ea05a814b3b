package dev.flambeau.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How many of the numbered behaviours have a test. */
final class CoverageTest {
  @Test
  void atLeastEightyBehavioursAreShown() {
    Set<Integer> shown = new TreeSet<>();
    new ClassFileImporter().importPackages("dev.flambeau.behaviour").stream().flatMap(c -> c.getMethods().stream())
        .filter(m -> m.isAnnotatedWith(Behaviour.class)).map(JavaMethod::reflect).forEach(m -> {
          for (int number : m.getAnnotation(Behaviour.class).value()) shown.add(number);
        });
    assertThat(shown).hasSizeGreaterThanOrEqualTo(80);
  }
}
