package dev.flambeau.optim.lrscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.optim.SGD;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulersTest {
  private final SGD optimizer = new SGD(List.of(parameter()), 0.1).momentum(0.9);

  private static Tensor parameter() { return Torch.zeros(2).requiresGrad_(); }

  @Test
  void milestonesFromAFileAreLongs() {
    MultiStepLR scheduler = new MultiStepLR(optimizer, List.of(1, 2), 0.5);
    Map<String, Object> state = scheduler.stateDict();
    state.put("milestones", Map.of(1L, 1L, 2L, 2L));
    scheduler.loadStateDict(state);
    scheduler.step();
    assertThat(scheduler.getLastLr()).containsExactly(0.05);
    scheduler.step();
    assertThat(scheduler.getLastLr()).containsExactly(0.0125);
  }

  @Test
  void theLastStepOfOneLinearCycleLeadsBelowZero() {
    OneCycleLR scheduler = new OneCycleLR(optimizer, 1, 8).annealStrategy("linear");
    for (int i = 0; i < 8; i++) scheduler.step();
    assertThat(scheduler.getLastLr().getFirst()).isNegative();
    SGD resumed = new SGD(List.of(parameter()), 0.1).momentum(0.9);
    resumed.loadStateDict(optimizer.stateDict());
    assertThat(resumed.paramGroups().getFirst().number("lr")).isEqualTo(scheduler.getLastLr().getFirst());
  }
}
