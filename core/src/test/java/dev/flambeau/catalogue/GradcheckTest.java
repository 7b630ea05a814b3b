package dev.flambeau.catalogue;

import static org.junit.jupiter.api.Assertions.fail;

import dev.flambeau.Autograd;
import dev.flambeau.GoldenTensors;
import dev.flambeau.Tensor;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import dev.flambeau.golden.GoldenTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The gradients of every differentiable operation, and the gradients of these, agree with finite differences. */
final class GradcheckTest {
  static final List<String> FAMILIES =
      GoldenFile.OPS.stream().filter(family -> !List.of("points", "refused").contains(family)).toList();

  /** Equal elements, of which a sort leaves the first in place; a row of padding, which does not learn by decision. */
  private static final Set<String> NO_LIMITS = Set.of("sort.stable #9", "embedding.padding1 #0");

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

  /** Whether the case is in double precision and not at a corner, where differences have no limit. */
  private static boolean isDifferentiable(GoldenCase c) {
    return !NO_LIMITS.contains(c.toString()) && c.outputs().stream().allMatch(GradcheckTest::isFinite)
        && c.gradOutputs().stream().anyMatch(Objects::nonNull)
        && c.outputs().stream().noneMatch(y -> y.dtype().equals("float32"))
        && c.inputs().stream().allMatch(x -> !x.requiresGrad() || x.dtype().equals("float64") && x.numel() > 0);
  }

  private static boolean isFinite(GoldenTensor x) {
    return IntStream.range(0, x.numel()).allMatch(i -> Double.isFinite(x.at(i)));
  }
}
