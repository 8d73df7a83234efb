package dev.tombolo.technology;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.tombolo.internal.RpcMethod;
import dev.tombolo.proto.technology.v1.DetectBatchRequest;
import dev.tombolo.proto.technology.v1.DetectBatchResponse;
import dev.tombolo.proto.technology.v1.DetectRequest;
import dev.tombolo.proto.technology.v1.DetectResponse;
import dev.tombolo.proto.technology.v1.ListCategoriesRequest;
import dev.tombolo.proto.technology.v1.ListCategoriesResponse;
import dev.tombolo.proto.technology.v1.ListTechnologiesRequest;
import dev.tombolo.proto.technology.v1.ListTechnologiesResponse;
import dev.tombolo.proto.technology.v1.LoadFingerprintsRequest;
import dev.tombolo.proto.technology.v1.LoadFingerprintsResponse;
import dev.tombolo.proto.technology.v1.TechnologyProto;

/** The methods of the technology service. */
final class TechnologyMethods {
    private static final ServiceDescriptor SERVICE =
            TechnologyProto.getDescriptor().findServiceByName("TechnologyService");

    static final RpcMethod<DetectRequest, DetectResponse> DETECT =
            method("Detect", DetectRequest.getDefaultInstance(), DetectResponse.getDefaultInstance());

    static final RpcMethod<DetectBatchRequest, DetectBatchResponse> DETECT_BATCH =
            method("DetectBatch", DetectBatchRequest.getDefaultInstance(), DetectBatchResponse.getDefaultInstance());

    static final RpcMethod<ListTechnologiesRequest, ListTechnologiesResponse> LIST_TECHNOLOGIES = method(
            "ListTechnologies",
            ListTechnologiesRequest.getDefaultInstance(),
            ListTechnologiesResponse.getDefaultInstance());

    static final RpcMethod<ListCategoriesRequest, ListCategoriesResponse> LIST_CATEGORIES = method(
            "ListCategories", ListCategoriesRequest.getDefaultInstance(), ListCategoriesResponse.getDefaultInstance());

    static final RpcMethod<LoadFingerprintsRequest, LoadFingerprintsResponse> LOAD_FINGERPRINTS = method(
            "LoadFingerprints",
            LoadFingerprintsRequest.getDefaultInstance(),
            LoadFingerprintsResponse.getDefaultInstance());

    private TechnologyMethods() {}

    private static <Q extends Message, R extends Message> RpcMethod<Q, R> method(String name, Q request, R response) {
        return RpcMethod.of(SERVICE, name, request, response);
    }
}
