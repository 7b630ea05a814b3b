package dev.flambeau;

/** Thrown by {@link Autograd#gradcheck} where numerical and analytical derivatives differ. */
public final class GradcheckException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GradcheckException(String message) {
    super(message);
  }
}
