package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.data.DataLoader;
import dev.flambeau.data.TensorDataset;
import dev.flambeau.nn.BatchNorm1d;
import dev.flambeau.nn.Dropout;
import dev.flambeau.nn.Functional;
import dev.flambeau.nn.Linear;
import dev.flambeau.nn.ReLU;
import dev.flambeau.nn.Sequential;
import dev.flambeau.optim.Adadelta;
import dev.flambeau.optim.Adagrad;
import dev.flambeau.optim.Adam;
import dev.flambeau.optim.AdamW;
import dev.flambeau.optim.LBFGS;
import dev.flambeau.optim.Optimizer;
import dev.flambeau.optim.RMSprop;
import dev.flambeau.optim.SGD;
import dev.flambeau.optim.lrscheduler.ChainedScheduler;
import dev.flambeau.optim.lrscheduler.CosineAnnealingLR;
import dev.flambeau.optim.lrscheduler.CosineAnnealingWarmRestarts;
import dev.flambeau.optim.lrscheduler.ExponentialLR;
import dev.flambeau.optim.lrscheduler.LRScheduler;
import dev.flambeau.optim.lrscheduler.LambdaLR;
import dev.flambeau.optim.lrscheduler.LinearLR;
import dev.flambeau.optim.lrscheduler.MultiStepLR;
import dev.flambeau.optim.lrscheduler.OneCycleLR;
import dev.flambeau.optim.lrscheduler.ReduceLROnPlateau;
import dev.flambeau.optim.lrscheduler.SequentialLR;
import dev.flambeau.optim.lrscheduler.StepLR;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training of real layers that is stopped, saved, and resumed from the file, against one that is not. */
class ResumedTrainingTest {
  @TempDir
  Path folder;

  private static final class Training {
    final Sequential model = new Sequential(new Linear(4, 8), new BatchNorm1d(8), new ReLU(), new Dropout(0.3),
        new Linear(8, 3));
    final Optimizer optimizer;
    final LRScheduler scheduler;
    final List<Double> losses = new ArrayList<>();

    Training(Function<List<Tensor>, Optimizer> optimizers, Function<Optimizer, LRScheduler> schedulers) {
      optimizer = optimizers.apply(model.parameters());
      scheduler = schedulers.apply(optimizer);
    }

    void epoch(TensorDataset data) {
      try (var loader = DataLoader.of(data).batchSize(6).shuffle(true)) {
        for (Tensor[] batch : loader) {
          optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor loss = Functional.crossEntropy(model.apply(batch[0]), batch[1]);
            loss.backward();
            losses.add(loss.item());
            return loss;
          });
          if (scheduler instanceof ReduceLROnPlateau plateau) plateau.step(losses.getLast());
          else scheduler.step();
        }
      }
    }
  }

  static Stream<Arguments> trainings() {
    Function<Optimizer, LRScheduler> steps = o -> new StepLR(o, 2, 0.5);
    return Stream.of(
        training("SGD", p -> new SGD(p, 0.1).momentum(0.9).nesterov(true).weightDecay(1e-3), steps),
        training("SGD, two groups", p -> {
          SGD sgd = new SGD(p.subList(0, 2), 0.1).momentum(0.9);
          sgd.addParamGroup(p.subList(2, p.size())).lr(0.01).momentum(0);
          return sgd;
        }, steps),
        training("Adam", p -> new Adam(p, 0.01).amsgrad(true), o -> new CosineAnnealingLR(o, 5)),
        training("AdamW", p -> new AdamW(p, 0.01).betas(0.8, 0.99), o -> new OneCycleLR(o, 0.1, 2, 4)),
        training("RMSprop", p -> new RMSprop(p, 0.01).centered(true).momentum(0.5), o -> new ExponentialLR(o, 0.9)),
        training("Adagrad", p -> new Adagrad(p, 0.1).lrDecay(0.1), o -> new LambdaLR(o, e -> 1.0 / (1 + e))),
        training("Adadelta", Adadelta::new, o -> new CosineAnnealingWarmRestarts(o, 1, 2, 0)),
        training("LBFGS", p -> new LBFGS(p, 0.1).maxIter(3), o -> new MultiStepLR(o, List.of(1, 5, 5), 0.5)),
        training("plateau", p -> new SGD(p, 0.1), o -> new ReduceLROnPlateau(o).patience(0).cooldown(1)),
        training("sequential", p -> new SGD(p, 0.1),
            o -> new SequentialLR(o, List.of(new LinearLR(o), new MultiStepLR(o, 1, 2)), List.of(3))),
        training("chained", p -> new SGD(p, 0.1),
            o -> new ChainedScheduler(new LinearLR(o), new MultiStepLR(o, 5, 6))));
  }

  private static Arguments training(String name, Function<List<Tensor>, Optimizer> optimizers,
      Function<Optimizer, LRScheduler> schedulers) {
    return Arguments.of(name, optimizers, schedulers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trainings")
  void goesOnBitForBit(String name, Function<List<Tensor>, Optimizer> optimizers,
      Function<Optimizer, LRScheduler> schedulers) throws IOException {
    Torch.manualSeed(7);
    var data = new TensorDataset(Torch.randn(24, 4), Torch.randint(0, 3, 24));
    Path file = folder.resolve("training.pth");
    Training straight = new Training(optimizers, schedulers);
    straight.epoch(data);
    TrainingCheckpoint.of(straight.model.stateDict(), straight.optimizer.stateDict())
        .scheduler(straight.scheduler.stateDict()).epoch(1).save(file);
    straight.epoch(data);

    Training resumed = new Training(optimizers, schedulers);
    TrainingCheckpoint saved = TrainingCheckpoint.load(file);
    resumed.model.loadStateDict(saved.model());
    resumed.optimizer.loadStateDict(saved.optimizer());
    resumed.scheduler.loadStateDict(saved.scheduler());
    saved.restoreRandomState();
    resumed.epoch(data);

    int before = straight.losses.size() - resumed.losses.size();
    assertThat(resumed.losses).isEqualTo(straight.losses.subList(before, straight.losses.size()));
    assertThat(resumed.scheduler.getLastLr()).isEqualTo(straight.scheduler.getLastLr());
  }
}
