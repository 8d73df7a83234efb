package dev.tombolo.technology;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.Value;
import dev.tombolo.internal.Attachments;
import dev.tombolo.proto.technology.v1.DetectLimits;
import dev.tombolo.proto.technology.v1.DetectResponse;
import dev.tombolo.proto.technology.v1.Header;
import dev.tombolo.proto.technology.v1.Page;
import dev.tombolo.proto.technology.v1.Patterns;
import dev.tombolo.proto.technology.v1.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Turns records into messages and back. */
final class Messages {
    private Messages() {}

    static Page page(WebPage page, Attachments attachments) {
        Page.Builder message = Page.newBuilder().setUrl(page.url());
        for (WebPage.Header header : page.headers()) {
            ByteString value = UnsafeByteOperations.unsafeWrap(header.value());
            message.addHeaders(Header.newBuilder().setName(header.name()).setValue(value));
        }
        if (page.bodyLength() > 0) {
            message.setBody(attachments.add(page.body()));
        }
        return message.build();
    }

    static dev.tombolo.proto.technology.v1.DetectOptions options(DetectOptions options) {
        var message = dev.tombolo.proto.technology.v1.DetectOptions.newBuilder()
                .setTitle(options.title())
                .setEvidence(options.evidence())
                .setMatcher(matcher(options.matcher()));
        options.fingerprintSet().ifPresent(message::setFingerprintSet);
        options.maxBodyBytes()
                .ifPresent(bytes -> message.setLimits(DetectLimits.newBuilder().setMaxBodyBytes(bytes)));
        return message.build();
    }

    private static dev.tombolo.proto.technology.v1.Matcher matcher(Matcher matcher) {
        return switch (matcher) {
            case DEFAULT -> dev.tombolo.proto.technology.v1.Matcher.MATCHER_UNSPECIFIED;
            case INDEXED -> dev.tombolo.proto.technology.v1.Matcher.MATCHER_INDEXED;
            case REFERENCE -> dev.tombolo.proto.technology.v1.Matcher.MATCHER_REFERENCE;
        };
    }

    static Detection detection(DetectResponse message) {
        return new Detection(
                message.getTechnologiesList().stream().map(Messages::technology).toList(),
                message.hasTitle() ? Optional.of(message.getTitle()) : Optional.empty(),
                message.getFingerprintSet(),
                switch (message.getMatcher()) {
                    case MATCHER_INDEXED -> Matcher.INDEXED;
                    case MATCHER_REFERENCE -> Matcher.REFERENCE;
                    case MATCHER_UNSPECIFIED, UNRECOGNIZED -> Matcher.DEFAULT;
                });
    }

    private static Technology technology(dev.tombolo.proto.technology.v1.Technology message) {
        return new Technology(
                message.getName(),
                message.hasVersion() ? Optional.of(message.getVersion()) : Optional.empty(),
                message.hasConfidence() ? OptionalInt.of(message.getConfidence()) : OptionalInt.empty(),
                categories(message.getCategoriesList()),
                message.getDescription(),
                message.getWebsite(),
                message.getIcon(),
                message.getCpe(),
                message.hasImplied() ? Optional.of(message.getImplied()) : Optional.empty(),
                message.getEvidenceList().stream().map(Messages::evidence).toList());
    }

    private static Evidence evidence(dev.tombolo.proto.technology.v1.Evidence message) {
        return new Evidence(
                switch (message.getSource()) {
                    case SOURCE_HEADER -> Evidence.Source.HEADER;
                    case SOURCE_COOKIE -> Evidence.Source.COOKIE;
                    case SOURCE_META -> Evidence.Source.META;
                    case SOURCE_HTML -> Evidence.Source.HTML;
                    case SOURCE_SCRIPT -> Evidence.Source.SCRIPT;
                    case SOURCE_IMPLIED -> Evidence.Source.IMPLIED;
                    case SOURCE_UNSPECIFIED, UNRECOGNIZED -> Evidence.Source.OTHER;
                },
                message.getKey(),
                message.getPattern(),
                message.getText(),
                message.hasOffset() ? OptionalLong.of(message.getOffset()) : OptionalLong.empty(),
                message.hasVersion() ? Optional.of(message.getVersion()) : Optional.empty(),
                message.getConfidence(),
                message.getImpliedBy().isEmpty() ? Optional.empty() : Optional.of(message.getImpliedBy()));
    }

    static List<Category> categories(List<dev.tombolo.proto.technology.v1.Category> messages) {
        return messages.stream()
                .map(message -> new Category(message.getId(), message.getName(), message.getPriority()))
                .toList();
    }

    static KnownTechnology known(dev.tombolo.proto.technology.v1.KnownTechnology message) {
        return new KnownTechnology(
                message.getName(),
                categories(message.getCategoriesList()),
                message.getDescription(),
                message.getWebsite(),
                message.getIcon(),
                message.getCpe(),
                message.getImpliesList(),
                message.hasRules() ? Optional.of(rules(message.getRules())) : Optional.empty());
    }

    private static FingerprintRules rules(Rules message) {
        Map<String, List<String>> meta = new LinkedHashMap<>();
        for (Map.Entry<String, Patterns> entry : message.getMetaMap().entrySet()) {
            meta.put(entry.getKey(), List.copyOf(entry.getValue().getPatternsList()));
        }
        return new FingerprintRules(
                message.getCookiesMap(),
                message.getHeadersMap(),
                message.getHtmlList(),
                message.getScriptSrcList(),
                meta,
                message.getScriptsList(),
                message.getJsMap(),
                message.getCssList(),
                fields(message.getDom()));
    }

    private static Map<String, Object> fields(Struct struct) {
        Map<String, Object> fields = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> {
            Object read = value(value);
            if (read != null) {
                fields.put(name, read);
            }
        });
        return fields;
    }

    private static @org.jspecify.annotations.Nullable Object value(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> fields(value.getStructValue());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(Messages::value)
                        .filter(java.util.Objects::nonNull)
                        .toList();
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }
}
