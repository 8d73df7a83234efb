package dev.tombolo.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tombolo.Tombolo;
import dev.tombolo.fixture.proto.v1.DigestsRequest;
import dev.tombolo.fixture.proto.v1.DigestsResponse;
import dev.tombolo.fixture.proto.v1.EchoRequest;
import dev.tombolo.fixture.proto.v1.EchoResponse;
import dev.tombolo.fixture.proto.v1.NamedContent;
import dev.tombolo.fixture.proto.v1.Sha256Response;
import dev.tombolo.internal.Attachments;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is sent is what arrives, and what is answered is what comes back, in every way. */
class MessageParityTest {
    private static final int CASES = 1_000;

    @ParameterizedTest
    @EnumSource(Way.class)
    void echoesAnyMessage(Way way) {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            for (int seed = 0; seed < CASES; seed++) {
                Random random = new Random(seed);
                EchoRequest.Builder request = RandomMessages.echo(random);
                byte[] content = RandomMessages.bytes(random, 2_000);
                EchoResponse response = fixture.echo(request, content);
                assertThat(response.getText()).as("text of seed %d", seed).isEqualTo(request.getText());
                assertThat(response.getEverything())
                        .as("values of seed %d", seed)
                        .isEqualTo(request.getEverything());
                assertThat(response.getContent().toByteArray())
                        .as("content of seed %d", seed)
                        .isEqualTo(content);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void givesEveryByteOfABodyOnAndOffTheHeap(Way way) throws Exception {
        try (Tombolo tombolo = way.open()) {
            FixtureClient fixture = new FixtureClient(tombolo);
            for (int size : new int[] {0, 1, 2, 255, 4_095, 4_096, 4_097, 65_535, 65_536, 1_000_003, 64 << 20}) {
                byte[] content = new byte[size];
                new Random(size).nextBytes(content);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
                assertSame(fixture.sha256(MemorySegment.ofArray(content)), digest, size);
                try (Arena arena = Arena.ofShared()) {
                    MemorySegment offHeap = arena.allocate(Math.max(1, size)).asSlice(0, size);
                    offHeap.copyFrom(MemorySegment.ofArray(content));
                    assertSame(fixture.sha256(offHeap), digest, size);
                }
            }
        }
    }

    private static void assertSame(Sha256Response response, byte[] digest, int size) {
        assertThat(response.getLength()).isEqualTo(size);
        assertThat(response.getDigest().toByteArray()).as("%d bytes", size).isEqualTo(digest);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void keepsSeveralAttachmentsApart(Way way) throws Exception {
        Random random = new Random(5);
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            contents.add(RandomMessages.bytes(random, 3_000));
        }
        Attachments attachments = new Attachments();
        DigestsRequest.Builder request = DigestsRequest.newBuilder();
        for (int i = 0; i < contents.size(); i++) {
            ByteString reference = attachments.add(MemorySegment.ofArray(contents.get(i)));
            if (i % 2 == 0) {
                request.addContents(reference);
            } else {
                request.addNamed(NamedContent.newBuilder().setName("n" + i).setContent(reference));
            }
        }
        try (Tombolo tombolo = way.open()) {
            DigestsResponse response =
                    new FixtureClient(tombolo).client().call(FixtureClient.DIGESTS, request.build(), attachments, null);
            for (int i = 0; i < contents.size(); i++) {
                ByteString digest = i % 2 == 0
                        ? response.getDigests(i / 2)
                        : response.getNamed(i / 2).getDigest();
                assertThat(digest.toByteArray())
                        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(contents.get(i)));
            }
        }
    }
}
