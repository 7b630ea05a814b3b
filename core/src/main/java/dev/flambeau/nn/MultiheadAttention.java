package dev.flambeau.nn;

import static java.util.Objects.requireNonNull;

import dev.flambeau.Attentions;
import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads (<a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>): queries {@code (T, N, E)}, keys {@code (S, N, kdim)} and
 * values {@code (S, N, vdim)} → {@code (T, N, E)}; {@code (N, T, …)} where the batch comes first; {@code (T, …)} without a batch. {@link #apply(Tensor)} is
 * self-attention.
 */
public final class MultiheadAttention extends Module {
  /** What is looked up, and how much at each key: (N, T, S), or (N, heads, T, S) if not averaged; null if not asked for. */
  public record Output(Tensor output, @Nullable Tensor weights) {}

  /** Size E of queries and outputs. */
  public final long embedDim;
  /** Heads, each of size E / heads. */
  public final int numHeads;
  /** Whether inputs and outputs are (N, T, …). */
  public final boolean batchFirst;
  private final double dropout;
  /** Shape (3 E, E), for queries, keys and values of one size. */
  public @Nullable Tensor inProjWeight;
  /** Shapes (E, E), (E, kdim), (E, vdim), for sizes of their own. */
  public @Nullable Tensor qProjWeight, kProjWeight, vProjWeight;
  /** Shape (3 E). */
  public @Nullable Tensor inProjBias;
  /** From all heads to the output. */
  public final Linear outProj;

  /** Without dropout, with biases, for inputs (T, N, E). */
  public MultiheadAttention(long embedDim, int numHeads) { this(embedDim, numHeads, 0, true, false); }

  /** For keys and values of size {@code embedDim}. */
  public MultiheadAttention(long embedDim, int numHeads, double dropout, boolean bias, boolean batchFirst) {
    this(embedDim, numHeads, dropout, bias, embedDim, embedDim, batchFirst);
  }

  /**
   * For keys and values of any sizes.
   *
   * @param dropout the probability of zeros, in training, among the weights
   * @param batchFirst whether inputs and outputs are (N, T, …), not (T, N, …)
   * @throws IllegalArgumentException unless {@code numHeads} divide {@code embedDim}
   */
  public MultiheadAttention(long embedDim, int numHeads, double dropout, boolean bias, long kdim, long vdim,
      boolean batchFirst) {
    if (numHeads <= 0 || embedDim <= 0 || embedDim % numHeads != 0) {
      throw new IllegalArgumentException("MultiheadAttention: the heads must divide the size of an embedding, but there"
          + " are " + numHeads + " for a size of " + embedDim);
    }
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.dropout = dropout;
    this.batchFirst = batchFirst;
    outProj = new Linear(embedDim, embedDim, bias) {
      @Override
      protected String name() { return "NonDynamicallyQuantizableLinear"; }
    };
    if (outProj.bias != null) Init.zeros_(outProj.bias);
    if (kdim == embedDim && vdim == embedDim) {
      inProjWeight = weight(3 * embedDim, embedDim);
    } else {
      qProjWeight = weight(embedDim, embedDim);
      kProjWeight = weight(embedDim, kdim);
      vProjWeight = weight(embedDim, vdim);
    }
    inProjBias = bias ? parameter(Torch.zeros(3 * embedDim)) : null;
  }

  private static Tensor weight(long out, long in) { return parameter(Init.xavierUniform_(Torch.empty(out, in))); }

  @Override
  public Tensor forward(Tensor x) { return attend(x, x, x, null, false, null, true).output; }

  /** The output, and the weights averaged over the heads. */
  public Output apply(Tensor query, Tensor key, Tensor value) {
    return apply(query, key, value, null, true, null, true);
  }

  /**
   * Attention with masks, in which truth values are true where a key may <em>not</em> be looked at, and numbers are added.
   *
   * @param keyPaddingMask for each key, (N, S)
   * @param needWeights whether the weights are wanted; without, it is faster
   * @param attnMask for each query and key, (T, S), or (N · heads, T, S)
   * @param averageAttnWeights whether the weights are averaged over the heads
   * @throws IllegalArgumentException if shapes do not fit
   */
  public Output apply(Tensor query, Tensor key, Tensor value, @Nullable Tensor keyPaddingMask, boolean needWeights,
      @Nullable Tensor attnMask, boolean averageAttnWeights) {
    Tensor[] y = call(in -> {
      boolean same = query == key && key == value;
      Output all = attend(in[0], same ? in[0] : in[1], same ? in[0] : in[2], keyPaddingMask, needWeights, attnMask,
          averageAttnWeights);
      return all.weights == null ? one(all.output) : new Tensor[] {all.output, all.weights};
    }, query, key, value);
    return new Output(y[0], needWeights ? y[1] : null);
  }

  private Output attend(Tensor query, Tensor key, Tensor value, @Nullable Tensor keyPaddingMask, boolean needWeights,
      @Nullable Tensor attnMask, boolean averageAttnWeights) {
    check(query, key, value);
    boolean single = query.dim() == 2;
    boolean rowsFirst = batchFirst && !single;
    Tensor[] heads = projected(query, key, value, single);
    for (int k = 0; k < 3; k++) {
      heads[k] = rowsFirst ? heads[k].transpose(1, 2) : heads[k].permute(1, 2, 0, 3);
    }
    Tensor mask = mask(heads[0], heads[1], keyPaddingMask, attnMask);
    double rate = isTraining() ? dropout : 0;
    Tensor seen = null;
    Tensor y;
    if (needWeights) {
      seen = Attentions.shares(heads[0], heads[1], mask, 1 / Math.sqrt((double) embedDim / numHeads));
      seen = Functional.dropout(seen, rate, true);
      y = seen.matmul(heads[2]);
      if (averageAttnWeights) seen = seen.mean(1);
      if (single) seen = seen.squeeze(0);
    } else {
      y = Functional.scaledDotProductAttention(heads[0], heads[1], heads[2], mask, rate, false, null);
    }
    Tensor joined = rowsFirst ? y.transpose(1, 2) : y.permute(2, 0, 1, 3);
    Tensor out = outProj.apply(joined.flatten(-2, -1));
    return new Output(single ? out.squeeze(1) : out, seen);
  }

  private void check(Tensor query, Tensor key, Tensor value) {
    int rank = query.dim();
    long in = kProjWeight == null ? embedDim : kProjWeight.size(1);
    long of = vProjWeight == null ? embedDim : vProjWeight.size(1);
    boolean fits = (rank == 2 || rank == 3) && key.dim() == rank && value.dim() == rank && query.size(-1) == embedDim
        && key.size(-1) == in && value.size(-1) == of
        && Arrays.equals(key.shape(), 0, rank - 1, value.shape(), 0, rank - 1)
        && (rank == 2 || query.size(batchFirst ? 0 : 1) == key.size(batchFirst ? 0 : 1));
    if (fits) return;
    String lead = batchFirst ? "(batch, steps, " : "(steps, batch, ";
    throw new IllegalArgumentException("MultiheadAttention: takes queries " + lead + embedDim + "), keys " + lead + in
        + ") and values " + lead + of + "), or all without a batch, but got shapes " + Arrays.toString(query.shape())
        + ", " + Arrays.toString(key.shape()) + " and " + Arrays.toString(value.shape()));
  }

  /** Queries, keys and values, each of shape (…, heads, size); steps come first if there is a single sequence. */
  private Tensor[] projected(Tensor query, Tensor key, Tensor value, boolean single) {
    long size = embedDim / numHeads;
    if (inProjWeight != null && query == key && key == value) {
      Tensor packed = query.linear(inProjWeight, inProjBias).unflatten(-1, 3, numHeads, size);
      return (single ? packed.unsqueeze(1) : packed).unbind(2);
    }
    Tensor[] weights = inProjWeight != null ? inProjWeight.chunk(3, 0)
        : new Tensor[] {requireNonNull(qProjWeight), requireNonNull(kProjWeight), requireNonNull(vProjWeight)};
    Tensor[] biases = inProjBias == null ? null : inProjBias.chunk(3, 0);
    Tensor[] in = {query, key, value};
    for (int k = 0; k < 3; k++) {
      Tensor y = in[k].linear(weights[k], biases == null ? null : biases[k]).unflatten(-1, numHeads, size);
      in[k] = single ? y.unsqueeze(1) : y;
    }
    return in;
  }

  /** Both masks as numbers to add, (N or 1, heads or 1, T or 1, S). */
  private @Nullable Tensor mask(Tensor q, Tensor k, @Nullable Tensor keyPaddingMask, @Nullable Tensor attnMask) {
    long batch = q.size(0);
    long steps = q.size(2);
    long keys = k.size(2);
    Tensor of = null;
    if (attnMask != null) {
      boolean each = attnMask.dim() == 3;
      expect("attnMask", attnMask, each ? new long[] {batch * numHeads, steps, keys} : new long[] {steps, keys});
      of = numbers(attnMask, q);
      of = each ? of.unflatten(0, batch, numHeads) : of.unsqueeze(0).unsqueeze(0);
    }
    if (keyPaddingMask == null) return of;
    boolean single = keyPaddingMask.dim() == 1;
    expect("keyPaddingMask", keyPaddingMask, single ? new long[] {keys} : new long[] {batch, keys});
    Tensor padding = numbers(keyPaddingMask, q).view(single ? 1 : batch, 1, 1, keys);
    return of == null ? padding : of.add(padding);
  }

  private static Tensor numbers(Tensor mask, Tensor like) {
    if (mask.dtype() != DType.BOOL) return mask.to(like.dtype());
    return Torch.zeros(like.dtype(), mask.shape()).maskedFill(mask, Double.NEGATIVE_INFINITY);
  }

  private static void expect(String name, Tensor mask, long... shape) {
    if (Arrays.equals(mask.shape(), shape)) return;
    throw new IllegalArgumentException("MultiheadAttention: the " + name + " must have shape " + Arrays.toString(shape)
        + ", but has " + Arrays.toString(mask.shape()));
  }
}
