package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import dev.tombolo.proto.runtime.v1.LimitExceeded;
import dev.tombolo.proto.technology.v1.Category;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading the answer of a call. */
class EnvelopeTest {
    private static final TypeResolver TYPES = TypeResolver.of(LimitExceeded.getDescriptor());
    private static final String ERROR = "{\"new\":[],\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"näh\",\"new\":{},"
            + "\"details\":[{\"@type\":\"type.googleapis.com/tombolo.runtime.v1.LimitExceeded\",\"limit\":\"size\","
            + "\"allowed\":\"7\"},{\"@type\":\"x/none\",\"a\":{}}]}}";

    @Test
    void readsAResult() {
        Category.Builder result = Category.newBuilder();
        MemorySegment answer = MemorySegment.ofArray("{\"result\":{\"id\":7},\"new\":1}\n".getBytes(UTF_8));
        assertThat(Envelope.read(answer, result, TYPES)).isNull();
        assertThat(result.build()).isEqualTo(Category.newBuilder().setId(7).build());
    }

    @Test
    void readsAnError() {
        Category.Builder result = Category.newBuilder();
        Envelope.Failure failure = Envelope.read(ERROR.getBytes(UTF_8), result, TYPES);
        assertThat(failure)
                .isEqualTo(new Envelope.Failure(
                        "NOT_FOUND",
                        "näh",
                        Arrays.asList(
                                Any.pack(LimitExceeded.newBuilder()
                                        .setLimit("size")
                                        .setAllowed(7)
                                        .build()),
                                Any.newBuilder().setTypeUrl("x/none").build())));
        assertThat(result.build()).isEqualTo(Category.getDefaultInstance());
    }

    @Test
    void messageAndDetailsAreOptional() {
        byte[] answer = "{\"error\":{\"code\":\"INTERNAL\"}}".getBytes(UTF_8);
        assertThat(Envelope.read(answer, Category.newBuilder(), TYPES))
                .isEqualTo(new Envelope.Failure("INTERNAL", "", List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | byte 2: the answer has neither result nor error",
                "[] | byte 0: expected '{', found '['",
                "{\"result\":{},\"error\":{\"code\":\"OK\"}} | byte 13: the answer has more than one result or error",
                "{\"result\":{}}x | byte 13: expected the end, found 'x'",
                "{\"result\":{\"id\":-1}} | field result.id at byte 16: not a value of uint32",
                "{\"error\":{}} | field error at byte 11: the error has no code",
                "{\"error\":{\"code\":5}} | field error at byte 17: expected the name of a code, found '5'",
                "{\"error\":{\"code\":\"A\",\"code\":\"A\"}} | field error at byte 21: a member is given twice",
                "{\"error\":{\"code\":\"A\",\"details\":[{},1]}} | field error.details[1] at byte 35: expected '{', found '1'",
            },
            quoteCharacter = '`')
    void refuses(String answer, String message) {
        assertThatThrownBy(() -> Envelope.read(answer.getBytes(UTF_8), Category.newBuilder(), TYPES))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void truncatedAnswersAreRefusedAtEveryByte() {
        byte[] answer = ERROR.getBytes(UTF_8);
        for (int length = 0; length < answer.length; length++) {
            byte[] part = Arrays.copyOf(answer, length);
            assertThatThrownBy(() -> Envelope.read(part, Category.newBuilder(), TYPES))
                    .as("first %d bytes", length)
                    .isInstanceOf(JsonException.class);
        }
    }
}
