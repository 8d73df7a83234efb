package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.tombolo.proto.runtime.v1.ConfigureRequest;
import dev.tombolo.proto.runtime.v1.DescribeResponse;
import dev.tombolo.proto.runtime.v1.Status;
import dev.tombolo.proto.technology.v1.Category;
import dev.tombolo.proto.technology.v1.DetectBatchResponse;
import dev.tombolo.proto.technology.v1.ListTechnologiesResponse;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with protobuf's own JSON on random messages: what either writes, both read. */
class JsonDifferentialTest {
    private static final TypeResolver TYPES =
            TypeResolver.of(Category.getDescriptor(), Duration.getDescriptor(), Struct.getDescriptor());
    private static final JsonFormat.TypeRegistry REGISTRY = JsonFormat.TypeRegistry.newBuilder()
            .add(Category.getDescriptor())
            .add(Duration.getDescriptor())
            .add(Struct.getDescriptor())
            .build();
    private static final JsonFormat.Parser PARSER =
            JsonFormat.parser().ignoringUnknownFields().usingTypeRegistry(REGISTRY);
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().usingTypeRegistry(REGISTRY);

    static Stream<Message> types() {
        return Stream.of(
                KindsType.newBuilder().build(),
                DetectBatchResponse.getDefaultInstance(),
                ListTechnologiesResponse.getDefaultInstance(),
                DescribeResponse.getDefaultInstance(),
                ConfigureRequest.getDefaultInstance(),
                Status.getDefaultInstance());
    }

    @ParameterizedTest
    @MethodSource("types")
    void bothReadWhatEitherWrites(Message type) throws InvalidProtocolBufferException {
        // Kinds has hundreds of fields and holds itself; its attachments are no base64 here but in JsonFormat.
        boolean kinds = type.getDescriptorForType().equals(KindsType.DESCRIPTOR);
        for (long seed = 0; seed < 300; seed++) {
            Message.Builder random = new RandomMessages(seed).fill(type.newBuilderForType(), kinds ? 4 : 1);
            Message message = kinds ? withoutAttachments(random) : random.build();

            byte[] ours = JsonWriter.write(message, TYPES);
            Message.Builder theirsOfOurs = type.newBuilderForType();
            PARSER.merge(new String(ours, UTF_8), theirsOfOurs);
            assertThat(theirsOfOurs.build()).as("seed %d", seed).isEqualTo(message);

            assertThat(read(type, ours)).as("seed %d", seed).isEqualTo(message);
            assertThat(read(type, PRINTER.print(message).getBytes(UTF_8)))
                    .as("seed %d", seed)
                    .isEqualTo(message);
            byte[] withProtoNames =
                    PRINTER.preservingProtoFieldNames().print(message).getBytes(UTF_8);
            assertThat(read(type, withProtoNames)).as("seed %d", seed).isEqualTo(message);
        }
    }

    private static Message withoutAttachments(Message.Builder random) {
        for (String name : new String[] {"attached", "attached_many"}) {
            random.clearField(random.getDescriptorForType().findFieldByName(name));
        }
        for (String name : new String[] {"one_kinds", "many_kinds", "choice_kinds", "map_kinds"}) {
            random.clearField(random.getDescriptorForType().findFieldByName(name));
        }
        return random.build();
    }

    private static Message read(Message type, byte[] json) {
        Message.Builder builder = type.newBuilderForType();
        JsonReader.read(json, builder, TYPES);
        return builder.build();
    }
}
