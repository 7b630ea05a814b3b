package dev.flambeau.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VectorSupportTest {
  @Test
  void vectorsNeedTheModuleAndAreAsWideAsTheyAreForced() {
    String forced = System.getProperty("flambeau.vector", "");
    boolean wanted = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && !forced.equals("off");
    assertThat(VectorSupport.available()).isEqualTo(wanted);
    if (!wanted) {
      assertThat(VectorSupport.vectorBits()).isZero();
    } else {
      assertThat(VectorSupport.vectorBits()).isIn(128, 256, 512);
      if (!forced.isEmpty()) assertThat(VectorSupport.vectorBits()).isLessThanOrEqualTo(Integer.parseInt(forced));
      assertThat(GemmTier.FLOATS.lanes).isEqualTo(VectorSupport.vectorBits() / Float.SIZE);
      assertThat(GemmTier.DOUBLES.lanes).isEqualTo(VectorSupport.vectorBits() / Double.SIZE);
      assertThat(Species.FLOATS.vectorBitSize()).isEqualTo(VectorSupport.vectorBits());
    }
  }
}
