package dev.tombolo.tests;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.tombolo.fixture.proto.v1.EchoRequest;
import dev.tombolo.fixture.proto.v1.Everything;
import dev.tombolo.technology.WebPage;
import java.util.List;
import java.util.Random;

/** Messages and pages from a seed: the same seed gives the same one. */
final class RandomMessages {
    private static final String[] TEXTS = {
        "",
        "a",
        "@0",
        "\"quoted\\\"",
        "\u0000",
        "\u0001\b\f\n\r\t\u001f",
        "ünïcödé",
        "\u2028\u2029",
        "日本語",
        "😀",
        "\uFFFD",
        "</script>",
        "null",
        "0",
        "{\"a\":1}",
        "ſK",
        "a\u0300"
    };
    private static final String[] FRAGMENTS = {
        "<script src=\"/jquery-3.5.1.min.js\"></script>",
        "<meta name=\"generator\" content=\"WordPress 6.1\">",
        "<title>A &amp; B</title>",
        "<TITLE>Ünï</TITLE>",
        "<title>",
        "<script>var a = 1;</script>",
        "<a href=\"/wp-content/x\">",
        "<!-- comment -->",
        "<p>text</p>",
        "<link rel=\"stylesheet\" href=\"bootstrap.min.css\">",
        "<script src='",
        "<meta",
        "&#83;",
        "\0",
        "<body class=drupal>",
        "]]>"
    };
    private static final String[] HEADERS = {
        "Server",
        "server",
        "X-Powered-By",
        "Set-Cookie",
        "set-cookie",
        "Content-Type",
        "Via",
        "X-Generator",
        "x",
        "Ünïcödé",
        "a b"
    };
    private static final String[] VALUES = {
        "nginx/1.18.0",
        "Apache/2.4.41 (Ubuntu)",
        "PHP/7.4.3",
        "PHPSESSID=abc; path=/",
        "a=b, c=d",
        "laravel_session=x",
        "text/html; charset=utf-8",
        "application/json",
        "",
        " ",
        "WordPress 5.8",
        "1.1 varnish"
    };

    private RandomMessages() {}

    static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    static EchoRequest.Builder echo(Random random) {
        return EchoRequest.newBuilder().setText(text(random)).setEverything((Everything)
                message(Everything.getDefaultInstance(), random, 3));
    }

    private static String text(Random random) {
        return random.nextInt(3) > 0
                ? TEXTS[random.nextInt(TEXTS.length)]
                : TEXTS[random.nextInt(TEXTS.length)] + random.nextLong();
    }

    private static Message message(Message empty, Random random, int depth) {
        if (empty instanceof Timestamp) {
            return Timestamp.newBuilder()
                    .setSeconds(random.nextLong(-62135596800L, 253402300800L))
                    .setNanos(random.nextInt(1_000_000_000))
                    .build();
        }
        Message.Builder message = empty.newBuilderForType();
        for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
            boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextBoolean() || nested && depth == 0) {
                continue;
            }
            if (!field.isRepeated()) {
                message.setField(field, value(field, message, random, depth));
                continue;
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                message.addRepeatedField(field, value(field, message, random, depth));
            }
        }
        // Of map entries with the same key the last one counts, which only parsing sees to.
        try {
            return empty.getParserForType().parseFrom(message.build().toByteString());
        } catch (com.google.protobuf.InvalidProtocolBufferException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Object value(FieldDescriptor field, Message.Builder message, Random random, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt(4) == 0 ? extreme(random) : random.nextInt();
            case LONG -> random.nextInt(4) == 0 ? (Object) (long) extreme(random) : (Object) random.nextLong();
            case FLOAT ->
                List.of(
                                0f,
                                -0f,
                                1.5f,
                                Float.MAX_VALUE,
                                Float.MIN_VALUE,
                                Float.POSITIVE_INFINITY,
                                Float.NaN,
                                random.nextFloat())
                        .get(random.nextInt(8));
            case DOUBLE ->
                List.of(
                                0d,
                                -0d,
                                1.5,
                                Double.MAX_VALUE,
                                Double.MIN_VALUE,
                                Double.NEGATIVE_INFINITY,
                                Double.NaN,
                                random.nextDouble())
                        .get(random.nextInt(8));
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text(random);
            case BYTE_STRING -> ByteString.copyFrom(bytes(random, 20));
            case ENUM -> {
                List<EnumValueDescriptor> values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case MESSAGE -> message(message.newBuilderForField(field).getDefaultInstanceForType(), random, depth - 1);
        };
    }

    private static int extreme(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.MIN_VALUE;
            case 1 -> Integer.MAX_VALUE;
            case 2 -> -1;
            default -> 0;
        };
    }

    /** A page with what fingerprints look for, among any bytes. */
    static WebPage page(Random random) {
        WebPage.Builder page = WebPage.builder().url(text(random));
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = HEADERS[random.nextInt(HEADERS.length)];
            if (random.nextInt(4) == 0) {
                page.header(name, bytes(random, 30));
            } else {
                page.header(name, VALUES[random.nextInt(VALUES.length)]);
            }
        }
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        for (int i = random.nextInt(8); i > 0; i--) {
            if (random.nextInt(3) == 0) {
                body.writeBytes(bytes(random, 60));
            } else {
                body.writeBytes(
                        FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return page.body(body.toByteArray()).build();
    }
}
