package dev.tombolo.tests;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.tombolo.Tombolo;
import dev.tombolo.fixture.proto.v1.*;
import dev.tombolo.internal.Attachments;
import dev.tombolo.internal.Client;
import dev.tombolo.internal.RpcMethod;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of the fixture's service. */
final class FixtureClient {
    private static final ServiceDescriptor SERVICE = Fixture.getDescriptor().findServiceByName("FixtureService");

    static final RpcMethod<EchoRequest, EchoResponse> ECHO =
            method("Echo", EchoRequest.getDefaultInstance(), EchoResponse.getDefaultInstance());
    static final RpcMethod<Sha256Request, Sha256Response> SHA256 =
            method("Sha256", Sha256Request.getDefaultInstance(), Sha256Response.getDefaultInstance());
    static final RpcMethod<DigestsRequest, DigestsResponse> DIGESTS =
            method("Digests", DigestsRequest.getDefaultInstance(), DigestsResponse.getDefaultInstance());
    static final RpcMethod<SleepRequest, SleepResponse> SLEEP =
            method("Sleep", SleepRequest.getDefaultInstance(), SleepResponse.getDefaultInstance());
    static final RpcMethod<StubbornRequest, StubbornResponse> STUBBORN =
            method("Stubborn", StubbornRequest.getDefaultInstance(), StubbornResponse.getDefaultInstance());
    static final RpcMethod<PanicRequest, PanicResponse> PANIC =
            method("Panic", PanicRequest.getDefaultInstance(), PanicResponse.getDefaultInstance());
    static final RpcMethod<FailRequest, FailResponse> FAIL =
            method("Fail", FailRequest.getDefaultInstance(), FailResponse.getDefaultInstance());
    static final RpcMethod<SetLabelRequest, SetLabelResponse> SET_LABEL =
            method("SetLabel", SetLabelRequest.getDefaultInstance(), SetLabelResponse.getDefaultInstance());
    static final RpcMethod<GetLabelRequest, GetLabelResponse> GET_LABEL =
            method("GetLabel", GetLabelRequest.getDefaultInstance(), GetLabelResponse.getDefaultInstance());
    static final RpcMethod<CountRequest, CountResponse> COUNT =
            method("Count", CountRequest.getDefaultInstance(), CountResponse.getDefaultInstance());
    static final RpcMethod<PidRequest, PidResponse> PID =
            method("Pid", PidRequest.getDefaultInstance(), PidResponse.getDefaultInstance());
    static final RpcMethod<ExitRequest, ExitResponse> EXIT =
            method("Exit", ExitRequest.getDefaultInstance(), ExitResponse.getDefaultInstance());

    private final Client client;

    FixtureClient(Tombolo tombolo) {
        this.client = Client.of(tombolo);
    }

    private static <Q extends Message, R extends Message> RpcMethod<Q, R> method(String name, Q request, R response) {
        return RpcMethod.of(SERVICE, name, request, response);
    }

    Client client() {
        return client;
    }

    EchoResponse echo(EchoRequest.Builder request, byte[] content) {
        Attachments attachments = new Attachments();
        request.setContent(attachments.add(MemorySegment.ofArray(content)));
        return client.call(ECHO, request.build(), attachments, null);
    }

    Sha256Response sha256(MemorySegment content) {
        Attachments attachments = new Attachments();
        ByteString reference = attachments.add(content);
        return client.call(
                SHA256, Sha256Request.newBuilder().setContent(reference).build(), attachments, null);
    }

    void sleep(Duration duration, @Nullable Duration timeout) {
        SleepRequest request =
                SleepRequest.newBuilder().setDurationMillis(duration.toMillis()).build();
        client.call(SLEEP, request, new Attachments(), timeout);
    }

    byte[] stubborn(Duration duration, byte[] content, @Nullable Duration timeout) {
        Attachments attachments = new Attachments();
        StubbornRequest request = StubbornRequest.newBuilder()
                .setDurationMillis(duration.toMillis())
                .setContent(attachments.add(MemorySegment.ofArray(content)))
                .build();
        return client.call(STUBBORN, request, attachments, timeout).getDigest().toByteArray();
    }

    void panic(PanicKind kind, String text) {
        client.call(PANIC, PanicRequest.newBuilder().setKind(kind).setText(text).build());
    }

    void setLabel(String label) {
        client.call(SET_LABEL, SetLabelRequest.newBuilder().setLabel(label).build());
    }

    String label() {
        return client.call(GET_LABEL, GetLabelRequest.getDefaultInstance()).getLabel();
    }

    long calls() {
        return client.call(COUNT, CountRequest.getDefaultInstance()).getCalls();
    }

    long pid() {
        return client.call(PID, PidRequest.getDefaultInstance()).getPid();
    }
}
