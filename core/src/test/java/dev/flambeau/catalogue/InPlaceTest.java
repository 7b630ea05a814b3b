package dev.flambeau.catalogue;

import static org.junit.jupiter.api.Assertions.fail;

import dev.flambeau.GoldenTensors;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every operation in place gives what its twin gives that is not in place. */
final class InPlaceTest {
  @Test
  void twinsAgree() {
    List<String> failures = new ArrayList<>();
    int compared = 0;
    for (GoldenCase c : GoldenFile.ops("inplace")) {
      Function<Tensor[], Tensor[]> inPlace = Catalogue.all().get(c.key());
      Function<Tensor[], Tensor[]> twin = Catalogue.all().get(c.key().replaceFirst("_(?=\\.|$)", ""));
      if (c.refused() || inPlace == null || twin == null || c.key().startsWith("view.")) continue;
      compared++;
      try (var _ = Torch.noGrad()) {
        Tensor expected = twin.apply(inputs(c))[0].to(GoldenTensors.of(c.outputs().getFirst()).dtype());
        Tensor actual = inPlace.apply(inputs(c))[0];
        if (!Arrays.equals(expected.toDoubleArray(), actual.toDoubleArray()))
          failures.add(c + ": " + expected + " and " + actual);
      }
    }
    if (compared < 60 || !failures.isEmpty())
      fail(failures.size() + " of " + compared + " differ:\n  " + String.join("\n  ", failures));
  }

  private static Tensor[] inputs(GoldenCase c) {
    return c.inputs().stream().map(GoldenTensors::of).toArray(Tensor[]::new);
  }
}
