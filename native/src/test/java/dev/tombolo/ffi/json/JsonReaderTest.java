package dev.tombolo.ffi.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.tombolo.proto.runtime.v1.Limits;
import dev.tombolo.proto.runtime.v1.Status;
import dev.tombolo.proto.technology.v1.Category;
import dev.tombolo.proto.technology.v1.DetectBatchRequest;
import dev.tombolo.proto.technology.v1.Header;
import dev.tombolo.proto.technology.v1.Rules;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading: the rules on input that random messages don't reach, errors, and the bound on nesting. */
class JsonReaderTest {
    private static final TypeResolver TYPES =
            TypeResolver.of(Category.getDescriptor(), Duration.getDescriptor(), Value.getDescriptor());

    /** Reads test.Kinds from JSON; bytes beyond ASCII may be given as ISO 8859-1. */
    private static Message kinds(String json) {
        Message.Builder builder = KindsType.newBuilder();
        JsonReader.read(json.getBytes(ISO_8859_1), builder, TYPES);
        return builder.build();
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static <B extends Message.Builder> B read(String json, B builder) {
        JsonReader.read(json.getBytes(UTF_8), builder, TYPES);
        return builder;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1e2 | 100",
                "'\"1.50e1\"' | 15",
                "-0 | 0",
                "0.05e2 | 5",
                "10e-1 | 1",
                "0e99999999999 | 0",
                "9223372036854775807 | 9223372036854775807",
                "'\"-9223372036854775808\"' | -9223372036854775808",
                "92233720368547758070e-1 | 9223372036854775807"
            })
    void readsIntegersInAnyForm(String json, long value) {
        assertThat(field(kinds("{\"oneInt64\":" + json + "}"), "one_int64")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oneInt32 | 2147483648",
                "oneInt32 | -2147483649",
                "oneInt32 | 1.5",
                "oneInt32 | 1e10",
                "oneInt32 | 15e-1",
                "oneInt32 | 1e999999999",
                "oneInt32 | 1e99999999999",
                "oneInt32 | 99999999999999999999999999999",
                "oneInt32 | '\"1 \"'",
                "oneInt32 | '\"\"'",
                "oneInt32 | '\"0x1\"'",
                "oneInt32 | true",
                "oneInt32 | 01",
                "oneInt32 | 1.",
                "oneInt32 | 1e+",
                "oneInt32 | +1",
                "oneInt64 | 9223372036854775808",
                "oneInt64 | -9223372036854775809",
                "oneUint32 | -1",
                "oneUint32 | 4294967296",
                "oneUint64 | -1",
                "oneUint64 | 18446744073709551616",
                "oneDouble | 1e400",
                "oneDouble | NaN",
                "oneDouble | '\"1d\"'",
                "oneDouble | '\"infinity\"'",
                "oneFloat | 3.5e38",
                "oneBool | '\"true\"'",
                "oneBool | 1",
                "oneBool | truest",
                "oneString | 1",
                "oneString | '\"\\ud800\"'",
                "oneString | '\"\\ud800\\u0041\"'",
                "oneString | '\"\\udc00\\ud800\"'",
                "oneString | '\"\\u00g0\"'",
                "oneString | '\"\\x\"'",
                "oneString | '\"\t\"'",
                "oneBytes | '\"_+8=\"'",
                "oneBytes | '\"Zg=\"'",
                "oneBytes | '\"Z\"'",
                "oneBytes | '\"@0\"'",
                "oneColor | true",
                "oneColor | 1.5",
                "manyInt32 | 1",
                "manyInt32 | [1,]",
                "manyInt32 | [1 2]",
                "manyInt32 | [null]",
                "manyValue | null",
                "mapInt32 | []",
                "mapInt32 | '{\"a\":null}'",
                "mapInt32 | '{\"a\":1,\"a\":1}'",
                "keyInt32 | '{\"1e1\":\"\"}'",
                "keyInt32 | '{\"2147483648\":\"\"}'",
                "keyUint64 | '{\"+1\":\"\"}'",
                "keyBool | '{\"1\":\"\"}'",
                "oneKinds | []",
                "oneTimestamp | '\"2020-02-30T00:00:00Z\"'",
                "oneTimestamp | '\"2020-01-01T00:00:00\"'",
                "oneTimestamp | '\"2020-01-01T00:00:00.1234567890Z\"'",
                "oneTimestamp | '\"2020-01-01T00:00:00+1:00\"'",
                "oneTimestamp | '\"0000-01-01T00:00:00Z\"'",
                "oneTimestamp | '\"\"'",
                "oneDuration | '\"1\"'",
                "oneDuration | '\"s\"'",
                "oneDuration | '\"\"'",
                "oneDuration | '\"01s\"'",
                "oneDuration | '\"315576000001s\"'",
                "oneDuration | '\"1.0000000000s\"'",
                "oneFieldmask | '\"a_b\"'",
                "oneFieldmask | '\"a,\"'",
                "oneInt32value | []",
                "oneStruct | '{\"a\":1,\"a\":1}'",
                "oneValue | 1e400",
                "oneAny | '{\"@type\":\"\"}'",
                "oneAny | '{\"@type\":1}'",
                "oneAny | '{\"@type\":\"a\",\"@type\":\"a\"}'",
                "oneAny | '{\"@type\":\"x/google.protobuf.Duration\"}'",
                "oneAny | '{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1s\",\"value\":\"1s\"}'",
                "oneAny | '{\"@type\":\"x/tombolo.technology.v1.Category\",\"id\":\"x\"}'",
                "unknown | '{\"a\":}'",
                "unknown | '[}'",
                "unknown | '{\"a\" 1}'",
                "unknown | nul"
            })
    void refuses(String name, String value) {
        assertThatThrownBy(() -> kinds("{\"" + name + "\":" + value + "}"))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("byte ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f4\u0090\u0080\u0080",
                "\u00ff",
                "\u00c3",
                "\u00e2\u0082",
                "\u00e0\u0080\u0080",
                "\u00f0\u0080\u0080\u0080",
                "\u0080"
            })
    void refusesInvalidUtf8(String bytes) {
        assertThatThrownBy(() -> kinds("{\"oneString\":\"" + bytes + "\"}"))
                .isInstanceOf(JsonException.class)
                .hasMessage("field one_string at byte 14: invalid UTF-8 in a string");
        assertThatThrownBy(() -> kinds("{\"unknown\":\"" + bytes + "\"}")).isInstanceOf(JsonException.class);
    }

