package dev.tombolo.internal;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.tombolo.proto.options.v1.OptionsProto;
import dev.tombolo.transport.DetailTypes;

/**
 * A method of a service, with the Java types of its messages. Immutable.
 *
 * @param <Q> the request
 * @param <R> the response
 */
public final class RpcMethod<Q extends Message, R extends Message> {
    private final String name;
    private final R response;
    private final boolean replay;
    private final DetailTypes detailTypes;

    private RpcMethod(MethodDescriptor method, R response) {
        this.name = method.getService().getFullName() + "/" + method.getName();
        this.response = response;
        this.replay = method.getOptions().getExtension(OptionsProto.replay);
        this.detailTypes = new DetailTypes(method.getFile());
    }

    /**
     * Returns a method of a service.
     *
     * @throws IllegalArgumentException if the service has no such method, or it has other messages
     */
    public static <Q extends Message, R extends Message> RpcMethod<Q, R> of(
            ServiceDescriptor service, String name, Q request, R response) {
        MethodDescriptor method = service.findMethodByName(name);
        if (method == null
                || !method.getInputType().equals(request.getDescriptorForType())
                || !method.getOutputType().equals(response.getDescriptorForType())) {
            throw new IllegalArgumentException(
                    "service " + service.getFullName() + " has no method " + name + " of these messages");
        }
        return new RpcMethod<>(method, response);
    }

    /** Returns the name that travels, "package.Service/Method". */
    public String name() {
        return name;
    }

    R response() {
        return response;
    }

    boolean replay() {
        return replay;
    }

    DetailTypes detailTypes() {
        return detailTypes;
    }
}
