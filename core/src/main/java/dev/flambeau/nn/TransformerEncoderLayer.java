package dev.flambeau.nn;

import dev.flambeau.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention and two linear layers, each added to its input and normalised (<a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>):
 * {@code x (T, N, E)} → {@code (T, N, E)}; {@code (N, T, E)} where the batch comes first; {@code (T, E)} without a batch.
 */
public final class TransformerEncoderLayer extends Module {
  private final TransformerSizes sizes;
  /** From each step to all. */
  public final MultiheadAttention selfAttn;
  /** To the inner size. */
  public final Linear linear1;
  private final Dropout dropout;
  /** And back. */
  public final Linear linear2;
  /** Of attention and of the linear layers. */
  public final LayerNorm norm1, norm2;
  private final Dropout dropout1, dropout2;

  /** With an inner size of 2048, dropout of 0.1, and ReLU, for inputs (T, N, E). */
  public TransformerEncoderLayer(long dModel, int nhead) {
    this(dModel, nhead, 2048, 0.1, Functional::relu, false);
  }

  /** With ε = 1e-5 and biases, normalising after each part. */
  public TransformerEncoderLayer(long dModel, int nhead, long dimFeedforward, double dropout,
      UnaryOperator<Tensor> activation, boolean batchFirst) {
    this(dModel, nhead, dimFeedforward, dropout, activation, 1e-5, batchFirst, false, true);
  }

  /**
   * With everything chosen.
   *
   * @param activation as in {@code Functional::gelu}
   * @param normFirst whether the input of each part is normalised, not its output
   * @throws IllegalArgumentException unless {@code nhead} divides {@code dModel}
   */
  public TransformerEncoderLayer(long dModel, int nhead, long dimFeedforward, double dropout,
      UnaryOperator<Tensor> activation, double layerNormEps, boolean batchFirst, boolean normFirst, boolean bias) {
    this(new TransformerSizes(dModel, nhead, dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst,
        bias));
  }

  TransformerEncoderLayer(TransformerSizes sizes) {
    this.sizes = sizes;
    selfAttn = sizes.attention();
    linear1 = new Linear(sizes.model(), sizes.feedForward(), sizes.bias());
    dropout = new Dropout(sizes.dropout());
    linear2 = new Linear(sizes.feedForward(), sizes.model(), sizes.bias());
    norm1 = sizes.norm();
    norm2 = sizes.norm();
    dropout1 = new Dropout(sizes.dropout());
    dropout2 = new Dropout(sizes.dropout());
  }

  TransformerEncoderLayer copy() { return TransformerSizes.copy(this, () -> new TransformerEncoderLayer(sizes)); }

  @Override
  public Tensor forward(Tensor x) { return run(x, null, null); }

  /** With masks, as {@link MultiheadAttention} takes them. */
  public Tensor apply(Tensor src, @Nullable Tensor srcMask, @Nullable Tensor srcKeyPaddingMask) {
    return call(in -> one(run(in[0], srcMask, srcKeyPaddingMask)), src)[0];
  }

  private Tensor run(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    if (sizes.normFirst()) {
      Tensor y = x.add(attend(norm1.apply(x), mask, padding));
      return y.add(feed(norm2.apply(y)));
    }
    Tensor y = norm1.apply(x.add(attend(x, mask, padding)));
    return norm2.apply(y.add(feed(y)));
  }

  private Tensor attend(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    return sizes.drop(dropout1, selfAttn.apply(x, x, x, padding, false, mask, true).output());
  }

  private Tensor feed(Tensor x) {
    return dropout2.apply(linear2.apply(dropout.apply(sizes.activation().apply(linear1.apply(x)))));
  }
}
