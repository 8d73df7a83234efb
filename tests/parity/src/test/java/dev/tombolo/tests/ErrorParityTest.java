package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.tombolo.CallCancelledException;
import dev.tombolo.DeadlineExceededException;
import dev.tombolo.ErrorDetail;
import dev.tombolo.InvalidArgumentException;
import dev.tombolo.ResourceExhaustedException;
import dev.tombolo.StatusCode;
import dev.tombolo.Tombolo;
import dev.tombolo.TomboloException;
import dev.tombolo.fixture.proto.v1.EchoRequest;
import dev.tombolo.fixture.proto.v1.FailRequest;
import dev.tombolo.fixture.proto.v1.PanicKind;
import dev.tombolo.fixture.proto.v1.Sha256Request;
import dev.tombolo.internal.Attachments;
import dev.tombolo.internal.Client;
import dev.tombolo.proto.runtime.v1.ConfigureRequest;
import dev.tombolo.proto.runtime.v1.Limits;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import dev.tombolo.transport.DetailTypes;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error has the same code, message and details in every way. */
class ErrorParityTest {
    /** Something that fails, with a name for reports. */
    private record Failing(String name, Consumer<FixtureClient> call) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All that a caller can see of an error. */
    private record Seen(Class<?> type, StatusCode code, String message, List<ErrorDetail> details, boolean retryable) {
        static Seen of(TomboloException exception) {
            return new Seen(
                    exception.getClass(),
                    exception.code(),
                    String.valueOf(exception.getMessage()),
                    exception.details(),
                    exception.isRetryable());
        }
    }

    static Stream<Failing> failures() {
        List<Failing> failures = new ArrayList<>();
        for (int code = 1; code <= 16; code++) {
            FailRequest request = FailRequest.newBuilder()
                    .setCode(code)
                    .setMessage("a \"message\"\nwith ünïcödé \u0000")
                    .setSubject("subject of " + code)
                    .setNumber(Long.MIN_VALUE + code)
                    .build();
            failures.add(new Failing(
                    "fail with " + StatusCode.of(code),
                    fixture -> fixture.client().call(FixtureClient.FAIL, request)));
        }
        for (PanicKind kind : PanicKind.values()) {
            if (kind != PanicKind.UNRECOGNIZED) {
                failures.add(new Failing("panic of " + kind, fixture -> fixture.panic(kind, "on purpose")));
            }
        }
        failures.add(new Failing("timeout", fixture -> fixture.sleep(Duration.ofMinutes(5), Duration.ofMillis(20))));
        failures.add(new Failing(
                "timeout of what can't be stopped",
                fixture -> fixture.stubborn(Duration.ofMillis(200), new byte[1_000], Duration.ofMillis(20))));
        failures.add(new Failing("attachment that isn't there", fixture -> malformed(fixture, "@7")));
        failures.add(new Failing("malformed attachment reference", fixture -> malformed(fixture, "@x")));
        failures.add(new Failing(
                "attachments that are too large",
                fixture -> fixture.sha256(MemorySegment.ofArray(new byte[(128 << 20) + 1]))));
        failures.add(new Failing(
                "message that is too large",
                fixture -> fixture.echo(EchoRequest.newBuilder().setText("x".repeat(128 << 20)), new byte[0])));
        failures.add(new Failing(
                "limit that is too low",
                fixture -> configure(fixture.client(), Limits.newBuilder().setMaxRequestBytes(10))));
        failures.add(new Failing(
                "memory limit that is too low",
                fixture -> configure(
                        fixture.client(),
                        Limits.newBuilder().setMaxRequestBytes(5_000).setMemoryLimitBytes(10))));
        return failures.stream();
    }

    private static void malformed(FixtureClient fixture, String reference) {
        Attachments attachments = new Attachments();
        attachments.add(MemorySegment.ofArray(new byte[1]));
        Sha256Request request = Sha256Request.newBuilder()
                .setContent(ByteString.copyFromUtf8(reference))
                .build();
        fixture.client().call(FixtureClient.SHA256, request, attachments, null);
    }

    private static void configure(Client client, Limits.Builder limits) {
        client.call(
                Methods.CONFIGURE,
                ConfigureRequest.newBuilder().setLimits(limits).build());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failsAlike(Failing failing) {
        Map<Way, Seen> seen = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            try (Tombolo tombolo = way.open()) {
                FixtureClient fixture = new FixtureClient(tombolo);
                TomboloException exception = catchThrowableOfType(
                        TomboloException.class, () -> failing.call().accept(fixture));
                assertThat(exception).as("%s in %s", failing, way).isNotNull();
                seen.put(way, Seen.of(exception));
                // Whatever happened, the next call works.
                assertThat(fixture.echo(EchoRequest.newBuilder().setText("after"), new byte[0])
                                .getText())
                        .isEqualTo("after");
            }
        }
        assertThat(seen)
                .allSatisfy((way, error) -> assertThat(error)
                        .as("%s in %s", failing, way)
                        .usingRecursiveComparison()
                        .isEqualTo(seen.get(Way.FFI)));
    }

