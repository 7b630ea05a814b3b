package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An encoder, and a decoder that attends to what it gives (<a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>): {@code src (S, N, E)} and
 * {@code tgt (T, N, E)} → {@code (T, N, E)}; {@code (N, S, E)} and so on where the batch comes first. Matrices are Xavier uniform at first.
 */
public final class Transformer extends Module {
  /** Of the source. */
  public final TransformerEncoder encoder;
  /** Of the target. */
  public final TransformerDecoder decoder;

  /** Six layers each, with an inner size of 2048, dropout of 0.1, and ReLU, for inputs (S, N, E). */
  public Transformer(long dModel, int nhead) {
    this(dModel, nhead, 6, 6, 2048, 0.1, Functional::relu, 1e-5, false, false, true);
  }

  /** With everything chosen, as of {@link TransformerEncoderLayer}. */
  public Transformer(long dModel, int nhead, int numEncoderLayers, int numDecoderLayers, long dimFeedforward,
      double dropout, UnaryOperator<Tensor> activation, double layerNormEps, boolean batchFirst, boolean normFirst,
      boolean bias) {
    TransformerSizes sizes = new TransformerSizes(dModel, nhead, dimFeedforward, dropout, activation, layerNormEps,
        batchFirst, normFirst, bias);
    encoder = new TransformerEncoder(new TransformerEncoderLayer(sizes), numEncoderLayers, sizes.norm());
    decoder = new TransformerDecoder(new TransformerDecoderLayer(sizes), numDecoderLayers, sizes.norm());
    for (Tensor parameter : parameters()) if (parameter.dim() > 1) Init.xavierUniform_(parameter);
  }

  /** A mask (size, size) of numbers that keeps each step from looking at later ones. */
  public static Tensor generateSquareSubsequentMask(long size) {
    return Torch.full(Double.NEGATIVE_INFINITY, size, size).triu(1);
  }

  /** Without masks. */
  public Tensor apply(Tensor src, Tensor tgt) { return apply(src, tgt, null, null, null, null, null, null); }

  /** With masks, as {@link MultiheadAttention} takes them. */
  public Tensor apply(Tensor src, Tensor tgt, @Nullable Tensor srcMask, @Nullable Tensor tgtMask,
      @Nullable Tensor memoryMask, @Nullable Tensor srcKeyPaddingMask, @Nullable Tensor tgtKeyPaddingMask,
      @Nullable Tensor memoryKeyPaddingMask) {
    return call(in -> one(decoder.apply(in[1], encoder.apply(in[0], srcMask, srcKeyPaddingMask), tgtMask, memoryMask,
        tgtKeyPaddingMask, memoryKeyPaddingMask)), src, tgt)[0];
  }
}
