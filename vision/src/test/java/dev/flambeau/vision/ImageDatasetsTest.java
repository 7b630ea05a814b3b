package dev.flambeau.vision;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flambeau.Tensor;
import dev.flambeau.data.DataLoader;
import dev.flambeau.data.Example;
import dev.flambeau.vision.transforms.Resize;
import dev.flambeau.vision.transforms.ToTensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageDatasetsTest {
  private static final int ROW = 3073;

  @TempDir
  Path folder;

  private static byte[] idx(byte[] values, int... header) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (int h : header) out.writeInt(h);
    out.write(values);
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] pictures(int count) {
    byte[] values = new byte[count * 28 * 28];
    for (int i = 0; i < values.length; i++) values[i] = (byte) (i * 31);
    return values;
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), bytes);
  }

  private void writeMnist(byte[] images, byte[] labels) throws IOException {
    write("train-images-idx3-ubyte.gz", gzip(images));
    write("train-labels-idx1-ubyte.gz", gzip(labels));
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> Mnist.train(folder)).isInstanceOf(IOException.class).hasMessageContainingAll(words);
  }

  @Test
  void idxFilesAreReadPackedAndUnpacked() throws IOException {
    byte[] images = idx(pictures(3), 0x0803, 3, 28, 28);
    byte[] labels = idx(new byte[] {7, 0, 9}, 0x0801, 3);
    writeMnist(images, labels);
    write("MNIST/raw/t10k-images-idx3-ubyte", images);
    write("MNIST/raw/t10k-labels-idx1-ubyte", labels);
    for (ImageDataset set : new ImageDataset[] {Mnist.train(folder), Mnist.test(folder), FashionMnist.train(folder)}) {
      assertThat(set.size()).isEqualTo(3);
      assertThat(set.images().shape()).containsExactly(3, 1, 28, 28);
      assertThat(set.targets().toLongArray()).containsExactly(7, 0, 9);
      Example<Tensor> second = set.tensors().get(1);
      assertThat(second.input().toFloatArray())
          .containsExactly(new ToTensor().apply(set.get(1).input()).toFloatArray());
      assertThat(second.input().toFloatArray()[5]).isEqualTo(((28 * 28 + 5) * 31 & 0xff) / 255f);
      assertThat(second.target().itemLong()).isZero();
      assertThat(set.classes()).hasSize(10);
    }
  }

  @Test
  void damagedIdxFilesAreRefusedByName() throws IOException {
    refused("train-images-idx3-ubyte.gz", folder.toString());
    byte[] labels = idx(new byte[] {1, 2}, 0x0801, 2);
    writeMnist(idx(pictures(1), 0x0803, 2, 28, 28), labels);
    refused("train-images", "ends after 784 of 1568");
    writeMnist(idx(pictures(3), 0x0803, 2, 28, 28), labels);
    refused("goes on after");
    writeMnist(idx(pictures(2), 0x0803, Integer.MAX_VALUE, 28, 28), labels);
    refused("at most 1000000 entries");
    writeMnist(idx(pictures(2), 0x0803, -2, 28, 28), labels);
    refused("got -2");
    writeMnist(idx(pictures(2), 0x0803, 2, 28, 1 << 20), labels);
    refused("28 × 28", "1048576");
    writeMnist(idx(pictures(2), 0x0801, 2, 28, 28), labels);
    refused("00000803", "00000801");
    writeMnist(idx(pictures(2), 0x0803, 2, 28, 28), idx(new byte[] {1}, 0x0801, 1));
    refused("2 pictures", "1 labels");
    writeMnist(idx(pictures(2), 0x0803, 2, 28, 28), idx(new byte[] {1, 10}, 0x0801, 2));
    refused("labels from 0 to 9, got 10");
    write("train-images-idx3-ubyte.gz", new byte[] {1, 2, 3, 4});
    refused("train-images-idx3-ubyte.gz", "GZIP");
    byte[] whole = gzip(idx(pictures(2), 0x0803, 2, 28, 28));
    write("train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length / 2));
    refused("train-images-idx3-ubyte.gz cannot be read", "get it anew");
  }

  private static byte[] cifarRows(int count, int label) {
    byte[] rows = new byte[count * ROW];
    for (int i = 0; i < rows.length; i++) rows[i] = i % ROW == 0 ? (byte) label : (byte) (i * 7);
    return rows;
  }

  private static byte[] tar(String[] names, byte[]... contents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < names.length; i++) {
        var entry = new TarArchiveEntry(names[i]);
        entry.setSize(contents[i].length);
        out.putArchiveEntry(entry);
        out.write(contents[i]);
        out.closeArchiveEntry();
      }
    }
    return gzip(bytes.toByteArray());
  }

  @Test
  void cifarIsReadFromItsArchiveAndFromItsFiles() throws IOException {
    write("cifar-10-binary.tar.gz", tar(new String[] {"../../evil.txt", "cifar-10-batches-bin/test_batch.bin"},
        "x".getBytes(US_ASCII), cifarRows(2, 6)));
    ImageDataset packed = Cifar10.test(folder);
    write("unpacked/cifar-10-batches-bin/test_batch.bin", cifarRows(2, 6));
    ImageDataset unpacked = Cifar10.test(folder.resolve("unpacked"));
    for (ImageDataset set : new ImageDataset[] {packed, unpacked}) {
      assertThat(set.images().shape()).containsExactly(2, 3, 32, 32);
      assertThat(set.targets().toLongArray()).containsExactly(6, 6);
      assertThat(set.classes().get(6)).isEqualTo("frog");
      assertThat(set.tensors().get(1).input().toFloatArray())
          .containsExactly(new ToTensor().apply(set.get(1).input()).toFloatArray());
      assertThat(set.images().toLongArray()[0]).isEqualTo(7);
    }
    assertThat(folder.resolve("../../evil.txt")).doesNotExist();
    assertThatThrownBy(() -> Cifar10.train(folder)).isInstanceOf(IOException.class)
        .hasMessageContainingAll("data_batch_1.bin", "binary version");
    assertThatThrownBy(() -> Cifar10.train(folder.resolve("unpacked"))).isInstanceOf(IOException.class)
        .hasMessageContainingAll("no data_batch_1.bin", "cifar-10-binary.tar.gz");
  }

  @Test
  void damagedCifarFilesAreRefused() throws IOException {
    String[] name = {"cifar-10-batches-bin/test_batch.bin"};
    write("cifar-10-binary.tar.gz", tar(name, Arrays.copyOf(cifarRows(2, 6), ROW + 5)));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class)
        .hasMessageContaining("rows of 3073 bytes");
    write("cifar-10-binary.tar.gz", tar(name, cifarRows(1, 10)));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class).hasMessageContaining("got 10");
    write("cifar-10-binary.tar.gz", tar(name, cifarRows(10_001, 1)));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class).hasMessageContaining("got more");
    byte[] whole = tar(name, cifarRows(20, 1));
    write("cifar-10-binary.tar.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read");
    write("cifar-10-binary.tar.gz", gzip(new byte[] {1, 2, 3}));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class);
    write("cifar-10-binary.tar.gz", gzip(new byte[5000]));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class);
    byte[] noise = new byte[5000];
    for (int i = 0; i < noise.length; i++) noise[i] = (byte) (i * i * 37 + 5);
    write("cifar-10-binary.tar.gz", gzip(noise));
    assertThatThrownBy(() -> Cifar10.test(folder)).isInstanceOf(IOException.class);
  }

  @Test
  void digitsAreThereAlways() {
    ImageDataset train = Digits.train();
    ImageDataset test = Digits.test();
    assertThat(train.images().shape()).containsExactly(1437, 1, 8, 8);
    assertThat(test.images().shape()).containsExactly(360, 1, 8, 8);
    assertThat(train.tensors().get(0).input().max().item()).isBetween(0.9, 1.);
    assertThat(train.targets().sum().itemLong() + test.targets().sum().itemLong())
        .isEqualTo(Digits.all().targets().sum().itemLong());
    assertThat(train.targets().slice(0, 0, 8).toLongArray()).containsExactly(6, 5, 5, 7, 9, 9, 8, 4);
    assertThat(new ToTensor().apply(new Resize(32).apply(test.get(3).input())).shape()).containsExactly(1, 32, 32);
    assertThat(new ToTensor().apply(test.get(3).input()).sub(test.tensors().get(3).input()).abs().max().item())
        .isLessThan(1.01 / 255);
    try (var loader = DataLoader.of(test.tensors()).batchSize(100)) {
      long n = 0;
      for (Example<Tensor> batch : loader) {
        assertThat(batch.input().shape()).containsExactly(batch.target().size(0), 1, 8, 8);
        n += batch.target().size(0);
      }
      assertThat(n).isEqualTo(360);
    }
  }
}
