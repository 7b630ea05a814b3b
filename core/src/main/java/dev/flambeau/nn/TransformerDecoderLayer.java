package dev.flambeau.nn;

import dev.flambeau.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention, attention to a memory and two linear layers, each added to its input and normalised
 * (<a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>): {@code x (T, N, E)} and {@code memory (S, N, E)} → {@code (T, N, E)};
 * {@code (N, T, E)} where the batch comes first; {@code (T, E)} without a batch.
 */
public final class TransformerDecoderLayer extends Module {
  private final TransformerSizes sizes;
  /** From each step to all, and to the memory. */
  public final MultiheadAttention selfAttn, multiheadAttn;
  /** To the inner size. */
  public final Linear linear1;
  private final Dropout dropout;
  /** And back. */
  public final Linear linear2;
  /** Of both attentions and of the linear layers. */
  public final LayerNorm norm1, norm2, norm3;
  private final Dropout dropout1, dropout2, dropout3;

  /** With an inner size of 2048, dropout of 0.1, and ReLU, for inputs (T, N, E). */
  public TransformerDecoderLayer(long dModel, int nhead) {
    this(dModel, nhead, 2048, 0.1, Functional::relu, false);
  }

  /** With ε = 1e-5 and biases, normalising after each part. */
  public TransformerDecoderLayer(long dModel, int nhead, long dimFeedforward, double dropout,
      UnaryOperator<Tensor> activation, boolean batchFirst) {
    this(dModel, nhead, dimFeedforward, dropout, activation, 1e-5, batchFirst, false, true);
  }

  /** With everything chosen, as of {@link TransformerEncoderLayer}. */
  public TransformerDecoderLayer(long dModel, int nhead, long dimFeedforward, double dropout,
      UnaryOperator<Tensor> activation, double layerNormEps, boolean batchFirst, boolean normFirst, boolean bias) {
    this(new TransformerSizes(dModel, nhead, dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst,
        bias));
  }

  TransformerDecoderLayer(TransformerSizes sizes) {
    this.sizes = sizes;
    selfAttn = sizes.attention();
    multiheadAttn = sizes.attention();
    linear1 = new Linear(sizes.model(), sizes.feedForward(), sizes.bias());
    dropout = new Dropout(sizes.dropout());
    linear2 = new Linear(sizes.feedForward(), sizes.model(), sizes.bias());
    norm1 = sizes.norm();
    norm2 = sizes.norm();
    norm3 = sizes.norm();
    dropout1 = new Dropout(sizes.dropout());
    dropout2 = new Dropout(sizes.dropout());
    dropout3 = new Dropout(sizes.dropout());
  }

  TransformerDecoderLayer copy() { return TransformerSizes.copy(this, () -> new TransformerDecoderLayer(sizes)); }

  /** Without masks. */
  public Tensor apply(Tensor tgt, Tensor memory) { return apply(tgt, memory, null, null, null, null); }

  /** With masks, as {@link MultiheadAttention} takes them. */
  public Tensor apply(Tensor tgt, Tensor memory, @Nullable Tensor tgtMask, @Nullable Tensor memoryMask,
      @Nullable Tensor tgtKeyPaddingMask, @Nullable Tensor memoryKeyPaddingMask) {
    return call(in -> {
      Tensor x = in[0];
      boolean first = sizes.normFirst();
      Tensor a = first ? norm1.apply(x) : x;
      x = x.add(sizes.drop(dropout1, selfAttn.apply(a, a, a, tgtKeyPaddingMask, false, tgtMask, true).output()));
      if (!first) x = norm1.apply(x);
      Tensor b = first ? norm2.apply(x) : x;
      x = x.add(sizes.drop(dropout2,
          multiheadAttn.apply(b, in[1], in[1], memoryKeyPaddingMask, false, memoryMask, true).output()));
      if (!first) x = norm2.apply(x);
      Tensor c = first ? norm3.apply(x) : x;
      x = x.add(dropout3.apply(linear2.apply(dropout.apply(sizes.activation().apply(linear1.apply(c))))));
      return one(first ? x : norm3.apply(x));
    }, tgt, memory)[0];
  }
}
