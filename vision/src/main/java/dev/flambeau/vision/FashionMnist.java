package dev.flambeau.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of clothes in ten classes, in grey, (1, 28, 28).
 *
 * <p>Source: H. Xiao, K. Rasul, R. Vollgraf, <i>Fashion-MNIST</i> (2017), MIT licence.
 */
public final class FashionMnist {
  private static final IdxFiles FILES = new IdxFiles("fashion-mnist",
      List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
      List.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));
  private static final IdxFiles.Part TRAIN =
      FILES.train("8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe");
  private static final IdxFiles.Part TEST =
      FILES.test("bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310");

  private FashionMnist() {}

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
