package dev.tombolo.transport;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.tombolo.proto.runtime.v1.StatusProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds message types by name: those of a service's file, of the files it imports, and of tombolo's own errors. Immutable. */
public final class DetailTypes {
    private final Map<String, Descriptor> types = new HashMap<>();

    public DetailTypes(FileDescriptor service) {
        Set<String> seen = new HashSet<>();
        add(StatusProto.getDescriptor(), seen);
        add(service, seen);
    }

    private void add(FileDescriptor file, Set<String> seen) {
        if (seen.add(file.getFullName())) {
            file.getMessageTypes().forEach(this::add);
            file.getDependencies().forEach(dependency -> add(dependency, seen));
        }
    }

    private void add(Descriptor type) {
        types.put(type.getFullName(), type);
        type.getNestedTypes().forEach(this::add);
    }

    /**
     * Returns the type of a {@code google.protobuf.Any}.
     *
     * @param typeUrl the type's full name, after a slash if there is one
     * @return the type, or null if it isn't known
     */
    public @Nullable Descriptor find(String typeUrl) {
        return types.get(typeUrl.substring(typeUrl.lastIndexOf('/') + 1));
    }
}
