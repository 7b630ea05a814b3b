package dev.flambeau.examples;

import static dev.flambeau.Torch.*;
import static dev.flambeau.nn.Functional.crossEntropy;

import dev.flambeau.Tensor;
import dev.flambeau.data.DataLoader;
import dev.flambeau.data.Example;
import dev.flambeau.io.TrainingCheckpoint;
import dev.flambeau.nn.Module;
import dev.flambeau.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Trains a network that tells what pictures show, epoch by epoch. After each it is tried on the pictures held out, and all that is needed to go on is saved.
 */
final class Training {
  private static final int TEST_BATCH = 64;

  private final Module model;
  private final Optimizer optimizer;
  private final Pictures pictures;
  private final int batch;
  /** Whether the network as a whole learns; else its normalisations keep what they know. */
  private final boolean whole;
  private final List<Double> losses = new ArrayList<>();
  private int epochsDone;

  Training(Module model, Optimizer optimizer, Pictures pictures, int batch, boolean whole) {
    this.model = model;
    this.optimizer = optimizer;
    this.pictures = pictures;
    this.batch = batch;
    this.whole = whole;
  }

  /** Goes on where the training that saved this file stopped. */
  void resume(Path checkpoint) throws IOException {
    TrainingCheckpoint saved = TrainingCheckpoint.load(checkpoint);
    try {
      model.loadStateDict(saved.model());
      optimizer.loadStateDict(saved.optimizer());
      saved.restoreRandomState();
    } catch (IllegalArgumentException e) {
      throw new IOException(checkpoint + " is not of this training: " + e.getMessage(), e);
    }
    epochsDone = (int) saved.epoch();
    if (saved.extra().get("losses") instanceof Tensor known) for (double loss : known.toDoubleArray()) losses.add(loss);
  }

  /** Trains up to so many epochs; gives the share of the pictures held out that are then told right. */
  double run(int epochs, Path checkpoint) throws IOException {
    double accuracy = epochsDone < epochs ? 0 : accuracy();
    boolean lonely = pictures.train().size() % batch == 1; // one picture alone has no spread to normalise by
    try (var loader = DataLoader.of(pictures.train()).batchSize(batch).shuffle(true).dropLast(lonely).workers(1)) {
      while (epochsDone < epochs) {
        long begun = System.nanoTime();
        epoch(loader, "epoch " + (epochsDone + 1) + " of " + epochs);
        epochsDone++;
        accuracy = accuracy();
        save(checkpoint);
        print(String.format(Locale.ROOT, "epoch %d of %d: %.1f %% of the pictures held out are told right, %.0f s",
            epochsDone, epochs, 100 * accuracy, (System.nanoTime() - begun) / 1e9));
      }
    }
    return accuracy;
  }

  private void epoch(DataLoader<Example<Tensor>> loader, String title) {
    model.train(whole);
    try (Progress progress = Progress.of(title, loader.size())) {
      for (Example<Tensor> examples : loader) {
        Tensor loss = crossEntropy(model.apply(examples.input()), examples.target());
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        losses.add(loss.item());
        progress.step(loss.item());
      }
    }
  }

  private double accuracy() {
    model.eval();
    long right = 0;
    try (var _ = noGrad(); var loader = DataLoader.of(pictures.test()).batchSize(TEST_BATCH).workers(1)) {
      for (Example<Tensor> examples : loader)
        right += model.apply(examples.input()).argmax(1).eq(examples.target()).sum().itemLong();
    }
    return (double) right / pictures.test().size();
  }

  private void save(Path checkpoint) throws IOException {
    TrainingCheckpoint.of(model.stateDict(), optimizer.stateDict()).epoch(epochsDone).step(losses.size())
        .with("losses", tensor(losses())).with("classes", pictures.classes()).save(checkpoint);
  }

  /** The loss of every step so far. */
  double[] losses() { return losses.stream().mapToDouble(Double::doubleValue).toArray(); }
}
