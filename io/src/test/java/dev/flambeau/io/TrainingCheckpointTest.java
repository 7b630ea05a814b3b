package dev.flambeau.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCheckpointTest {
  @TempDir
  Path folder;

  /** A linear model with momentum on random data: enough state to notice if any is lost. */
  private static final class Training {
    Tensor weight = Torch.zeros(3).requiresGrad_();
    Tensor momentum = Torch.zeros(3);
    double rate = 0.1;
    long step;
    final List<Double> losses = new ArrayList<>();

    void run(int steps) {
      for (int i = 0; i < steps; i++, step++) {
        weight.grad(null);
        Tensor loss = Torch.randn(8, 3).mul(weight).sum(1).sub(Torch.rand(8)).pow(2).mean();
        loss.backward();
        momentum.mul_(0.9).add_(weight.grad());
        Torch.noGrad(() -> weight.sub_(momentum.mul(rate)));
        rate *= 0.99;
        losses.add(loss.item());
      }
    }

    TrainingCheckpoint checkpoint() {
      return TrainingCheckpoint
          .of(Map.of("weight", weight),
              Map.of("state", Map.of(0, Map.of("momentum", momentum)), "param_groups", List.of(Map.of("lr", rate))))
          .scheduler(Map.of("last_epoch", step)).epoch(1).step(step).with("losses", losses);
    }

    static Training from(TrainingCheckpoint saved) {
      Training training = new Training();
      training.weight = saved.model().get("weight");
      Map<?, ?> state = (Map<?, ?>) saved.optimizer().get("state");
      training.momentum = (Tensor) ((Map<?, ?>) state.get(0L)).get("momentum");
      training.rate = (double) ((Map<?, ?>) ((List<?>) saved.optimizer().get("param_groups")).getFirst()).get("lr");
      training.step = saved.step();
      saved.restoreRandomState();
      return training;
    }
  }

  @Test
  void aResumedTrainingGoesOnBitForBit() throws IOException {
    Path file = folder.resolve("training.pth");
    Torch.manualSeed(7);
    Training whole = new Training();
    whole.run(5);
    whole.checkpoint().save(file);
    whole.run(5);

    Torch.manualSeed(99);
    TrainingCheckpoint saved = TrainingCheckpoint.load(file);
    Training resumed = Training.from(saved);
    resumed.run(5);
    assertThat(resumed.losses).isEqualTo(whole.losses.subList(5, 10));
    assertThat(resumed.weight.toFloatArray()).isEqualTo(whole.weight.toFloatArray());
    assertThat(saved.epoch()).isEqualTo(1);
    assertThat(saved.step()).isEqualTo(5);
    assertThat(saved.scheduler()).containsEntry("last_epoch", 5L);
    assertThat(saved.extra()).containsEntry("losses", whole.losses.subList(0, 5));
  }

  @Test
  void pyTorchsCheckpointIsRead() throws IOException {
    TrainingCheckpoint saved = TrainingCheckpoint.load(Golden.file("training.pth"));
    assertThat(saved.model()).containsOnlyKeys("weight", "bias");
    assertThat(saved.optimizer()).containsOnlyKeys("state", "param_groups");
    assertThat(saved.scheduler()).containsEntry("step_size", 2L);
    assertThat(saved.epoch()).isEqualTo(3);
    assertThat(saved.extra()).containsExactly(Map.entry("best", 0.5));
    saved.restoreRandomState();
    assertThat(Torch.getRngState()).hasSize(5056);
  }

  @Test
  void wrongEntriesAreRefused() throws IOException {
    Path file = folder.resolve("x.pth");
    Map<String, Tensor> model = Map.of("w", Torch.ones(1));
    for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("epoch", 1), Map.of("model_state_dict", 1),
        Map.of("model_state_dict", Map.of("w", 1)), Map.of("model_state_dict", model, "epoch", -1),
        Map.of("model_state_dict", model, "step", "x"),
        Map.of("model_state_dict", model, "optimizer_state_dict", List.of()))) {
      Checkpoint.save(file, wrong);
      assertThatThrownBy(() -> TrainingCheckpoint.load(file)).isInstanceOf(FileFormatException.class);
    }
    Checkpoint.save(file, Map.of("model_state_dict", model, "rng_state", Torch.ones(3)));
    assertThatThrownBy(() -> TrainingCheckpoint.load(file).restoreRandomState())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
