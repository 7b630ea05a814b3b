package dev.flambeau.vision;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.data.DataLoader;
import dev.flambeau.vision.transforms.Resize;
import dev.flambeau.vision.transforms.ToTensor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir
  Path root;

  private static byte[] encoded(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++)
      for (int x = 0; x < width; x++) image.setRGB(x, y, new Color(x * 5 % 256, y * 3 % 256, 200).getRGB());
    var bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** A PNG whose header promises this size, and nothing more. */
  private static byte[] hollowPng(int width, int height) throws IOException {
    var chunk = new ByteArrayOutputStream();
    var data = new DataOutputStream(chunk);
    data.writeBytes("IHDR");
    data.writeInt(width);
    data.writeInt(height);
    data.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.toByteArray());
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    out.writeInt(13);
    out.write(chunk.toByteArray());
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }

  @Test
  void subFoldersAreClassesInOrder() throws IOException {
    write("dog/2.PNG", encoded("png", 5, 4));
    write("dog/deep/1.jpg", encoded("jpg", 16, 12));
    write("cat/x.bmp", encoded("bmp", 3, 3));
    write("cat/note.txt", "no picture".getBytes(US_ASCII));
    write("list.csv", new byte[0]);
    ImageFolder folder = new ImageFolder(root);
    assertThat(folder.classes()).containsExactly("cat", "dog");
    assertThat(folder.files()).containsExactly(root.resolve("cat/x.bmp"), root.resolve("dog/2.PNG"),
        root.resolve("dog/deep/1.jpg"));
    assertThat(folder.get(1).target().itemLong()).isEqualTo(1);
    assertThat(folder.get(1).input().getWidth()).isEqualTo(5);
    assertThat(folder.get(1).input().getRGB(2, 1)).isEqualTo(new Color(10, 3, 200).getRGB());
    try (var loader =
        DataLoader.of(folder.mapped(e -> e.mapInput(new Resize(8, 8).then(new ToTensor())))).batchSize(3).workers(2)) {
      var batch = loader.iterator().next();
      assertThat(batch.input().shape()).containsExactly(3, 3, 8, 8);
      assertThat(batch.target().toLongArray()).containsExactly(0, 1, 1);
    }
  }

  @Test
  void foldersWithoutClassesOrPicturesAreRefused() throws IOException {
    assertThatThrownBy(() -> new ImageFolder(root)).isInstanceOf(IOException.class)
        .hasMessageContaining("no sub-folders");
    Files.createDirectories(root.resolve("empty"));
    assertThatThrownBy(() -> new ImageFolder(root)).isInstanceOf(IOException.class)
        .hasMessageContaining("empty has no pictures");
    assertThatThrownBy(() -> new ImageFolder(root.resolve("absent"))).isInstanceOf(IOException.class);
  }

  @Test
  void damagedPicturesAreErrorsThatNameTheFile() throws IOException {
    byte[] png = encoded("png", 200, 150);
    byte[] jpg = encoded("jpg", 200, 150);
    byte[] bmp = encoded("bmp", 200, 150);
    byte[] gif = encoded("gif", 200, 150);
    byte[] flipped = png.clone();
    for (int i = 60; i < 90; i++) flipped[i] ^= 0x55;
    byte[][] damaged = {new byte[0], "hello".getBytes(US_ASCII), Arrays.copyOf(png, png.length / 2),
      Arrays.copyOf(jpg, jpg.length / 2),
      Arrays.copyOf(bmp, bmp.length / 2), Arrays.copyOf(gif, gif.length / 2), flipped, Arrays.copyOf(jpg, 30),
      hollowPng(50, 50),
      encoded("tif", 5, 5)};
    for (int i = 0; i < damaged.length; i++) {
      Path file = write("class/" + i + ".png", damaged[i]);
      assertThatThrownBy(() -> ImageFiles.read(file)).as("case %s", i).isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
    ImageFolder folder = new ImageFolder(root);
    assertThatThrownBy(() -> folder.get(1)).isInstanceOf(UncheckedIOException.class).hasMessageContaining("1.png");
    try (var loader = DataLoader.of(folder, batch -> batch).workers(1)) {
      assertThatThrownBy(() -> loader.iterator().next()).isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("sample 0 of", "0.png");
    }
  }

  @Test
  void picturesThatWouldFillTheMemoryAreRefusedBeforeTheyAreUnpacked() throws IOException {
    Path bomb = write("class/bomb.png", hollowPng(60_000, 60_000));
    assertThatThrownBy(() -> ImageFiles.read(bomb)).isInstanceOf(IOException.class)
        .hasMessageContainingAll("bomb.png", "100000000 pixels", "60000 × 60000");
  }
}
