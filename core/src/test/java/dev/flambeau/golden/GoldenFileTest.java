package dev.flambeau.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GoldenFileTest {
  private static final List<GoldenCase> ALL = GoldenFile.OPS.stream().flatMap(f -> GoldenFile.ops(f).stream()).toList();

  @Test void holdsThousandsOfCasesOfHundredsOfKeys() {
    assertThat(ALL).hasSizeGreaterThan(1300);
    assertThat(ALL.stream().map(GoldenCase::key).distinct()).hasSizeGreaterThan(220);
  }

  @Test void tellsCasesApartByKeyAndNumber() {
    Set<String> names = new HashSet<>();
    assertThat(ALL).allSatisfy(c -> assertThat(names.add(c.toString())).isTrue());
  }

  @Test void valuesFillTheShape() {
    assertThat(tensors()).allSatisfy(t -> {
      int n = 1;
      for (int size : t.shape()) { n *= size; }
      assertThat(t.numel()).isEqualTo(n);
    });
  }

  @Test void storageHoldsTheValuesWhereTheStridesSay() {
    for (GoldenTensor t : tensors().toList()) {
      Object storage = t.storage();
      int[] strides = t.strides();
      for (int i = 0; i < t.numel(); i++) {
        int place = 0;
        int rest = i;
        for (int d = t.shape().length - 1; d >= 0; d--) {
          place += rest % t.shape()[d] * strides[d];
          rest /= t.shape()[d];
        }
        assertThat(Array.get(storage, place)).isEqualTo(Array.get(t.values(), i));
      }
    }
  }

  @Test void gradientsAreAlignedWithInputsAndOutputs() {
    assertThat(ALL).allSatisfy(c -> {
      assertThat(c.refused()).isEqualTo(c.outputs().isEmpty());
      assertThat(c.gradOutputs().size()).isIn(0, c.outputs().size());
      assertThat(c.outputTangents().size()).isIn(0, c.outputs().size());
      for (List<?> perInput : List.of(c.gradInputs(), c.directions(), c.secondOrder())) {
        assertThat(perInput.size()).isIn(0, c.inputs().size());
      }
    });
  }

  @Test void restoresExactValues() {
    GoldenCase sigmoid = GoldenFile.ops("pointwise").stream()
        .filter(c -> c.key().equals("sigmoid") && c.number() == 6).findFirst().orElseThrow();
    float[] in = (float[]) sigmoid.inputs().getFirst().values();
    assertThat(in).startsWith(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, 1f);
    assertThat(Float.floatToRawIntBits(in[4])).isEqualTo(0x80000000);
    assertThat(sigmoid.outputs().getFirst().at(5)).isEqualTo((double) 0.7310586f);
  }

  private static Stream<GoldenTensor> tensors() {
    return ALL.stream().flatMap(c -> Stream.of(c.inputs(), c.outputs(), c.gradOutputs(), c.gradInputs(), c.directions(),
        c.secondOrder(), c.outputTangents()).flatMap(List::stream)).filter(Objects::nonNull);
  }
}
