package dev.flambeau;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link BadInputPropertyTest}, a quarter of a million times. */
@Tag("thorough")
final class BadInputThoroughTest {
  @Test
  void everyAttemptGivesAResultOrAPromisedException() {
    for (int seed = 0; seed < 250_000; seed++) {
      Random random = new Random(seed);
      boolean inPlace = random.nextInt(4) == 0;
      var calls = inPlace ? BadInputPropertyTest.IN_PLACE : BadInputPropertyTest.CALLS;
      int index = random.nextInt(calls.size());
      try (var _ = inPlace && random.nextBoolean() ? Torch.noGrad() : Torch.enableGrad()) {
        BadInputPropertyTest.attempt(calls.get(index), index, random);
      }
    }
  }
}
