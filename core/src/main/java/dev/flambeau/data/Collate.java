package dev.flambeau.data;

import dev.flambeau.DType;
import dev.flambeau.Tensor;
import dev.flambeau.Torch;
import java.lang.reflect.Array;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a batch of samples, as PyTorch's {@code default_collate} does. */
public final class Collate {
  private Collate() {}

  /**
   * The batch as a value of the samples' own type, which holds for tensors and for arrays, lists, maps and records of
   * them; see {@link #join}.
   *
   * @throws IllegalArgumentException if the samples differ in kind or shape, or their type cannot hold a batch
   */
  @SuppressWarnings("unchecked")
  public static <S> S stack(List<? extends S> samples) {
    Object batch = join(samples);
    S first = samples.getFirst();
    if (first instanceof List || first instanceof Map || first.getClass().isInstance(batch)) return (S) batch;
    throw new IllegalArgumentException("Collate: a batch of " + describe(first)
        + " is not such a value itself; give the loader a collate function, such as Collate::join");
  }

  /**
   * What the samples hold at the same place, joined: tensors are stacked, (…) → (N, …), and so are arrays of numbers;
   * N numbers or truth values become a tensor (int64, float64, float32 for {@code Float}, bool); other arrays, lists,
   * maps and records hold the batches of their elements; anything else stays a list of N.
   *
   * @throws IllegalArgumentException if the samples differ in kind or shape, or a container cannot hold a batch
   */
  public static Object join(List<?> samples) {
    if (samples.isEmpty()) throw new IllegalArgumentException("Collate: expected at least one sample, got none");
    Object first = samples.getFirst();
    for (Object s : samples) {
      if (!describe(first).equals(describe(s)))
        throw new IllegalArgumentException("Collate: expected samples alike, got "
            + describe(first) + " and " + describe(s) + "; make them so, or give the loader a collate function");
    }
    int n = samples.size();
    return switch (first) {
      case Tensor _ -> Torch.stack(samples.stream().map(Tensor.class::cast).toList(), 0);
      case Float _ -> numbers(samples).to(DType.FLOAT32);
      case Double _ -> numbers(samples);
      case Number _ -> Torch.fromArray(samples.stream().mapToLong(x -> ((Number) x).longValue()).toArray(), n);
      case Boolean _ -> numbers(samples.stream().map(x -> (Boolean) x ? 1 : 0).toList()).to(DType.BOOL);
      case float[] _ -> join(samples.stream().map(x -> Torch.fromArray((float[]) x)).toList());
      case double[] _ -> join(samples.stream().map(x -> Torch.fromArray((double[]) x)).toList());
      case long[] _ -> join(samples.stream().map(x -> Torch.fromArray((long[]) x)).toList());
      case int[] _ -> join(samples.stream().map(x -> Torch.fromArray((int[]) x)).toList());
      case byte[] _ -> join(samples.stream().map(x -> Torch.fromArray((byte[]) x)).toList());
      case boolean[] _ -> join(samples.stream().map(x -> Torch.fromArray((boolean[]) x)).toList());
      case Object[] a -> {
        Object[] batch = (Object[]) Array.newInstance(a.getClass().getComponentType(), a.length);
        Arrays.setAll(batch, i -> fitting(a.getClass().getComponentType(), column(samples, s -> ((Object[]) s)[i])));
        yield batch;
      }
      case List<?> list ->
          IntStream.range(0, list.size()).mapToObj(i -> join(column(samples, s -> ((List<?>) s).get(i)))).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> batch = new LinkedHashMap<>();
        for (Object key : map.keySet()) batch.put(key, join(column(samples, s -> ((Map<?, ?>) s).get(key))));
        yield batch;
      }
      case Record r -> joinRecords(r.getClass(), samples);
      case null, default -> samples;
    };
  }

  private static Object joinRecords(Class<?> type, List<?> samples) {
    RecordComponent[] parts = type.getRecordComponents();
    try {
      Object[] values = new Object[parts.length];
      for (int i = 0; i < parts.length; i++) {
        Method accessor = parts[i].getAccessor();
        accessor.setAccessible(true);
        List<Object> column = new ArrayList<>();
        for (Object s : samples) column.add(accessor.invoke(s));
        values[i] = fitting(parts[i].getType(), column);
      }
      var made = type.getDeclaredConstructor(Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
      made.setAccessible(true);
      return made.newInstance(values);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new IllegalArgumentException("Collate: the record " + type.getName()
          + " cannot be read; open its package to dev.flambeau, or give the loader a collate function", e);
    }
  }

  private static Object fitting(Class<?> type, List<?> column) {
    Object batch = join(column);
    if (type.isInstance(batch)) return batch;
    throw new IllegalArgumentException("Collate: a batch of " + describe(column.getFirst()) + " does not fit where "
        + type.getSimpleName() + " is declared; declare Tensor or Object, or give the loader a collate function");
  }

  private static List<?> column(List<?> samples, Function<Object, @Nullable Object> part) {
    return samples.stream().map(part).toList();
  }

  private static Tensor numbers(List<?> samples) {
    return Torch.fromArray(samples.stream().mapToDouble(x -> ((Number) x).doubleValue()).toArray(), samples.size());
  }

  /** The kind of a sample and what must be equal in all of a batch. */
  private static String describe(@Nullable Object sample) {
    return switch (sample) {
      case null -> "null";
      case Tensor x -> "a tensor of shape " + Arrays.toString(x.shape());
      case List<?> list -> "a list of " + list.size();
      case Map<?, ?> map -> "a map of " + map.keySet().stream().map(String::valueOf).sorted().toList();
      case Object a when a.getClass().isArray() -> a.getClass().getSimpleName() + " of " + Array.getLength(a);
      case Object other -> other.getClass().getSimpleName();
    };
  }
}
