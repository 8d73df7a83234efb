package dev.tombolo.ffi.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What reading and writing needs to know of a message type, looked up once. Plans are kept for the life of this class,
 * one for each type that was ever read or written. Immutable.
 */
final class MessagePlan {
    private static final ConcurrentHashMap<Descriptor, MessagePlan> PLANS = new ConcurrentHashMap<>();

    final Descriptor descriptor;
    final KnownType known;
    /** The fields in the order of their declaration, each at its {@link FieldPlan#slot}. */
    final FieldPlan[] declared;
    /** The fields by ascending number, which is their order in the wire format. */
    final FieldPlan[] numbered;
    /** How many slots a set of the fields and oneofs that were seen needs. */
    final int slots;

    /** A hash table with open addressing of the JSON names and proto names, as bytes. */
    private final byte[] @Nullable [] names;

    private final @Nullable FieldPlan[] named;

    private MessagePlan(Descriptor descriptor) {
        this.descriptor = descriptor;
        known = KnownType.of(descriptor);
        slots = descriptor.getFields().size() + descriptor.getOneofs().size();
        List<FieldDescriptor> all = descriptor.getFields();
        declared = all.stream().map(field -> new FieldPlan(field, all.size())).toArray(FieldPlan[]::new);
        numbered = declared.clone();
        Arrays.sort(numbered, Comparator.comparingInt(field -> field.number));
        int capacity = 4 * Integer.highestOneBit(Math.max(1, 2 * declared.length));
        names = new byte[capacity][];
        named = new FieldPlan[capacity];
        // A JSON name goes before a proto name of the same spelling.
        for (FieldPlan field : declared) {
            register(field.jsonName, field);
        }
        for (FieldPlan field : declared) {
            register(field.protoName, field);
        }
    }

    /** Returns the plan of a type, making it at the first call. Safe for concurrent use. */
    static MessagePlan of(Descriptor descriptor) {
        MessagePlan plan = PLANS.get(descriptor);
        return plan != null ? plan : PLANS.computeIfAbsent(descriptor, MessagePlan::new);
    }

    /**
     * Finds a field by its number, and returns its place in {@link #numbered}, or -1 if there is none.
     *
     * @param from where to look first: the place of the field before, as fields mostly come by ascending number
     */
    int indexOf(int number, int from) {
        for (int i = from; i < numbered.length && numbered[i].number <= number; i++) {
            if (numbered[i].number == number) {
                return i;
            }
        }
        for (int i = 0; i < from; i++) {
            if (numbered[i].number == number) {
                return i;
            }
        }
        return -1;
    }

    private void register(byte[] name, FieldPlan field) {
        int slot = find(name, 0, name.length);
        if (names[slot] == null) {
            names[slot] = name;
            named[slot] = field;
        }
    }

    /** Finds a field by its JSON name or its proto name. */
    @Nullable
    FieldPlan field(byte[] text, int start, int end) {
        return named[find(text, start, end)];
    }

    /** Returns the table's slot of a name, or the empty one where it belongs. */
    private int find(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        int mask = names.length - 1;
        int slot = (hash ^ hash >>> 16) & mask;
        while (true) {
            byte[] name = names[slot];
            if (name == null || Arrays.equals(name, 0, name.length, text, start, end)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }
}
