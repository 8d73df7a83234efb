package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import dev.tombolo.proto.runtime.v1.Status;
import dev.tombolo.proto.technology.v1.Category;
import dev.tombolo.proto.technology.v1.DetectBatchRequest;
import dev.tombolo.proto.technology.v1.DetectResponse;
import dev.tombolo.proto.technology.v1.Header;
import dev.tombolo.proto.technology.v1.Page;
import dev.tombolo.proto.technology.v1.Rules;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Writing: attachments, the form of values, and what is refused. */
class JsonWriterTest {
    private static final TypeResolver TYPES = TypeResolver.of(Category.getDescriptor(), Duration.getDescriptor());

    private static String write(Message message) {
        return new String(JsonWriter.write(message, TYPES), UTF_8);
    }

    @Test
    void attachmentsAreReferences() {
        Page.Builder page = Page.newBuilder().setUrl("u").setBody(ByteString.copyFromUtf8("@1"));
        page.addHeaders(Header.newBuilder().setName("n").setValue(ByteString.copyFromUtf8("@1")));
        assertThat(write(DetectBatchRequest.newBuilder().addPages(page).build()))
                .isEqualTo(
                        "{\"pages\":[{\"url\":\"u\",\"headers\":[{\"name\":\"n\",\"value\":\"QDE=\"}],\"body\":\"@1\"}]}");

        Message.Builder kinds = KindsType.newBuilder();
        var many = KindsType.DESCRIPTOR.findFieldByName("attached_many");
        kinds.addRepeatedField(many, ByteString.copyFromUtf8("@0")).addRepeatedField(many, ByteString.EMPTY);
        assertThat(write(kinds.build())).isEqualTo("{\"attachedMany\":[\"@0\",\"\"]}");
    }

    @Test
    void writesNamesQuotesAndEscapes() {
        assertThat(write(DetectResponse.newBuilder()
                        .setMatcherValue(1)
                        .setTitle("")
                        .build()))
                .isEqualTo("{\"title\":\"\",\"matcher\":\"MATCHER_REFERENCE\"}");
        assertThat(write(DetectResponse.newBuilder().setMatcherValue(9).build()))
                .isEqualTo("{\"matcher\":9}");
        assertThat(write(Header.newBuilder().setName("\"\\\n\0\u001f\u007f/é😀").build()))
                .isEqualTo("{\"name\":\"\\\"\\\\\\n\\u0000\\u001f\u007f/é😀\"}");
        assertThat(write(Rules.newBuilder().putCookies("", "").build())).isEqualTo("{\"cookies\":{\"\":\"\"}}");
    }

    @Test
    void writesACString() {
        try (Arena arena = Arena.ofConfined()) {
            Category category = Category.newBuilder().setName("é").build();
            MemorySegment json = JsonWriter.writeCString(category, TYPES, arena);
            assertThat(json.byteSize()).isEqualTo("{\"name\":\"é\"}".getBytes(UTF_8).length + 1);
            assertThat(json.getString(0)).isEqualTo("{\"name\":\"é\"}");
        }
    }

    @Test
    void unknownFieldsAreLeftOut() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        100,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(1)
                                .addFixed32(2)
                                .addFixed64(3)
                                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                .addGroup(UnknownFieldSet.newBuilder()
                                        .addField(
                                                1,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addVarint(1)
                                                        .build())
                                        .build())
                                .build())
                // A number of the type, but with another wire type.
                .addField(2, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        Category category =
                Category.newBuilder().setId(7).setUnknownFields(unknown).build();
        assertThat(write(category)).isEqualTo("{\"id\":7}");
    }

    @Test
    void writesTimes() {
        assertThat(write(Timestamp.newBuilder().setSeconds(-62_135_596_800L).build()))
                .isEqualTo("\"0001-01-01T00:00:00Z\"");
        assertThat(write(Timestamp.newBuilder().setNanos(1_000_000).build())).isEqualTo("\"1970-01-01T00:00:00.001Z\"");
        assertThat(write(Timestamp.newBuilder().setNanos(1000).build())).isEqualTo("\"1970-01-01T00:00:00.000001Z\"");
        assertThat(write(Duration.newBuilder().setNanos(-1).build())).isEqualTo("\"-0.000000001s\"");
        assertThat(write(Duration.newBuilder().setSeconds(-3).build())).isEqualTo("\"-3s\"");
    }

    @Test
    void contentOfAnAnyMayBeInAnyOrder() {
        // The id twice, with the name between: the last one counts.
        ByteString content = ByteString.copyFrom(new byte[] {8, 1, 0x12, 1, 'a', 8, 2});
        Any any = Any.newBuilder()
                .setTypeUrl("x/tombolo.technology.v1.Category")
                .setValue(content)
                .build();
        assertThat(write(any)).isEqualTo("{\"@type\":\"x/tombolo.technology.v1.Category\",\"id\":2,\"name\":\"a\"}");
        assertThat(write(Any.getDefaultInstance())).isEqualTo("{}");
    }

    @Test
    void refusesWhatJsonCannotSay() {
        Any unknown = Any.newBuilder().setTypeUrl("x/none").build();
        assertThatThrownBy(() -> write(Status.newBuilder().addDetails(unknown).build()))
                .isInstanceOf(JsonException.class)
                .hasMessage("field details is an Any of an unknown type, x/none");
        Any broken = unknown.toBuilder()
                .setTypeUrl("x/google.protobuf.Duration")
                .setValue(ByteString.copyFromUtf8("\n"))
                .build();
        assertThatThrownBy(() -> write(broken))
                .isInstanceOf(JsonException.class)
                .hasMessage("the message is an Any that holds no google.protobuf.Duration");
        for (Message message : new Message[] {
            Timestamp.newBuilder().setNanos(-1).build(),
            Timestamp.newBuilder().setSeconds(253_402_300_800L).build(),
            Duration.newBuilder().setSeconds(1).setNanos(-1).build(),
            Duration.newBuilder().setSeconds(315_576_000_001L).build(),
            FieldMask.newBuilder().addPaths("notSnake").build(),
            FieldMask.newBuilder().addPaths("a_1").build(),
            Value.getDefaultInstance(),
            ListValue.newBuilder()
                    .addValues(Value.newBuilder().setNumberValue(Double.NaN))
                    .build(),
            Any.newBuilder().setValue(ByteString.copyFromUtf8("a")).build(),
        }) {
            assertThatThrownBy(() -> write(message)).as("%s", message).isInstanceOf(JsonException.class);
        }
    }
}
