/**
 * The messages that travel between Java and Go. Their packages are open to tombolo's own modules only:
 * applications see tombolo's records, so that the messages and protobuf itself can change.
 */
module dev.tombolo.proto {
    requires transitive com.google.protobuf;

    exports dev.tombolo.proto.options.v1 to
            dev.tombolo.core,
            dev.tombolo.ffi,
            dev.tombolo.ipc;
    exports dev.tombolo.proto.runtime.v1 to
            dev.tombolo.core,
            dev.tombolo.ffi,
            dev.tombolo.ipc,
            dev.tombolo.technology;
    exports dev.tombolo.proto.technology.v1 to
            dev.tombolo.technology;
    exports dev.tombolo.proto.sidecar.v1 to
            dev.tombolo.ipc;
}
