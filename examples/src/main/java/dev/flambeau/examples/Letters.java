package dev.flambeau.examples;

/** What the terminal can show. */
final class Letters {
  private Letters() {}

  /** Whether standard output has these letters. */
  static boolean canShow(String letters) { return System.out.charset().newEncoder().canEncode(letters); }
}
