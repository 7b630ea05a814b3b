package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** Some {@link TransformerEncoderLayer}s on top of each other. */
public final class TransformerEncoder extends Module {
  /** The layers; they begin as equals. */
  public final ModuleList<TransformerEncoderLayer> layers;
  private final @Nullable Module norm;

  /** Copies of {@code layer}. */
  public TransformerEncoder(TransformerEncoderLayer layer, int numLayers) { this(layer, numLayers, null); }

  /** Copies of {@code layer}, and then {@code norm}. */
  public TransformerEncoder(TransformerEncoderLayer layer, int numLayers, @Nullable Module norm) {
    this.layers = ModuleList.of(numLayers, _ -> layer.copy());
    this.norm = norm;
  }

  @Override
  public Tensor forward(Tensor x) { return run(x, null, null); }

  /** With masks, as {@link MultiheadAttention} takes them. */
  public Tensor apply(Tensor src, @Nullable Tensor mask, @Nullable Tensor srcKeyPaddingMask) {
    return call(in -> one(run(in[0], mask, srcKeyPaddingMask)), src)[0];
  }

  private Tensor run(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    Tensor y = x;
    for (TransformerEncoderLayer layer : layers) y = layer.apply(y, mask, padding);
    return norm == null ? y : norm.apply(y);
  }
}
