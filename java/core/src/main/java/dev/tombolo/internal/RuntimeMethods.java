package dev.tombolo.internal;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.tombolo.Mode;
import dev.tombolo.RuntimeInfo;
import dev.tombolo.proto.runtime.v1.ConfigureRequest;
import dev.tombolo.proto.runtime.v1.ConfigureResponse;
import dev.tombolo.proto.runtime.v1.DescribeRequest;
import dev.tombolo.proto.runtime.v1.DescribeResponse;
import dev.tombolo.proto.runtime.v1.Limits;
import dev.tombolo.proto.runtime.v1.RuntimeProto;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The methods of the service that describes and configures a library. */
public final class RuntimeMethods {
    private static final ServiceDescriptor SERVICE =
            RuntimeProto.getDescriptor().findServiceByName("RuntimeService");

    static final RpcMethod<DescribeRequest, DescribeResponse> DESCRIBE = RpcMethod.of(
            SERVICE, "Describe", DescribeRequest.getDefaultInstance(), DescribeResponse.getDefaultInstance());

    static final RpcMethod<ConfigureRequest, ConfigureResponse> CONFIGURE = RpcMethod.of(
            SERVICE, "Configure", ConfigureRequest.getDefaultInstance(), ConfigureResponse.getDefaultInstance());

    private RuntimeMethods() {}

    /** Asks a library what it is. */
    public static RuntimeInfo describe(Client client, Mode mode, String reason, Map<String, String> facts) {
        DescribeResponse response = client.call(DESCRIBE, DescribeRequest.getDefaultInstance());
        Limits limits = response.getLimits();
        List<RuntimeInfo.Service> services = response.getServicesList().stream()
                .map(service -> new RuntimeInfo.Service(
                        service.getName(), List.copyOf(service.getMethodsList()), Map.copyOf(service.getVersionsMap())))
                .toList();
        return new RuntimeInfo(
                mode,
                reason,
                response.getLibraryVersion(),
                response.getGoVersion(),
                response.getAbiVersion(),
                response.getProtocolVersion(),
                new RuntimeInfo.Limits(
                        limits.hasMemoryLimitBytes()
                                ? OptionalLong.of(limits.getMemoryLimitBytes())
                                : OptionalLong.empty(),
                        limits.getMaxRequestBytes()),
                services,
                facts);
    }
}
