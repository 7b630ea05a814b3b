package dev.flambeau.nn;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table by their numbers: {@code index (*)} of integers → {@code (*, dim)}, as in
 * <a href="https://pytorch.org/docs/stable/generated/torch.nn.Embedding.html">torch.nn.Embedding</a>.
 */
public final class Embedding extends Module {
  /** Size of the table. */
  public final long numEmbeddings, embeddingDim;
  private final @Nullable Long paddingIdx;
  private final @Nullable Double maxNorm;
  private final double normType;
  /** Shape (num, dim); normal numbers at first. */
  public Tensor weight;

  /** Every row learns. */
  public Embedding(long numEmbeddings, long embeddingDim) { this(numEmbeddings, embeddingDim, null, null, 2); }

  /** The row {@code paddingIdx} is zero at first and does not learn. */
  public Embedding(long numEmbeddings, long embeddingDim, long paddingIdx) {
    this(numEmbeddings, embeddingDim, paddingIdx, null, 2);
  }

  /**
   * With all choices.
   *
   * @param paddingIdx a row, negative ones counting from the end, that is zero at first and does not learn
   * @param maxNorm rows whose {@code normType}-norm is greater are shortened to it, in the table, when they are looked up
   * @throws IllegalArgumentException if there is no row {@code paddingIdx}
   */
  public Embedding(long numEmbeddings, long embeddingDim, @Nullable Long paddingIdx, @Nullable Double maxNorm,
      double normType) {
    this(Init.normal_(Torch.empty(numEmbeddings, embeddingDim), 0, 1), paddingIdx, maxNorm, normType);
    if (this.paddingIdx != null) Init.zeros_(weight.select(0, this.paddingIdx));
  }

  private Embedding(Tensor table, @Nullable Long paddingIdx, @Nullable Double maxNorm, double normType) {
    numEmbeddings = table.size(0);
    embeddingDim = table.size(1);
    if (paddingIdx != null && (paddingIdx < -numEmbeddings || paddingIdx >= numEmbeddings)) {
      throw new IllegalArgumentException(
          "Embedding: there are " + numEmbeddings + " rows, so none for padding with number " + paddingIdx);
    }
    this.paddingIdx = paddingIdx != null && paddingIdx < 0 ? Long.valueOf(paddingIdx + numEmbeddings) : paddingIdx;
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.weight = parameter(table);
  }

  /**
   * With this table, which does not learn if {@code freeze}.
   *
   * @throws IllegalArgumentException unless it is a matrix
   */
  public static Embedding fromPretrained(Tensor table, boolean freeze) {
    if (table.dim() != 2) {
      throw new IllegalArgumentException("fromPretrained: the table is a matrix (num, dim), but has shape "
          + Arrays.toString(table.shape()));
    }
    Embedding embedding = new Embedding(table.detach(), null, null, 2);
    embedding.weight.requiresGrad_(!freeze);
    return embedding;
  }

  @Override
  public Tensor forward(Tensor index) {
    if (maxNorm != null) shorten(index.unique(), maxNorm);
    return paddingIdx == null ? Functional.embedding(index, weight) : Functional.embedding(index, weight, paddingIdx);
  }

  private void shorten(Tensor rows, double greatest) {
    try (var _ = Torch.noGrad()) {
      Tensor found = weight.indexSelect(0, rows);
      Tensor norms = found.norm(normType, 1, true);
      Tensor factors = norms.add(1e-7).reciprocal().mul(greatest).where(norms.gt(greatest), Torch.onesLike(norms));
      weight.indexCopy_(0, rows, found.mul(factors));
    }
  }

  @Override
  protected String extraRepr() {
    return numEmbeddings + ", " + embeddingDim + (paddingIdx == null ? "" : ", padding_idx=" + paddingIdx)
        + (maxNorm == null ? "" : ", max_norm=" + PythonText.of(maxNorm))
        + (normType == 2 ? "" : ", norm_type=" + PythonText.of(normType));
  }
}
