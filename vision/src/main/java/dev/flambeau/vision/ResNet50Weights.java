package dev.flambeau.vision;

/** Weights of {@link ResNet#resnet50(ResNet50Weights)}, as in <a href="https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.resnet50.html">torchvision</a>. */
public enum ResNet50Weights implements PretrainedWeights {
  /** 76.130 % of the ImageNet pictures held out are recognised; 98 MB. */
  IMAGENET1K_V1("resnet50-0676ba61.pth", 256),
  /** 80.858 % of the ImageNet pictures held out are recognised; 98 MB. */
  IMAGENET1K_V2("resnet50-11ad3fa6.pth", 232);

  /** The best there are. */
  public static final ResNet50Weights DEFAULT = IMAGENET1K_V2;

  private final String file;
  private final int resizeSize;

  ResNet50Weights(String file, int resizeSize) {
    this.file = file;
    this.resizeSize = resizeSize;
  }

  @Override
  public String file() { return file; }

  @Override
  public int resizeSize() { return resizeSize; }
}
