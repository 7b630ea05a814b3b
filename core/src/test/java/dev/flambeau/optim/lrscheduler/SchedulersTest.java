package dev.flambeau.optim.lrscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
  void groupsAddedLaterAreRefusedWhereTheirFirstRateIsNeeded() {
    LambdaLR scheduler = new LambdaLR(optimizer, epoch -> 0.5);
    optimizer.addParamGroup(List.of(parameter()));
    assertThatIllegalArgumentException().isThrownBy(scheduler::step)
        .withMessage("LambdaLR: expected the 1 groups that there were when it was made, got 2");
  }

  @Test
  void oneLeastRateIsForGroupsAddedLaterToo() {
    ReduceLROnPlateau scheduler = new ReduceLROnPlateau(optimizer).patience(0).minLr(0.05);
    optimizer.addParamGroup(List.of(parameter())).lr(2);
    scheduler.step(1);
    scheduler.step(1);
    assertThat(scheduler.getLastLr()).containsExactly(0.05, 0.2);
  }

  @Test
  void aSequenceGoesOnWithSingleSchedulersOnly() {
    StepLR first = new StepLR(optimizer, 1);
    ChainedScheduler chain = new ChainedScheduler(new StepLR(optimizer, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequentialLR(optimizer, List.of(first, chain), List.of(1)))
        .withMessageContaining("single schedulers after the first, got 1 made of others");
    new SequentialLR(optimizer, List.of(chain, first), List.of(1)).step();
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
