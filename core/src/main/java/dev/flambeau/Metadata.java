package dev.flambeau;

import dev.flambeau.array.Shape;

/** What is known of a gradient before it comes: the shape and dtype of the forward output that it belongs to. */
public record Metadata(Shape shape, DType dtype) {}
