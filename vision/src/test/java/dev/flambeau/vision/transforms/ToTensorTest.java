package dev.flambeau.vision.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ToTensorTest {
  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, 0xff204060);
    image.setRGB(1, 0, 0x80ff00ff);
    return image;
  }

  @Test
  void coloursComeFirstWhateverTheLayoutInMemory() {
    for (int type : List.of(BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_4BYTE_ABGR)) {
      Tensor x = new ToTensor().apply(image(type));
      assertThat(x.shape()).containsExactly(3, 1, 2);
      assertThat(x.toFloatArray()).containsExactly(32 / 255f, 1, 64 / 255f, 0, 96 / 255f, 1);
    }
  }

  @Test
  void greyValuesAreTakenAsTheyAreStored() {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 0, 0, 100);
    assertThat(new ToTensor().apply(grey).toFloatArray()).containsExactly(0, 100 / 255f);
    BufferedImage fine = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
    fine.getRaster().setSample(0, 0, 0, 0xab12);
    assertThat(new ToTensor().apply(fine).toFloatArray()).containsExactly(0xab / 255f);
    assertThat(new ToTensor().apply(new ToRgb().apply(grey)).shape()).containsExactly(3, 1, 2);
  }

  @Test
  void picturesOfAPartOfAnotherAreRead() {
    BufferedImage large = new BufferedImage(4, 3, BufferedImage.TYPE_BYTE_GRAY);
    large.getRaster().setSample(2, 1, 0, 255);
    assertThat(new ToTensor().apply(large.getSubimage(2, 1, 1, 2)).toFloatArray()).containsExactly(1, 0);
  }

  @Test
  void tensorsBecomePicturesAndBack() {
    Torch.manualSeed(0);
    Tensor x = Torch.randint(0, 256, 3, 4, 5).to(DType.FLOAT32).div(255);
    Tensor back = new ToTensor().apply(new ToImage().apply(x));
    assertThat(back.sub(x).abs().max().item()).isLessThan(1.001 / 255);
    Tensor bytes = Torch.randint(0, 256, 4, 5).to(DType.UINT8);
    assertThat(new ToTensor().apply(new ToImage().apply(bytes)).toFloatArray())
        .containsExactly(bytes.to(DType.FLOAT32).div(255).toFloatArray());
    assertThat(new ToImage().apply(Torch.full(7., 1, 1, 1)).getRaster().getSample(0, 0, 0)).isEqualTo(255);
    assertThatThrownBy(() -> new ToImage().apply(Torch.zeros(2, 3, 3))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 3, 3]");
  }

  @Test
  void normalizeWorksOnEachChannel() {
    var transform = new Compose<>(new Resize(4), new CenterCrop(2)).then(new ToTensor())
        .then(new Normalize(new double[] {0.5, 0, 1}, new double[] {0.5, 1, 2}));
    Tensor x = transform.apply(new BufferedImage(8, 9, BufferedImage.TYPE_INT_RGB));
    assertThat(x.shape()).containsExactly(3, 2, 2);
    assertThat(x.mean(1, 2).toFloatArray()).containsExactly(-1, 0, -0.5f);
    assertThat(new Normalize(0.5, 0.25).apply(Torch.ones(5, 1, 2, 2)).sum().item()).isEqualTo(40);
  }

  @Test
  void wrongArgumentsAreRefused() {
    List<Runnable> wrong = List.of(() -> new Resize(0), () -> new Resize(0, 3), () -> new CenterCrop(-1),
        () -> new Grayscale(2),
        () -> new Pad(-1), () -> new RandomHorizontalFlip(1.5), () -> new RandomCrop(0), () -> new RandomRotation(-3),
        () -> new ColorJitter(-1, 0, 0, 0), () -> new ColorJitter(0, 0, 0, 0.6), () -> new Normalize(0, 0),
        () -> new RandomResizedCrop(4, 4, 0.5, 0.2, 1, 1, Interpolation.BILINEAR),
        () -> new RandomCrop(3).apply(new BufferedImage(2, 4, BufferedImage.TYPE_INT_RGB)),
        () -> new Normalize(0, 1).apply(Torch.zeros(3, 2, 2)),
        () -> new Resize(50_000, 50_000).apply(new BufferedImage(2, 4, BufferedImage.TYPE_INT_RGB)));
    for (int i = 0; i < wrong.size(); i++) {
      assertThatThrownBy(wrong.get(i)::run).as("case %s", i).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
