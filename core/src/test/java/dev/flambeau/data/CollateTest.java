package dev.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CollateTest {
  record Labelled(Tensor image, int label) {}

  @Test
  void tensorsAreStackedWhereverTheyAre() {
    assertThat(Collate.stack(List.of(Torch.zeros(2, 3), Torch.ones(2, 3))).shape()).containsExactly(2, 2, 3);
    Tensor[] pair = Collate.stack(List.of(new Tensor[] {Torch.zeros(4), Torch.tensor(1)},
        new Tensor[] {Torch.ones(4), Torch.tensor(2)}));
    assertThat(pair[0].shape()).containsExactly(2, 4);
    assertThat(pair[1].toLongArray()).containsExactly(1, 2);
    Example<Tensor> example = Collate.stack(List.of(new Example<>(Torch.zeros(4), Torch.tensor(1)),
        new Example<>(Torch.ones(4), Torch.tensor(2))));
    assertThat(example.input().shape()).containsExactly(2, 4);
    assertThat(example.target().toLongArray()).containsExactly(1, 2);
    List<Map<String, Tensor>> nested =
        Collate.stack(List.of(List.of(Map.of("a", Torch.zeros(2))), List.of(Map.of("a", Torch.ones(2)))));
    assertThat(nested.get(0).get("a").shape()).containsExactly(2, 2);
  }

  @Test
  void numbersBecomeTensors() {
    Object joined =
        Collate.join(List.of(Map.of("i", 1, "d", 0.5, "f", 1f, "b", true, "s", "x", "v", new float[] {1, 2}),
            Map.of("i", 2, "d", 1.5, "f", 2f, "b", false, "s", "y", "v", new float[] {3, 4})));
    Map<?, ?> batch = (Map<?, ?>) joined;
    assertThat(batch.get("s")).isEqualTo(List.of("x", "y"));
    for (var dtype : Map
        .of("i", DType.INT64, "d", DType.FLOAT64, "f", DType.FLOAT32, "b", DType.BOOL, "v", DType.FLOAT32)
        .entrySet()) {
      assertThat(((Tensor) batch.get(dtype.getKey())).dtype()).isEqualTo(dtype.getValue());
    }
    assertThat(((Tensor) batch.get("i")).toLongArray()).containsExactly(1, 2);
    assertThat(((Tensor) batch.get("v")).shape()).containsExactly(2, 2);
  }

  @Test
  void arraysAreStacked() {
    assertThat(Collate.join(List.of(new int[] {1, 2}, new int[] {3, 4})).toString())
        .isEqualTo(Torch.fromArray(new int[] {1, 2, 3, 4}, 2, 2).toString());
    assertThat(((Tensor) Collate.join(List.of(new byte[] {-1}, new byte[] {2}))).dtype()).isEqualTo(DType.UINT8);
    assertThat(((Tensor) Collate.join(List.of(new boolean[] {true}))).shape()).containsExactly(1, 1);
  }

  record Pair(Tensor image, Object label) {}

  @Test
  void recordsKeepTheirType() {
    Pair batch = Collate.stack(List.of(new Pair(Torch.zeros(2), 3), new Pair(Torch.ones(2), 4)));
    assertThat(batch.image().shape()).containsExactly(2, 2);
    assertThat(((Tensor) batch.label()).toLongArray()).containsExactly(3, 4);
  }

  @Test
  void samplesThatDoNotFitTogetherAreRefused() {
    refused(List.of(), "at least one sample");
    refused(List.of(Torch.zeros(2), Torch.zeros(3)), "shape [2]", "shape [3]");
    refused(List.of(List.of(Torch.zeros(2)), List.of()), "a list of 1", "a list of 0");
    refused(List.of(1, 2L), "Integer", "Long");
    refused(List.of(1, 2), "a collate function", "Collate::join");
    refused(List.of(new Labelled(Torch.zeros(1), 3), new Labelled(Torch.zeros(1), 4)), "int", "declare Tensor");
    refused(List.of(new Integer[] {1}, new Integer[] {2}), "Integer", "declare Tensor");
  }

  private static void refused(List<?> samples, String... words) {
    assertThatThrownBy(() -> Collate.stack(samples)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }
}
