package dev.flambeau.catalogue;

import static dev.flambeau.nn.Functional.scaledDotProductAttention;

import dev.flambeau.RecurrentCell;
import dev.flambeau.RecurrentLayers;
import dev.flambeau.Tensor;
import java.util.Arrays;

/** Recurrent layers and attention with masks. */
final class RecurrentRows {
  private RecurrentRows() {}

  static void add(Catalogue c) {
    c.rows("rnn.tanh", x -> states(RecurrentCell.RNN_TANH, x));
    c.rows("rnn.relu", x -> states(RecurrentCell.RNN_RELU, x));
    c.rows("lstm", x -> states(RecurrentCell.LSTM, x));
    c.rows("gru", x -> states(RecurrentCell.GRU, x));
    for (String mask : new String[] {"masked", "truths", "learned"}) {
      c.row("scaledDotProductAttention." + mask,
          x -> scaledDotProductAttention(x[0], x[1], x[2], x[3], 0, false, null).mul(1));
    }
    c.row("scaledDotProductAttention.causal",
        x -> scaledDotProductAttention(x[0], x[1], x[2], null, 0, true, null).mul(1));
  }

  private static Tensor[] states(RecurrentCell cell, Tensor... x) {
    Tensor memory = x.length > 6 ? x[6].squeeze(0) : null;
    Tensor[] y = RecurrentLayers.run(cell, false, x[0], x[1].squeeze(0), memory, Arrays.copyOfRange(x, 2, 6));
    Tensor all = y[0].mul(1);
    Tensor last = y[0].select(0, -1).unsqueeze(0).mul(1);
    return y.length == 1 ? new Tensor[] {all, last} : new Tensor[] {all, last, y[1].unsqueeze(0).mul(1)};
  }
}
