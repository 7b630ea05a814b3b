package dev.flambeau.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Arranging;
import dev.flambeau.Op;
import dev.flambeau.Saved;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.array.NdArray;
import dev.flambeau.array.TestSpares;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operation of a user's own may keep the gradients that pass through it: a sweep does not use their memory again. */
final class KeptByOperationTest {
  /** y = x;  dx = 2 g, where g and 2 g are kept. */
  private record Keeping(List<Tensor> kept) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) { return x[0].view(x[0].shape(), x[0].strides(), x[0].offset()); }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) {
      Tensor result = g.mul(2);
      kept.add(g);
      kept.add(result);
      return result;
    }
  }

  @Test
  void whatAnOperationKeptStays() throws Exception {
    try (var _ = TestSpares.keepShort()) {
      Keeping op = new Keeping(new ArrayList<>());
      Tensor x = Torch.ones(8).requiresGrad_();
      Tensor y = Op.apply(op, x.mul(3).exp().sqrt());
      y.mul(5).sigmoid().mul(7).add(Op.apply(op, x.mul(2).tanh())).sum().backward();
      List<double[]> first = op.kept().stream().map(Tensor::toDoubleArray).toList();
      y = Op.apply(op, x.mul(3).exp().sqrt()).mul(5).sigmoid().mul(7);
      y.tanh().sum().backward();
      for (int k = 0; k < first.size(); k++)
        assertThat(op.kept().get(k).toDoubleArray()).isEqualTo(first.get(k));
      assertThat(op.kept().get(1).toDoubleArray()).isEqualTo(op.kept().get(0).mul(2).toDoubleArray());
      assertThat(op.kept().get(3).toDoubleArray()).isEqualTo(op.kept().get(2).mul(2).toDoubleArray());
    }
  }
}