    @Test
    void aMethodThatIsNotThereFailsAlikeAndSaysWhatThereIs() {
        Map<Way, Answer> answers = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            try (Tombolo tombolo = way.open()) {
                answers.put(
                        way,
                        Raw.call(
                                tombolo,
                                new Call(
                                        "no.such.Service/Method",
                                        Sha256Request.getDefaultInstance(),
                                        List.of(),
                                        Sha256Request.getDefaultInstance(),
                                        0,
                                        false,
                                        new DetailTypes(
                                                Sha256Request.getDescriptor().getFile()))));
            }
        }
        assertThat(answers.values()).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.get(Way.FFI)));
        assertThat(answers.get(Way.FFI)).isInstanceOfSatisfying(Answer.Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(StatusCode.UNIMPLEMENTED);
            assertThat(failure.message())
                    .contains("no.such.Service/Method")
                    .contains("tombolo.fixture.v1.FixtureService")
                    .contains("tombolo.technology.v1.TechnologyService");
            assertThat(failure.details()).hasSize(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void errorsHaveTheirOwnTypesAndTypedDetails(Way way) {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            assertThatThrownBy(() -> fixture.sleep(Duration.ofMinutes(5), Duration.ofMillis(10)))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("tombolo.fixture.v1.FixtureService/Sleep");
            assertThatThrownBy(() -> malformed(fixture, "@7"))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("content refers to attachment 7");
            assertThatThrownBy(() -> fixture.sha256(MemorySegment.ofArray(new byte[(128 << 20) + 1])))
                    .isInstanceOfSatisfying(ResourceExhaustedException.class, exception -> {
                        assertThat(exception.isRetryable()).isFalse();
                        assertThat(exception.details())
                                .containsExactly(new ErrorDetail(
                                        "tombolo.runtime.v1.LimitExceeded",
                                        Map.of(
                                                "limit", "max_request_bytes",
                                                "allowed", 134_217_728L,
                                                "actual", 134_217_729L)));
                    });
            assertThatThrownBy(() -> fixture.panic(PanicKind.PANIC_KIND_TEXT, "on purpose"))
                    .isInstanceOfSatisfying(TomboloException.class, exception -> {
                        assertThat(exception.code()).isEqualTo(StatusCode.INTERNAL);
                        assertThat(exception).hasMessageContaining("on purpose");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anInterruptCancelsTheCallOfAPlatformThread(Way way) throws Exception {
        interruptCancels(way, Thread.ofPlatform());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anInterruptCancelsTheCallOfAVirtualThread(Way way) throws Exception {
        interruptCancels(way, Thread.ofVirtual());
    }

    private static void interruptCancels(Way way, Thread.Builder builder) throws Exception {
        interruptCancels(way, builder, false);
        interruptCancels(way, builder, true);
    }

    private static void interruptCancels(Way way, Thread.Builder builder, boolean inTheCall) throws Exception {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            long before = fixture.calls();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread caller = builder.start(() -> {
                try {
                    fixture.sleep(Duration.ofMinutes(5), Duration.ZERO);
                    thrown.complete(new AssertionError("the call went on"));
                } catch (Throwable problem) {
                    flag.complete(Thread.currentThread().isInterrupted());
                    thrown.complete(problem);
                }
            });
            if (inTheCall) {
                // The fixture has nothing else to do, so that its next call is this one.
                while (fixture.calls() == before) {
                    Thread.onSpinWait();
                }
            }
            caller.interrupt();
            assertThat(thrown.get())
                    .isInstanceOf(CallCancelledException.class)
                    .hasMessage("tombolo.fixture.v1.FixtureService/Sleep was cancelled by its caller");
            assertThat(flag.get()).as("interrupt flag").isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void leftoversAreBounded(Way way) {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            ResourceExhaustedException refused = null;
            // Each call leaves work behind that goes on for a second; the fixture allows four at a time.
            for (int i = 0; i < 5 && refused == null; i++) {
                try {
                    fixture.stubborn(Duration.ofSeconds(1), new byte[10], Duration.ofMillis(1));
                } catch (ResourceExhaustedException exhausted) {
                    refused = exhausted;
                } catch (DeadlineExceededException leftover) {
                    continue;
                }
            }
            assertThat(refused).isNotNull().hasMessageContaining("4 earlier calls of the fixture");
            assertThat(refused.isRetryable()).isTrue();
            awaitPlace(fixture);
        }
    }

    /** Waits until work that can't be stopped has a place again, for the tests that follow in this process. */
    private static void awaitPlace(FixtureClient fixture) {
        while (true) {
            try {
                fixture.stubborn(Duration.ZERO, new byte[10], Duration.ZERO);
                return;
            } catch (ResourceExhaustedException notYet) {
                Thread.onSpinWait();
            }
        }
    }
}
