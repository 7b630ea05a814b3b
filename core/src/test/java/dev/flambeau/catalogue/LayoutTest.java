package dev.flambeau.catalogue;

import static org.junit.jupiter.api.Assertions.fail;

import dev.flambeau.GoldenTensors;
import dev.flambeau.Tensor;
import dev.flambeau.array.TestSpares;
import dev.flambeau.golden.GoldenCase;
import dev.flambeau.golden.GoldenFile;
import dev.flambeau.golden.GoldenTensor;
import dev.flambeau.golden.GoldenTensor.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every operation gives the same whatever the layout of what it gets: rows, columns, or steps with gaps. */
final class LayoutTest {
  /** Views show their strides, and asStrided and view mean the layout itself. */
  static final List<String> FAMILIES =
      GoldenFile.OPS.stream().filter(family -> !List.of("views", "refused").contains(family)).toList();

  @ParameterizedTest
  @FieldSource("FAMILIES")
  void layoutDoesNotMatter(String family) throws Exception {
    List<String> failures = new ArrayList<>();
    int tried = 0;
    for (GoldenCase c : GoldenFile.ops(family)) {
      Function<Tensor[], Tensor[]> f = Catalogue.all().get(c.key());
      if (c.refused() || f == null || c.key().startsWith("asStrided") || c.key().startsWith("view")
          || c.key().startsWith("gelu"))
        continue;
      for (Layout layout : List.of(Layout.STEPPED, Layout.TRANSPOSED)) {
        tried++;
        String problem;
        try (var _ = TestSpares.litter()) {
          problem = problem(c, f, layout);
        }
        if (problem != null) failures.add(c + " " + layout + ": " + problem);
      }
    }
    if (tried == 0 || !failures.isEmpty())
      fail(family + ": " + failures.size() + " of " + tried + " fail:\n  " + String.join("\n  ", failures));
  }

  private static @Nullable String problem(GoldenCase c, Function<Tensor[], Tensor[]> f, Layout layout) {
    Tensor[] in = c.inputs().stream().map(x -> GoldenTensors.of(inLayout(x, layout))).toArray(Tensor[]::new);
    try {
      Tensor[] out = f.apply(in);
      for (int k = 0; k < out.length; k++) {
        String problem = Comparison.of(c).difference("output " + k, c.outputs().get(k), out[k]);
        if (problem != null) return problem;
      }
      return null;
    } catch (RuntimeException e) {
      return "threw " + e;
    }
  }

  private static GoldenTensor inLayout(GoldenTensor x, Layout layout) {
    boolean possible = x.shape().length >= (layout == Layout.TRANSPOSED ? 2 : 1);
    return possible ? new GoldenTensor(x.dtype(), x.shape(), x.values(), x.requiresGrad(), layout) : x;
  }
}
