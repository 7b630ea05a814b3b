package dev.flambeau;

import dev.flambeau.array.NdArray;

/** Numbers drawn at random in the place of what was there: nothing of it remains, so its gradient is zero. */
final class Draws {
  private Draws() {}

  private static NdArray real(String operation, NdArray like) {
    if (!like.type().isFloating()) {
      throw Errors.argument(operation, "the numbers are real, so the tensor must be too, but it is "
          + DType.of(like.type()).torchName() + "; convert it with to(DType.FLOAT32)");
    }
    return NdArray.unwritten(like.type(), like.shape());
  }

  /** y = uniform numbers of [from, to);  dx = 0. */
  record Uniform(double from, double to) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = real("uniform_", x[0]);
      Torch.generator().uniform(y, from, to);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Torch.zerosLike(g); }
  }

  /** y = normal numbers;  dx = 0. */
  record Normal(double mean, double std) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = real("normal_", x[0]);
      Torch.generator().normal(y, mean, std);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Torch.zerosLike(g); }
  }

  /** y = exponentially distributed numbers;  dx = 0. */
  record Exponential(double lambda) implements Arranging {
    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = real("exponential_", x[0]);
      Torch.generator().exponential(y, lambda);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Torch.zerosLike(g); }
  }

  /** y = 1 with probability p, else 0;  dx = 0. */
  record Bernoulli(double p) implements Arranging {
    @Override
    public int overload() { return 2; }

    @Override
    public NdArray forward(NdArray... x) {
      NdArray y = NdArray.unwritten(x[0].type(), x[0].shape());
      Torch.generator().bernoulli(y, p);
      return y;
    }

    @Override
    public Tensor backward(int i, Saved s, Tensor g) { return Torch.zerosLike(g); }
  }
}
