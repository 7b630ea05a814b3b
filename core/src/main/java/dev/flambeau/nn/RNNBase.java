package dev.flambeau.nn;

import dev.flambeau.RecurrentCell;
import dev.flambeau.RecurrentLayers;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Layers that read a sequence step by step, one layer on top of the other, forwards or in both directions: {@code x (T, N, in)} → {@code (T, N, D · hidden)},
 * with D = 2 for both directions, else 1; {@code (N, T, …)} where the batch comes first; {@code (T, …)} without a batch.
 *
 * <p>Parameters have PyTorch's names, {@code weight_ih_l0} to {@code bias_hh_l0_reverse} and so on, and are uniform in ±1/√hidden at first. {@link #apply(Tensor)}
 * begins with states of zeros and gives the states of the last layer at all steps.
 */
public abstract sealed class RNNBase extends Module permits RNN, LSTM, GRU {
  private final RecurrentCell cell;
  /** Size of the last dimension of the input, and of a state. */
  public final long inputSize, hiddenSize;
  /** Layers on top of each other. */
  public final int numLayers;
  /** Whether inputs and outputs are (N, T, …). */
  public final boolean batchFirst;
  /** Whether sequences are also read from their end. */
  public final boolean bidirectional;
  private final boolean bias;
  private final double dropout;
  /** The parameters of each layer and direction. */
  private final transient List<Tensor[]> weights = new ArrayList<>();

  RNNBase(RecurrentCell cell, long inputSize, long hiddenSize, int numLayers, boolean bias, boolean batchFirst,
      double dropout, boolean bidirectional) {
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.numLayers = numLayers;
    this.bias = bias;
    this.batchFirst = batchFirst;
    this.dropout = dropout;
    this.bidirectional = bidirectional;
    if (hiddenSize <= 0 || numLayers <= 0 || !(dropout >= 0 && dropout <= 1)) {
      throw new IllegalArgumentException(name() + ": takes a positive hidden size and number of layers, and a dropout"
          + " in 0 … 1, but got " + hiddenSize + ", " + numLayers + " and " + dropout);
    }
    for (int layer = 0; layer < numLayers; layer++) {
      long in = layer == 0 ? inputSize : hiddenSize * directions();
      for (int d = 0; d < directions(); d++) {
        String suffix = "_l" + layer + (d == 0 ? "" : "_reverse");
        Tensor[] all = fresh(cell, in, hiddenSize, bias);
        for (int k = 0; k < all.length; k++) register(NAMES.get(k) + suffix, all[k]);
        weights.add(all);
      }
    }
  }

  private static final List<String> NAMES = List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh");

  /** New parameters of one cell. */
  static Tensor[] fresh(RecurrentCell cell, long in, long hidden, boolean bias) {
    double bound = 1 / Math.sqrt((double) hidden);
    long rows = cell.gates * hidden;
    Tensor[] all = new Tensor[bias ? 4 : 2];
    for (int k = 0; k < all.length; k++) {
      Tensor empty = k > 1 ? Torch.empty(rows) : Torch.empty(rows, k == 0 ? in : hidden);
      all[k] = parameter(Init.uniform_(empty, -bound, bound));
    }
    return all;
  }

  private int directions() { return bidirectional ? 2 : 1; }

  /** The states at all steps, and for the state and, if there is one, the memory, the last of each layer and direction. Inputs: x, and first states. */
  final Tensor[] run(Tensor... in) {
    int rank = in[0].dim();
    if (rank != 2 && rank != 3 || in[0].size(-1) != inputSize) {
      throw new IllegalArgumentException(name() + ": takes an input of shape "
          + (batchFirst ? "(batch, steps, " : "(steps, batch, ") + inputSize + "), or (steps, " + inputSize
          + ") without a batch, but got " + Arrays.toString(in[0].shape()));
    }
    boolean single = rank == 2;
    Tensor x = single ? in[0].unsqueeze(1) : batchFirst ? in[0].transpose(0, 1) : in[0];
    int states = cell == RecurrentCell.LSTM ? 2 : 1;
    Tensor[] first = new Tensor[states];
    for (int k = 0; k < states; k++) {
      if (in.length == 1) first[k] = Torch.zeros(x.dtype(), weights.size(), x.size(1), hiddenSize);
      else first[k] = initial(in[k + 1], single, x.size(1));
    }
    List<List<Tensor>> last = List.of(new ArrayList<>(), new ArrayList<>());
    for (int layer = 0; layer < numLayers; layer++) {
      if (layer > 0) x = Functional.dropout(x, dropout, isTraining());
      List<Tensor> outputs = new ArrayList<>();
      for (int d = 0; d < directions(); d++) {
        int place = layer * directions() + d;
        Tensor[] y = RecurrentLayers.run(cell, d == 1, x, first[0].select(0, place),
            states == 2 ? first[1].select(0, place) : null, weights.get(place));
        outputs.add(y[0]);
        last.get(0).add(y[0].select(0, d == 1 ? 0 : -1));
        if (states == 2) last.get(1).add(y[1]);
      }
      x = outputs.size() == 1 ? outputs.getFirst() : Torch.cat(outputs, 2);
    }
    Tensor[] out = new Tensor[states + 1];
    out[0] = single ? x.squeeze(1) : batchFirst ? x.transpose(0, 1) : x;
    for (int k = 0; k < states; k++) {
      Tensor all = Torch.stack(last.get(k), 0);
      out[k + 1] = single ? all.squeeze(1) : all;
    }
    return out;
  }

  private Tensor initial(Tensor given, boolean single, long batch) {
    long[] wanted = single ? new long[] {weights.size(), hiddenSize} : new long[] {weights.size(), batch, hiddenSize};
    if (!Arrays.equals(given.shape(), wanted)) {
      throw new IllegalArgumentException(name() + ": takes first states of shape " + Arrays.toString(wanted)
          + " (layers and directions, batch, hidden) for this input, but got " + Arrays.toString(given.shape()));
    }
    return single ? given.unsqueeze(1) : given;
  }

  @Override
  public Tensor forward(Tensor x) { return run(x)[0]; }

  @Override
  protected String extraRepr() {
    StringBuilder text = new StringBuilder(inputSize + ", " + hiddenSize);
    if (numLayers != 1) text.append(", num_layers=").append(numLayers);
    if (!bias) text.append(", bias=False");
    if (batchFirst) text.append(", batch_first=True");
    if (dropout != 0) text.append(", dropout=").append(PythonText.of(dropout));
    if (bidirectional) text.append(", bidirectional=True");
    return text.toString();
  }
}
