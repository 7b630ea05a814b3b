package dev.flambeau;

import dev.flambeau.array.NdArray;
import dev.flambeau.array.Shape;
import dev.flambeau.kernel.Formula;
import dev.flambeau.kernel.Loops;
import dev.flambeau.scalar.Scalar;
import org.jspecify.annotations.Nullable;

/** y = β c + α (a product of a and b);  dc = β g, da and db are the product's of α g. With β = 0, c is not read. */
record AddedProduct(String name, MatrixProducts.Product product, double beta, double alpha) implements Contraction {
  private static final Scalar PRODUCT = Scalar.arg(0).mul(Scalar.arg(1));
  private static final Formula SCALED = Formula.of(PRODUCT, 2);
  private static final Formula SCALED_SUM = Formula.of(Scalar.arg(2).mul(Scalar.arg(3)).add(PRODUCT), 4);

  @Override
  public NdArray forward(NdArray... x) {
    MatrixProducts.checkTypes(Errors.operation(this), x[0], x[1], x[2]);
    Shape shape = product.shape(x[1], x[2]);
    NdArray c = Broadcast.to(Errors.operation(this), x[0], shape);
    NdArray y = NdArray.unwritten(c.type(), shape);
    boolean plain = beta == 1 && alpha == 1;
    if (plain) Loops.copy(y, c);
    product.multiply(y, x[1], x[2], plain);
    NdArray factor = NdArray.scalar(alpha);
    if (beta == 0 && alpha != 1) Loops.map(SCALED, y.type(), y, y, factor);
    else if (beta != 0 && !plain) Loops.map(SCALED_SUM, y.type(), y, y, factor, c, NdArray.scalar(beta));
    return y;
  }

  @Override
  public Saves saves(int i) { return i == 0 ? Saves.NOTHING : Saves.input(3 - i); }

  @Override
  public @Nullable Tensor backward(int i, Saved s, Tensor g) {
    double factor = i == 0 ? beta : alpha;
    Tensor scaled = factor == 1 ? g : g.mul(factor);
    return i == 0 ? scaled : product.backward(i - 1, new Factors(s), scaled);
  }

  /** What a sum with a product saved of the two factors. */
  private record Factors(Saved all) implements Saved {
    @Override
    public Tensor input(int k) { return all.input(k + 1); }

    @Override
    public Tensor output(int k) { return all.output(k); }

    @Override
    public Shape shapeOf(int k) { return all.shapeOf(k + 1); }

    @Override
    public DType dtypeOf(int k) { return all.dtypeOf(k + 1); }

    @Override
    public int inputs() { return 2; }
  }
}
