package dev.flambeau.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a tensor field of a {@link Module} as state that is not learned, such as running statistics. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Buffer {
  /** Whether it belongs to the {@link Module#stateDict}. */
  boolean persistent() default true;
}
