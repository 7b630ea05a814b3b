package dev.flambeau.nn;

import static java.util.Objects.requireNonNull;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the layers of a transformer are made from; in PyTorch's order. */
record TransformerSizes(long model, int heads, long feedForward, double dropout, UnaryOperator<Tensor> activation,
    double eps, boolean batchFirst, boolean normFirst, boolean bias) {
  MultiheadAttention attention() { return new MultiheadAttention(model, heads, dropout, bias, batchFirst); }

  LayerNorm norm() { return new LayerNorm(new long[] {model}, eps, true, bias); }

  /** What attention gave, after dropout: PyTorch draws its numbers with the steps first, wherever the batch is. */
  Tensor drop(Dropout layer, Tensor x) {
    boolean turned = batchFirst && x.dim() == 3 && dropout > 0 && layer.isTraining();
    return turned ? layer.apply(x.transpose(0, 1)).transpose(0, 1) : layer.apply(x);
  }

  /** A layer as {@code made} makes them, with the state of {@code of}; random numbers go on as if there was none. */
  static <M extends Module> M copy(Module of, Supplier<M> made) {
    M copy;
    try (var _ = Torch.forkRng(0)) {
      copy = made.get();
    }
    DType dtype = of.parameters().getFirst().dtype();
    copy.to(dtype);
    copy.loadStateDict(of.stateDict());
    Map<String, Tensor> mine = copy.namedParameters();
    of.namedParameters().forEach((name, p) -> requireNonNull(mine.get(name)).requiresGrad_(p.requiresGrad()));
    copy.train(of.isTraining());
    return copy;
  }
}
