package dev.flambeau;

import dev.flambeau.array.ElementType;

/**
 * What the elements of a tensor are, as in <a href="https://pytorch.org/docs/stable/tensor_attributes.html">torch.dtype</a>.
 *
 * <p>The order is the order of promotion: two operands meet in the greater of their types.
 */
public enum DType {
  /** Truth values. */
  BOOL("bool", ElementType.BOOL),
  /** 8-bit unsigned integers. */
  UINT8("uint8", ElementType.UINT8),
  /** 32-bit signed integers. */
  INT32("int32", ElementType.INT32),
  /** 64-bit signed integers. */
  INT64("int64", ElementType.INT64),
  /** 32-bit IEEE floats, the default. */
  FLOAT32("float32", ElementType.FLOAT32),
  /** 64-bit IEEE floats. */
  FLOAT64("float64", ElementType.FLOAT64);

  private static final DType[] BY_ELEMENT = new DType[ElementType.values().length];

  static {
    for (DType dtype : values()) BY_ELEMENT[dtype.element.ordinal()] = dtype;
  }

  private final String torchName;
  private final ElementType element;

  DType(String name, ElementType element) {
    this.torchName = "torch." + name;
    this.element = element;
  }

  static DType of(ElementType element) { return BY_ELEMENT[element.ordinal()]; }

  /** How elements are stored. */
  public ElementType element() { return element; }

  /** PyTorch's name, as in {@code torch.float32}. */
  public String torchName() { return torchName; }

  /** Whether elements are real numbers; only such tensors can require gradients. */
  public boolean isFloatingPoint() { return element.isFloating(); }

  /** The type in which values of this type and of {@code other} meet. */
  public DType promote(DType other) { return compareTo(other) >= 0 ? this : other; }

  /** 0 for truth values, 1 for integers, 2 for real numbers. */
  int category() { return this == BOOL ? 0 : isFloatingPoint() ? 2 : 1; }
}
