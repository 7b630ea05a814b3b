package dev.flambeau.nn;

import dev.flambeau.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a module's class that hold its state, found once per class, in the order declared, those of superclasses first. */
final class ModuleFields {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final ClassValue<ModuleFields> KNOWN = new ClassValue<>() {
    @Override
    protected ModuleFields computeValue(Class<?> type) { return new ModuleFields(type); }
  };

  private final List<Field> fields = new ArrayList<>();

  private ModuleFields(Class<?> type) {
    List<Class<?>> line = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Module.class; c = c.getSuperclass()) line.add(c);
    for (Class<?> c : line.reversed()) {
      for (Field field : c.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers) || field.isSynthetic()
            || field.getType().isPrimitive())
          continue;
        if (mayHoldState(field.getType())) fields.add(opened(field));
      }
    }
  }

  private static boolean mayHoldState(Class<?> type) {
    return type == Tensor.class || Module.class.isAssignableFrom(type) || type.isAssignableFrom(Module.class)
        || type.isInterface() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
        || type.isArray() && !type.getComponentType().isPrimitive();
  }

  private static Field opened(Field field) {
    try {
      field.setAccessible(true);
      return field;
    } catch (InaccessibleObjectException e) {
      java.lang.Module in = field.getDeclaringClass().getModule();
      throw new IllegalStateException(
          "the fields of " + field.getDeclaringClass().getName() + " cannot be read: add \"opens "
              + field.getDeclaringClass().getPackageName() + " to dev.flambeau;\" to the module-info of "
              + in.getName() + ", or register its layers and parameters by name",
          e);
    }
  }

  /** Whether the class has a field that may hold state under this name. */
  static boolean has(Class<?> type, String name) {
    return KNOWN.get(type).fields.stream().anyMatch(field -> stateName(field.getName()).equals(name));
  }

  /** The names and values of all fields of {@code module} that now hold a {@code kind}; tensors only if marked as {@code buffers}, or if not. */
  static <T> void visit(Module module, Class<T> kind, boolean buffers, BiConsumer<String, T> visitor) {
    for (Field field : KNOWN.get(module.getClass()).fields) {
      Object value = value(field, module);
      if (value == null) continue;
      if (kind.isInstance(value)) {
        boolean marked = field.isAnnotationPresent(Buffer.class);
        if (value instanceof Tensor x && (marked != buffers || !marked && !x.isLeaf())) continue;
        visitor.accept(stateName(field.getName()), kind.cast(value));
      } else if (kind == Module.class) {
        refuseHidden(field, value);
      }
    }
  }

  /** Names of the buffers of {@code module} that do not belong to its state dict. */
  static List<String> passing(Module module) {
    List<String> names = new ArrayList<>();
    for (Field field : KNOWN.get(module.getClass()).fields) {
      Buffer mark = field.getAnnotation(Buffer.class);
      if (mark != null && !mark.persistent()) names.add(stateName(field.getName()));
    }
    return names;
  }

  private static @Nullable Object value(Field field, Module module) {
    try {
      return field.get(module);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void refuseHidden(Field field, Object value) {
    Collection<?> parts = switch (value) {
      case Collection<?> collection -> collection;
      case Map<?, ?> map -> map.values();
      case Object[] array -> Arrays.asList(array);
      default -> List.of();
    };
    for (Object part : parts) {
      if (!(part instanceof Module) && !(part instanceof Tensor)) return;
      throw new IllegalStateException("the field " + field.getDeclaringClass().getSimpleName() + "." + field.getName()
          + " is a collection, whose layers and parameters would not be found; use a ModuleList or register(name, …),"
          + " or declare it transient if they are not this module's");
    }
  }

  /** The name in a state dict, which is PyTorch's: {@code running_mean} for {@code runningMean}. */
  static String stateName(String field) { return HUMP.matcher(field).replaceAll("_").toLowerCase(Locale.ROOT); }
}
