package dev.flambeau.nn;

import static dev.flambeau.Torch.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.flambeau.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossReductionTest {
  private final Tensor x = tensor(new double[][] {{0.2, 0.8}, {0.5, 0.5}}).log();
  private final Tensor target = tensor(new double[][] {{0.6, 0.4}, {0.9, 0.1}});

  @Test
  void theBatchMeanOfDivergencesCountsSamples() {
    double first = 0.6 * Math.log(0.6 / 0.2) + 0.4 * Math.log(0.4 / 0.8);
    double second = 0.9 * Math.log(0.9 / 0.5) + 0.1 * Math.log(0.1 / 0.5);
    Tensor loss = new KLDivLoss(LossReduction.BATCH_MEAN, false).apply(x, target);
    assertThat(loss.item()).isCloseTo((first + second) / 2, within(1e-6));
  }

  @Test
  void otherLossesHaveNoBatchMean() {
    for (Loss loss : new Loss[] {new MSELoss(LossReduction.BATCH_MEAN), new L1Loss(LossReduction.BATCH_MEAN)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> loss.apply(x, target)).withMessageContaining("BATCH_MEAN");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BATCH_MEAN", mode = EnumSource.Mode.EXCLUDE)
  void allLossesHaveTheOthers(LossReduction reduction) {
    assertThat(new MSELoss(reduction).apply(x, target).numel()).isEqualTo(reduction == LossReduction.NONE ? 4 : 1);
  }
}
