package dev.flambeau.io;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/**
 * What a file's bytes must hash to.
 *
 * @param algorithm {@code SHA-256} or {@code MD5}
 * @param hex the hash in hexadecimal digits, or the first of them
 */
public record Checksum(String algorithm, String hex) {
  private static final int SHORTEST = 8;

  /** Digits in upper case become lower case; {@link IllegalArgumentException} for what is no such hash. */
  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    int digits = 2 * digest(algorithm).getDigestLength();
    if (!hex.matches("[0-9a-f]{" + SHORTEST + "," + digits + "}"))
      throw new IllegalArgumentException("checksum: expected " + SHORTEST + " to " + digits + " hexadecimal digits of "
          + algorithm + ", got \"" + hex + "\"; copy them from where the file is published");
  }

  /** A SHA-256, or its first digits, at least eight. */
  public static Checksum sha256(String hex) { return new Checksum("SHA-256", hex); }

  /** An MD5: good against accidents, not against malice. */
  public static Checksum md5(String hex) { return new Checksum("MD5", hex); }

  boolean accepts(String digest) { return digest.startsWith(hex); }

  MessageDigest digest() { return digest(algorithm); }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          "checksum: expected SHA-256 or MD5, got " + algorithm + ", which this JDK does not have", e);
    }
  }

  /** As in {@code SHA-256 f37072fd}. */
  @Override
  public String toString() { return algorithm + " " + hex; }
}
