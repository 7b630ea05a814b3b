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
  private static final IdxFiles FILES =
      new IdxFiles("mnist", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
          List.of("https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/"));
  private static final IdxFiles.Part TRAIN =
      FILES.train("f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432");
  private static final IdxFiles.Part TEST =
      FILES.test("9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c");

  private Mnist() {}

  /**
   * The 60,000 pictures to learn from, downloaded once.
   *
   * @throws IOException if they cannot be had; it says which file to put where
   */
  public static ImageDataset train() throws IOException { return TRAIN.downloaded(); }

  /** As {@link #train()}, the 10,000 pictures to be tried on. */
  public static ImageDataset test() throws IOException { return TEST.downloaded(); }

  /**
   * The pictures to learn from, out of a folder that holds the published files, packed or unpacked, or torchvision's.
   *
   * @throws IOException if they are not there, or are damaged
   */
  public static ImageDataset train(Path folder) throws IOException { return TRAIN.in(folder); }

  /** As {@link #train(Path)}, the pictures to be tried on. */
  public static ImageDataset test(Path folder) throws IOException { return TEST.in(folder); }
}
