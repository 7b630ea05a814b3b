package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

final class LaneMaximaTest {
  @RepeatedTest(20)
  void vectorsGiveTheSameBits(RepetitionInfo info) {
    Random random = new Random(info.getCurrentRepetition());
    int lanes = (VectorSupport.available() ? LaneMaxima.Vectors.LANES : 16) + random.nextInt(40);
    int taps = 1 + random.nextInt(9);
    float[] src = new float[taps * lanes];
    int[] offsets = new int[taps];
    int[] places = new int[taps];
    float[] special = {0, -0f, 1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int i = 0; i < src.length; i++) src[i] = special[random.nextInt(info.getCurrentRepetition() % 2 == 0 ? 6 : 3)];
    for (int k = 0; k < taps; k++) {
      offsets[k] = k * lanes;
      places[k] = 10 * k;
    }
    float[] expected = new float[lanes];
    float[] actual = new float[lanes];
    int[] expectedPlaces = new int[lanes];
    int[] actualPlaces = new int[lanes];
    LaneMaxima.oneByOne(src, offsets, places, taps, lanes, expected, 0, expectedPlaces, 0);
    if (VectorSupport.available()) {
      LaneMaxima.Vectors.find(src, offsets, places, taps, lanes, actual, 0, actualPlaces, 0);
    } else {
      LaneMaxima.find(src, offsets, places, taps, lanes, actual, 0, actualPlaces, 0);
    }
    assertThat(actual).isEqualTo(expected);
    assertThat(actualPlaces).isEqualTo(expectedPlaces);
  }
}
