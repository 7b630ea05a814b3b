package dev.flambeau.examples;

import static dev.flambeau.Torch.*;
import static dev.flambeau.nn.Functional.mseLoss;

import dev.flambeau.Tensor;
import dev.flambeau.nn.LSTM;
import dev.flambeau.nn.Linear;
import dev.flambeau.nn.Module;
import dev.flambeau.optim.Adam;
import java.util.List;
import java.util.Locale;

/** An LSTM sees forty values of a sine wave and tells the next, for waves of any phase; then it goes on from its own predictions. */
public final class SineLstm extends Module {
  private static final int SEEN = 40;
  private static final int TOLD = 40;
  private static final int BATCH = 32;
  static final int STEPS = 300;
  private static final double PACE = 0.25;

  final LSTM lstm = new LSTM(1, 32, 1, true, true, 0, false);
  final Linear out = new Linear(32, 1);

  /** {@code x (N, T, 1)} → what follows each value, {@code (N, T, 1)}. */
  @Override
  public Tensor forward(Tensor x) { return out.apply(lstm.apply(x)); }

  /** {@code count} waves of random phase, {@code (count, length, 1)}. */
  private static Tensor waves(long count, long length) {
    Tensor phase = rand(count, 1).mul(2 * Math.PI);
    return arange(length).mul(PACE).add(phase).sin().unsqueeze(2);
  }

  static double train(SineLstm model, int steps) {
    var optimizer = new Adam(model.parameters(), 1e-2);
    double last = Double.NaN;
    try (Progress progress = Progress.of(steps)) {
      for (int step = 0; step < steps; step++) {
        Tensor wave = waves(BATCH, SEEN + 1);
        Tensor loss = mseLoss(model.apply(wave.narrow(1, 0, SEEN)), wave.narrow(1, 1, SEEN));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        last = loss.item();
        progress.step(last);
      }
    }
    return last;
  }

  /** The mean distance, from the true wave, of forty values that the network tells one after the other. */
  static double goOn(SineLstm model) {
    try (var _ = noGrad()) {
      Tensor truth = waves(1, SEEN + TOLD);
      Tensor known = truth.narrow(1, 0, SEEN);
      for (int i = 0; i < TOLD; i++) known = cat(List.of(known, model.apply(known).narrow(1, -1, 1)), 1);
      for (int i = SEEN - 8; i < SEEN + TOLD; i += 2)
        print(line(truth.get(0, i, 0).item(), known.get(0, i, 0).item(), i < SEEN));
      return known.sub(truth).narrow(1, SEEN, TOLD).abs().mean().item();
    }
  }

  private static String line(double truth, double told, boolean seen) {
    StringBuilder line = new StringBuilder(" ".repeat(61));
    line.setCharAt((int) Math.round(30 + 25 * truth), '.');
    line.setCharAt(Math.clamp(Math.round(30 + 25 * told), 0, 60), seen ? '.' : 'o');
    return line.toString().stripTrailing();
  }

  /** Trains, and draws a wave: points are the truth, circles what the network tells. */
  public static void main(String... args) {
    manualSeed(0);
    SineLstm model = new SineLstm();
    train(model, STEPS);
    print(String.format(Locale.ROOT, "mean distance from the wave, over %d values told: %.3f", TOLD, goOn(model)));
  }
}
