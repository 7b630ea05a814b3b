package dev.flambeau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import dev.flambeau.io.Checkpoint;
import dev.flambeau.io.SafeTensors;
import dev.flambeau.io.TrainingCheckpoint;
import dev.flambeau.vision.ResNet;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinetuneTest {
  @TempDir
  Path folder;

  /** Five pictures of red squares and five of blue discs. */
  private Path pictures() throws IOException {
    Path root = folder.resolve("pictures");
    for (int i = 0; i < 5; i++) {
      draw(root.resolve("disc"), i, Color.BLUE, true);
      draw(root.resolve("square"), i, Color.RED, false);
    }
    return root;
  }

  private static void draw(Path into, int number, Color colour, boolean round) throws IOException {
    Files.createDirectories(into);
    BufferedImage picture = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(colour);
    if (round) pen.fillOval(4 + number, 6, 20, 20);
    else pen.fillRect(4 + number, 6, 20, 20);
    pen.dispose();
    ImageIO.write(picture, "png", into.resolve(number + ".png").toFile());
  }

  private Path weights(String name) throws IOException {
    Path file = folder.resolve(name);
    Torch.manualSeed(7);
    Map<String, Tensor> state = ResNet.resnet18().stateDict();
    if (name.endsWith(".pth")) Checkpoint.save(file, state);
    else SafeTensors.save(file, state);
    return file;
  }

  private static Captured run(String... options) throws Exception {
    return Captured.of(() -> assertThat(Commands.execute(options)).isZero());
  }

  @Test
  void onlyTheNewLayerOfAPretrainedNetworkLearns() throws Exception {
    Path weights = weights("some.safetensors");
    Path out = folder.resolve("out");
    Captured printed = run("finetune", "--data", pictures().toString(), "--weights", weights.toString(), "--size", "32",
        "--epochs", "2", "--batch", "4", "--out", out.toString());
    assertThat(printed.out().lines().toList().getLast()).matches("accuracy: \\d+\\.\\d %");
    assertThat(ImageIO.read(out.resolve("loss.png").toFile()).getWidth()).isEqualTo(900);

    TrainingCheckpoint saved = TrainingCheckpoint.load(out.resolve("checkpoint.pth"));
    Map<String, Tensor> before = SafeTensors.load(weights);
    saved.model().forEach((name, tensor) -> {
      if (name.startsWith("fc.")) assertThat(tensor.size(0)).isEqualTo(2);
      else assertThat(tensor.to(DType.FLOAT64).eq(before.get(name).to(DType.FLOAT64)).all().itemBoolean()).as(name)
          .isTrue();
    });
  }

  @Test
  void aResumedTrainingGoesOnToTheBit() throws Exception {
    Path pictures = pictures();
    Path straight = folder.resolve("straight");
    Path broken = folder.resolve("broken");
    String[] common = {"finetune", "--data", pictures.toString(), "--size", "32", "--batch", "4"};
    run(with(common, "--epochs", "2", "--out", straight.toString()));
    run(with(common, "--epochs", "1", "--out", broken.toString()));
    run(with(common, "--epochs", "2", "--out", broken.toString(), "--resume",
        broken.resolve("checkpoint.pth").toString()));
    TrainingCheckpoint a = TrainingCheckpoint.load(straight.resolve("checkpoint.pth"));
    TrainingCheckpoint b = TrainingCheckpoint.load(broken.resolve("checkpoint.pth"));
    assertThat(losses(b)).hasSize(4).containsExactly(losses(a));
    a.model().forEach((name, tensor) -> assertThat(tensor.eq(Objects.requireNonNull(b.model().get(name))).all()
        .itemBoolean()).as(name).isTrue());
  }

  private static double[] losses(TrainingCheckpoint of) {
    return ((Tensor) Objects.requireNonNull(of.extra().get("losses"))).toDoubleArray();
  }

  private static String[] with(String[] common, String... more) {
    String[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return all;
  }

  @Test
  void weightsOfAnotherNetworkAreRefusedInOneLine() throws Exception {
    Path file = folder.resolve("other.pth");
    Checkpoint.save(file, Map.of("conv1.weight", Torch.zeros(64, 3, 7, 7), "strange", Torch.zeros(2)));
    Captured printed = Captured.of(() -> assertThat(Commands.execute("finetune", "--data", pictures().toString(),
        "--weights", file.toString(), "--size", "32", "--out", folder.resolve("no").toString())).isEqualTo(1));
    assertThat(printed.err().lines()).hasSize(1).first().asString().startsWith("flambeau: ").contains("other.pth",
        "strange");
  }
}
