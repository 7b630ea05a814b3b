package dev.flambeau.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void anAnswerIsReadWordByWord() {
    Times times = Times.parse("4000 2 10.0 30.0 20.0", 10);
    assertThat(times.median()).isEqualTo(20);
    assertThat(times.best()).isEqualTo(10);
    assertThat(times.bytesPerStep()).isEqualTo(4000.0 / 30);
    assertThat(times.collectionPerStep()).isEqualTo(2e6 / 30);
  }

  @Test
  void aWorkerNeedNotKnowItsMemory() {
    Times times = Times.parse("- - 1.5", 1);
    assertThat(times.bytesPerStep()).isNaN();
    assertThat(times.collectionPerStep()).isNaN();
    assertThat(times.spread()).isZero();
  }

  @Test
  void anAnswerWithoutTimesIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Times.parse("4000 2", 10)).withMessageContaining("4000 2");
    assertThatIllegalArgumentException().isThrownBy(() -> Times.parse("4000 2 fast", 10));
  }

  @Test
  void aStartIsOneStepOfUnknownMemory() {
    Times times = Times.joined(List.of(Times.once(4), Times.once(2)));
    assertThat(times.median()).isEqualTo(3);
    assertThat(times.steps()).isEqualTo(2);
    assertThat(times.bytesPerStep()).isNaN();
  }

  @Test
  void turnsAreJoinedToOneSample() {
    Times joined = Times.joined(List.of(Times.parse("100 1 1 2", 5), Times.parse("200 0 3", 5)));
    assertThat(joined.nanos()).containsExactly(1.0, 2.0, 3.0);
    assertThat(joined.steps()).isEqualTo(15);
    assertThat(joined.bytesPerStep()).isEqualTo(20);
  }
}