    @Test
    void errorsTellByteAndField() {
        assertMessage("", "byte 0: expected '{', found the end");
        assertMessage("{}}", "byte 2: expected the end, found '}'");
        assertMessage("{\"pages\":[{},{\"url\":1}]}", "field pages[1].url at byte 20: expected a string, found '1'");
        assertMessage("{\"pages\":[],\"pages\":[]}", "field pages at byte 12: is given twice");
        assertMessage("{\"pages\":[{\"body\":\"*\"}]}", "field pages[0].body at byte 18: not base64");
        assertMessage("{\"pages\" []}", "byte 9: expected ':', found '['");
        assertMessage("{\"a\":\u00ff}", "byte 5: expected a value, found byte 0xc3");
        assertThatThrownBy(() -> read("{\"meta\":{\"a b\":{\"patterns\":[1]}}}", Rules.newBuilder()))
                .hasMessage("field meta[\"a b\"].patterns[0] at byte 28: expected a string, found '1'");
        String longKey = "k".repeat(10_000);
        assertThatThrownBy(() -> read("{\"cookies\":{\"" + longKey + "\":1}}", Rules.newBuilder()))
                .isInstanceOfSatisfying(
                        JsonException.class, e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    private static void assertMessage(String json, String message) {
        assertThatThrownBy(() -> read(json, DetectBatchRequest.newBuilder()))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void aOneofIsSetOnce() {
        assertThatThrownBy(() -> kinds("{\"choiceInt32\":1,\"choiceBool\":true}"))
                .hasMessage("field choice_bool at byte 30: belongs to a oneof that is already set");
        assertThat(field(kinds("{\"choiceInt32\":null,\"choiceBool\":true}"), "choice_bool"))
                .isEqualTo(true);
    }

    @Test
    void everyFieldIsGivenOnce() {
        for (var field : KindsType.DESCRIPTOR.getFields()) {
            String name = field.getName();
            if (!name.equals("many_value") && !name.equals("many_nullvalue")) {
                assertThatThrownBy(() -> kinds("{\"" + name + "\":null,\"" + name + "\":null}"))
                        .hasMessageEndingWith("is given twice");
            }
        }
    }

    @Test
    void nullIsAbsenceButForNullValues() {
        Message message = kinds("{\"oneInt32\":null,\"manyKinds\":null,\"mapBool\":null,\"maybeString\":null,"
                + "\"oneTimestamp\":null,\"oneValue\":null,\"choiceNullvalue\":null}");
        assertThat(message.getAllFields().keySet())
                .extracting(field -> field.getName())
                .containsExactlyInAnyOrder("one_value", "choice_nullvalue");
    }

    @Test
    void presenceIsKept() {
        Message message =
                kinds("{\"oneInt32\":0,\"oneString\":\"\",\"maybeInt32\":0,\"maybeString\":\"\",\"choiceBool\":false}");
        assertThat(message.getAllFields().keySet())
                .extracting(field -> field.getName())
                .containsExactlyInAnyOrder("maybe_int32", "maybe_string", "choice_bool");
    }

    @Test
    void whatIsUnknownIsSkipped() {
        Message message = kinds("{\"x\":[{\"y\":\"\\\"}\"},1.5e+7,true,null],\"oneColor\":\"COLOR_NEW\",\"oneInt32\":7,"
                + "\"manyColor\":[\"COLOR_NEW\",\"COLOR_RED\"],\"mapColor\":{\"a\":\"COLOR_NEW\",\"b\":1}}");
        assertThat(field(message, "one_int32")).isEqualTo(7);
        assertThat((List<?>) field(message, "many_color")).hasSize(1);
        assertThat((List<?>) field(message, "map_color")).hasSize(1);
        assertThat(message.getAllFields()).hasSize(3);
    }

    @Test
    void stringsMayHaveEscapes() {
        String json =
                "{\"\\u0075rl\":1,\"name\":\"\\ud83d\\ude00\\u00e9\\u20ac\\u0000\\/\\b\\f\\n\\r\\t\\\"\\\\ \u00e9\"}";
        assertThat(read(json, Header.newBuilder()).getName()).isEqualTo("😀é€\0/\b\f\n\r\t\"\\ é");
        assertThat(read("{\"\\u006eame\":\"a\"}", Header.newBuilder()).getName())
                .isEqualTo("a");
    }

    @Test
    void base64MayBeOfEitherAlphabet() {
        ByteString content = ByteString.copyFrom(new byte[] {-1, -17});
        for (String text : List.of("/+8=", "_-8=", "/+8", "_-8")) {
            assertThat(field(kinds("{\"oneBytes\":\"" + text + "\"}"), "one_bytes"))
                    .isEqualTo(content);
        }
        for (int length = 0; length < 70; length++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) (37 * length));
            for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String json = "{\"value\":\"" + encoder.encodeToString(bytes) + "\"}";
                assertThat(read(json, Header.newBuilder()).getValue().toByteArray())
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void timesMayHaveAnyZoneAndFraction() {
        assertThat(read("\"2020-01-01T00:00:00.5+01:30\"", Timestamp.newBuilder())
                        .build())
                .isEqualTo(Timestamp.newBuilder()
                        .setSeconds(1577831400)
                        .setNanos(500_000_000)
                        .build());
        assertThat(read("\"-.5s\"", Duration.newBuilder()).build())
                .isEqualTo(Duration.newBuilder().setNanos(-500_000_000).build());
        assertThat(read("\"+3.s\"", Duration.newBuilder()).build())
                .isEqualTo(Duration.newBuilder().setSeconds(3).build());
    }

    @Test
    void negativeZeroKeepsItsSign() {
        Message message = kinds("{\"oneDouble\":-0.0,\"oneFloat\":\"-0\"}");
        assertThat(field(message, "one_double")).isEqualTo(-0.0);
        assertThat(field(message, "one_float")).isEqualTo(-0.0f);
        assertThat(JsonWriter.write(message, TYPES))
                .asString(UTF_8)
                .isEqualTo("{\"oneDouble\":-0.0,\"oneFloat\":-0.0}");
    }

    @Test
    void aTypeUrlMayComeLast() {
        Any any = read("{\"id\":7,\"x\":{},\"@type\":\"x/tombolo.technology.v1.Category\"}", Any.newBuilder())
                .build();
        assertThat(any.getValue())
                .isEqualTo(Category.newBuilder().setId(7).build().toByteString());
        any = read("{\"value\":\"1s\",\"@type\":\"x/google.protobuf.Duration\",\"x\":0}", Any.newBuilder())
                .build();
        assertThat(any.getValue())
                .isEqualTo(Duration.newBuilder().setSeconds(1).build().toByteString());
    }

    @Test
    void anAnyOfAnUnknownTypeKeepsItsUrl() {
        Status status = read(
                        "{\"details\":[{\"@type\":\"x/none\",\"a\":[1]},{},{\"a\":1}],\"code\":5}", Status.newBuilder())
                .build();
        assertThat(status.getDetailsList())
                .containsExactly(
                        Any.newBuilder().setTypeUrl("x/none").build(),
                        Any.getDefaultInstance(),
                        Any.getDefaultInstance());
        assertThat(status.getCode()).isEqualTo(5);
    }

    @Test
    void nestingIsBounded() {
        for (String[] nested : new String[][] {
            {"{\"oneKinds\":", "{}", "}"}, {"{\"manyKinds\":[", "{}", "]}"}, {"{\"mapKinds\":{\"a\":", "{}", "}}"}
        }) {
            kinds(nested[0].repeat(99) + nested[1] + nested[2].repeat(99));
            assertTooDeep(nested[0].repeat(100) + nested[1] + nested[2].repeat(100));
            assertTooDeep(nested[0].repeat(100_000));
        }
        for (String name : new String[] {"x", "oneListvalue"}) {
            kinds("{\"" + name + "\":" + "[".repeat(99) + "]".repeat(99) + "}");
            assertTooDeep("{\"" + name + "\":" + "[".repeat(100) + "]".repeat(100) + "}");
            assertTooDeep("{\"" + name + "\":" + "[".repeat(1_000_000));
        }
        kinds("{\"oneStruct\":" + "{\"a\":".repeat(98) + "{}" + "}".repeat(98) + "}");
        assertTooDeep("{\"oneStruct\":" + "{\"a\":".repeat(99) + "{}" + "}".repeat(99) + "}");
        assertTooDeep("{\"oneAny\":" + "{\"@type\":\"x/google.protobuf.Value\",\"value\":[".repeat(100_000));
    }

    private static void assertTooDeep(String json) {
        assertThatThrownBy(() -> kinds(json)).isInstanceOf(JsonException.class).hasMessageContaining("nested too deep");
    }

    @Test
    void truncatedInputIsRefusedAtEveryByte() {
        byte[] json = JsonWriter.write(
                new RandomMessages(3).fill(KindsType.newBuilder(), 3).build(),
                TypeResolver.of(Category.getDescriptor(), Duration.getDescriptor(), Struct.getDescriptor()));
        for (int length = 0; length < json.length; length++) {
            byte[] part = Arrays.copyOf(json, length);
            assertThatThrownBy(() -> JsonReader.read(part, KindsType.newBuilder(), TYPES))
                    .as("first %d bytes", length)
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void anErrorLeavesTheBuilderUnchanged() {
        Category.Builder builder = Category.newBuilder().setName("kept");
        assertThatThrownBy(() -> read("{\"id\":7,\"name\":1}", builder)).isInstanceOf(JsonException.class);
        assertThat(builder.build())
                .isEqualTo(Category.newBuilder().setName("kept").build());
    }

    @Test
    void readsNativeMemory() {
        try (Arena arena = Arena.ofConfined()) {
            byte[] json = " {\"memoryLimitBytes\":\"18446744073709551615\"} ".getBytes(UTF_8);
            Limits.Builder limits = Limits.newBuilder();
            JsonReader.read(arena.allocateFrom(ValueLayout.JAVA_BYTE, json), limits, TYPES);
            assertThat(limits.getMemoryLimitBytes()).isEqualTo(-1L);
        }
    }
}
