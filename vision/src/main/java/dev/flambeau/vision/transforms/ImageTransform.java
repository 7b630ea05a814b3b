package dev.flambeau.vision.transforms;

import java.awt.image.BufferedImage;

/** A step from a picture to a picture. */
@FunctionalInterface
public interface ImageTransform extends Transform<BufferedImage, BufferedImage> {}
