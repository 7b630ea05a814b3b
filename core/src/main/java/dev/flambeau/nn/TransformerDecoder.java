package dev.flambeau.nn;

import dev.flambeau.Tensor;
import org.jspecify.annotations.Nullable;

/** Some {@link TransformerDecoderLayer}s on top of each other. */
public final class TransformerDecoder extends Module {
  /** The layers; they begin as equals. */
  public final ModuleList<TransformerDecoderLayer> layers;
  private final @Nullable Module norm;

  /** Copies of {@code layer}. */
  public TransformerDecoder(TransformerDecoderLayer layer, int numLayers) { this(layer, numLayers, null); }

  /** Copies of {@code layer}, and then {@code norm}. */
  public TransformerDecoder(TransformerDecoderLayer layer, int numLayers, @Nullable Module norm) {
    this.layers = ModuleList.of(numLayers, _ -> layer.copy());
    this.norm = norm;
  }

  /** Without masks. */
  public Tensor apply(Tensor tgt, Tensor memory) { return apply(tgt, memory, null, null, null, null); }

  /** With masks, as {@link MultiheadAttention} takes them. */
  public Tensor apply(Tensor tgt, Tensor memory, @Nullable Tensor tgtMask, @Nullable Tensor memoryMask,
      @Nullable Tensor tgtKeyPaddingMask, @Nullable Tensor memoryKeyPaddingMask) {
    return call(in -> {
      Tensor y = in[0];
      for (TransformerDecoderLayer layer : layers) {
        y = layer.apply(y, in[1], tgtMask, memoryMask, tgtKeyPaddingMask, memoryKeyPaddingMask);
      }
      return one(norm == null ? y : norm.apply(y));
    }, tgt, memory)[0];
  }
}
