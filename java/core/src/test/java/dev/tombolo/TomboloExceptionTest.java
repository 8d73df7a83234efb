package dev.tombolo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors have the type and the answers that callers branch on. */
class TomboloExceptionTest {
    @ParameterizedTest
    @EnumSource(StatusCode.class)
    void keepsItsCode(StatusCode code) {
        TomboloException exception = TomboloException.of(code, "a message", List.of());
        assertThat(exception.code()).isEqualTo(code);
        assertThat(exception).hasMessage("a message");
        assertThat(StatusCode.of(code.number())).isEqualTo(code);
        assertThat(StatusCode.of(code.name())).isEqualTo(code);
    }

    @Test
    void unknownCodesAreUnknown() {
        assertThat(StatusCode.of(-1)).isEqualTo(StatusCode.UNKNOWN);
        assertThat(StatusCode.of(17)).isEqualTo(StatusCode.UNKNOWN);
        assertThat(StatusCode.of("SOMETHING_NEW")).isEqualTo(StatusCode.UNKNOWN);
    }

    @Test
    void tellsWhetherTheSameCallMaySucceedLater() {
        ErrorDetail limit = new ErrorDetail("tombolo.runtime.v1.LimitExceeded", Map.of("allowed", 1L));
        assertThat(new UnavailableException("gone", List.of()).isRetryable()).isTrue();
        assertThat(new ResourceExhaustedException("busy", List.of()).isRetryable())
                .isTrue();
        assertThat(new ResourceExhaustedException("too large", List.of(limit)).isRetryable())
                .isFalse();
        assertThat(new InvalidArgumentException("wrong", List.of()).isRetryable())
                .isFalse();
        assertThat(new DeadlineExceededException("slow", List.of()).isRetryable())
                .isFalse();
    }

    @Test
    void canBeSerializedWithoutItsDetails() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new UnavailableException("gone", List.of(new ErrorDetail("x", Map.of("a", new Object())))));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isInstanceOfSatisfying(UnavailableException.class, read -> {
                assertThat(read).hasMessage("gone");
                assertThat(read.code()).isEqualTo(StatusCode.UNAVAILABLE);
                assertThat(read.details()).isEmpty();
            });
        }
    }
}
