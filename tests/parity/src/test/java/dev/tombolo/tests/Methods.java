package dev.tombolo.tests;

import dev.tombolo.internal.RpcMethod;
import dev.tombolo.proto.runtime.v1.ConfigureRequest;
import dev.tombolo.proto.runtime.v1.ConfigureResponse;
import dev.tombolo.proto.runtime.v1.RuntimeProto;

/** Methods of tombolo's own services that tests call directly. */
final class Methods {
    static final RpcMethod<ConfigureRequest, ConfigureResponse> CONFIGURE = RpcMethod.of(
            RuntimeProto.getDescriptor().findServiceByName("RuntimeService"),
            "Configure",
            ConfigureRequest.getDefaultInstance(),
            ConfigureResponse.getDefaultInstance());

    private Methods() {}
}
