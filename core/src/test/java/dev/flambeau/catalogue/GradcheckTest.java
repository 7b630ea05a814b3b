package dev.flambeau.catalogue;

import static org.junit.jupiter.api.Assertions.fail;

import dev.flambeau.Autograd;
import dev.flambeau.GoldenTensors;
import dev.flambeau.Tensor;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The gradients of every differentiable operation, and the gradients of these, agree with finite differences. */
final class GradcheckTest {
  static final List<String> FAMILIES = GoldenFile.OPS.stream().filter(family -> !List.of("points", "refused").contains(family)).toList();

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void agreesWithFiniteDifferences(String family) {
    List<String> failures = new ArrayList<>();
    for (GoldenCase c : GoldenFile.ops(family)) {
      Function<Tensor[], Tensor[]> f = Catalogue.all().get(c.key());
      if (f == null || !isDifferentiable(c)) continue;
      Tensor[] in = c.inputs().stream().map(GoldenTensors::of).toArray(Tensor[]::new);
      try {
        Autograd.gradcheck(f, in);
        if (c.directions().stream().anyMatch(Objects::nonNull)) Autograd.gradgradcheck(f, in);
      } catch (RuntimeException e) {
        failures.add(c + ": " + e);
      }
    }
    if (!failures.isEmpty()) fail(family + ": " + failures.size() + " cases fail:\n  " + String.join("\n  ", failures));
  }

  private static boolean isDifferentiable(GoldenCase c) {
    return c.gradOutputs().stream().anyMatch(Objects::nonNull) && c.outputs().stream().noneMatch(y -> y.dtype().equals("float32"))
        && c.inputs().stream().allMatch(x -> !x.requiresGrad() || x.dtype().equals("float64") && x.numel() > 0);
  }
}
