package dev.tombolo.ffi.json;

import com.google.protobuf.Descriptors.Descriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the types that a {@code google.protobuf.Any} may hold. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface TypeResolver {
    /**
     * Finds a type.
     *
     * @param fullName such as {@code tombolo.runtime.v1.LimitExceeded}
     * @return its descriptor, or null if it isn't known
     */
    @Nullable
    Descriptor find(String fullName);

    /** Returns a resolver that knows the given types. */
    static TypeResolver of(Descriptor... types) {
        Map<String, Descriptor> known = Arrays.stream(types)
                .collect(Collectors.toUnmodifiableMap(Descriptor::getFullName, Function.identity()));
        return known::get;
    }
}
