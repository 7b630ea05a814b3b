package dev.flambeau.examples;

import static dev.flambeau.Torch.*;
import static dev.flambeau.nn.Functional.*;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.nn.Embedding;
import dev.flambeau.nn.LayerNorm;
import dev.flambeau.nn.Linear;
import dev.flambeau.nn.Module;
import dev.flambeau.nn.TransformerEncoder;
import dev.flambeau.nn.TransformerEncoderLayer;
import dev.flambeau.nn.Utils;
import dev.flambeau.optim.AdamW;
import java.util.List;

/** A transformer that reads a text letter by letter and tells the next: {@code letters (N, T)} → {@code (N, T, alphabet)}. */
public final class CharTransformer extends Module {
  static final int CONTEXT = 64;
  private static final int WIDTH = 128;
  private static final int BATCH = 16;

  final Embedding letters;
  final Embedding places = new Embedding(CONTEXT, WIDTH);
  final TransformerEncoder blocks;
  final LayerNorm norm = new LayerNorm(WIDTH);
  final Linear out;
  private final transient Tensor later = ones(DType.BOOL, CONTEXT, CONTEXT).triu(1);

  CharTransformer(long alphabet) {
    letters = new Embedding(alphabet, WIDTH);
    blocks = new TransformerEncoder(
        new TransformerEncoderLayer(WIDTH, 4, 512, 0, x -> gelu(x), 1e-5, true, true, true), 2);
    out = new Linear(WIDTH, alphabet);
  }

  @Override
  public Tensor forward(Tensor x) {
    long t = x.size(1);
    Tensor h = letters.apply(x).add(places.apply(arange(t)));
    h = blocks.apply(h, later.narrow(0, 0, t).narrow(1, 0, t), null); // nobody sees what comes later
    return out.apply(norm.apply(h));
  }

  /** Learns to tell the next letter, at every place of random pieces of the text; gives the last loss. */
  static double train(CharTransformer model, Tensor text, long steps) {
    var optimizer = new AdamW(model.parameters(), 1e-3);
    double last = Double.NaN;
    model.train();
    try (Progress progress = Progress.of(steps)) {
      for (long step = 0; step < steps; step++) {
        Tensor starts = randint(0, text.size(0) - CONTEXT, BATCH);
        Tensor piece = text.get(starts.unsqueeze(1).add(arange(CONTEXT + 1))); // (BATCH, CONTEXT + 1)
        Tensor scores = model.apply(piece.narrow(1, 0, CONTEXT));
        Tensor loss = crossEntropy(scores.flatten(0, 1), piece.narrow(1, 1, CONTEXT).flatten());
        optimizer.zeroGrad();
        loss.backward();
        Utils.clipGradNorm_(model.parameters(), 1);
        optimizer.step();
        last = loss.item();
        progress.step(last);
      }
    }
    return last;
  }

  /** Goes on with a text, drawing letter after letter from what the network tells. */
  static Tensor goOn(CharTransformer model, Tensor begun, long count) {
    model.eval();
    try (var _ = noGrad()) {
      Tensor text = begun;
      for (long i = 0; i < count; i++) {
        Tensor seen = text.narrow(0, Math.max(0, text.size(0) - CONTEXT), Math.min(CONTEXT, text.size(0)));
        Tensor shares = softmax(model.apply(seen.unsqueeze(0)).get(0, -1).div(0.8), 0);
        Tensor drawn = shares.cumsum(0).lt(rand(1)).sum().clampMax(shares.size(0) - 1);
        text = cat(List.of(text, drawn.unsqueeze(0)), 0);
      }
      return text;
    }
  }
}
