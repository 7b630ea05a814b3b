package dev.flambeau.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Handwritten digits, (1, 28, 28).
 *
 * <p>Source: Y. LeCun, C. Cortes, C. Burges, <i>The MNIST database of handwritten digits</i>.
 */
public final class Mnist {
  private static final String ADDRESS = "https://ossci-datasets.s3.amazonaws.com/mnist/";
  private static final String MIRROR = "http://yann.lecun.com/exdb/mnist/";
  private static final List<String> CLASSES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final IdxFiles TRAIN =
      new IdxFiles(new IdxFiles.Source("train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
          new IdxFiles.Source("train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432"));
  private static final IdxFiles TEST =
      new IdxFiles(new IdxFiles.Source("t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3"),
          new IdxFiles.Source("t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"));

  private Mnist() {}

  /**
   * The 60,000 pictures to learn from, downloaded once.
   *
   * @throws IOException if they cannot be had; it says which file to put where
   */
  public static ImageDataset train() throws IOException { return downloaded(TRAIN); }

  /** As {@link #train()}, the 10,000 pictures to be tried on. */
  public static ImageDataset test() throws IOException { return downloaded(TEST); }

  /**
   * The pictures to learn from, out of a folder that holds the published files, packed or unpacked, or torchvision's.
   *
   * @throws IOException if they are not there, or are damaged
   */
  public static ImageDataset train(Path folder) throws IOException { return TRAIN.in(folder, CLASSES); }

  /** As {@link #train(Path)}, the pictures to be tried on. */
  public static ImageDataset test(Path folder) throws IOException { return TEST.in(folder, CLASSES); }

  private static ImageDataset downloaded(IdxFiles files) throws IOException {
    return files.downloaded("mnist", CLASSES, ADDRESS, MIRROR);
  }
}
