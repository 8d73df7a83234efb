package dev.tombolo.technology;

import com.google.protobuf.ByteString;
import dev.tombolo.Mode;
import dev.tombolo.RuntimeInfo;
import dev.tombolo.Tombolo;
import dev.tombolo.TomboloException;
import dev.tombolo.UnavailableException;
import dev.tombolo.internal.Attachments;
import dev.tombolo.internal.Client;
import dev.tombolo.proto.technology.v1.DetectBatchRequest;
import dev.tombolo.proto.technology.v1.DetectBatchResponse;
import dev.tombolo.proto.technology.v1.DetectOutcome;
import dev.tombolo.proto.technology.v1.DetectRequest;
import dev.tombolo.proto.technology.v1.ListCategoriesRequest;
import dev.tombolo.proto.technology.v1.ListTechnologiesRequest;
import dev.tombolo.proto.technology.v1.ListTechnologiesResponse;
import dev.tombolo.proto.technology.v1.LoadFingerprintsRequest;
import dev.tombolo.proto.technology.v1.LoadFingerprintsResponse;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells which technologies a website runs, from the headers and the body of a response. It knows what
 * <a href="https://github.com/projectdiscovery/wappalyzergo">wappalyzergo</a> knows.
 *
 * <p>Safe for use by many threads, platform or virtual. Opening one is cheap where another one with the same settings is open, or
 * was a moment ago; see {@link Tombolo}. Failed calls throw a {@link TomboloException}; an interrupt of the calling thread cancels
 * the call.
 */
public final class TechnologyDetector implements AutoCloseable {
    /** How many pages of a stream are looked at together: enough to keep every core busy. */
    private static final int PARALLELISM = 2 * Runtime.getRuntime().availableProcessors();

    private final Tombolo tombolo;
    private final Client client;
    private final DetectOptions defaults;

    private TechnologyDetector(Tombolo tombolo, DetectOptions defaults) {
        this.tombolo = tombolo;
        this.client = Client.of(tombolo);
        this.defaults = defaults;
    }

    /**
     * Opens a detector with the settings of system properties and environment variables; see {@link Tombolo}.
     *
     * @throws UnavailableException if the library can't be loaded or started
     */
    public static TechnologyDetector open() {
        return builder().open();
    }

    /** Returns a builder without settings of its own. */
    public static Builder builder() {
        return new Builder();
    }

    /** Detects the technologies of a page. */
    public Detection detect(WebPage page) {
        return detect(page, defaults);
    }

    /** Detects the technologies of a page, with options of its own. */
    public Detection detect(WebPage page, DetectOptions options) {
        Attachments attachments = new Attachments();
        DetectRequest request = DetectRequest.newBuilder()
                .setPage(Messages.page(page, attachments))
                .setOptions(Messages.options(options))
                .build();
        return Messages.detection(client.call(TechnologyMethods.DETECT, request, attachments, timeout(options)));
    }

    /** Detects the technologies of a page on a virtual thread. Cancelling the future cancels the call. */
    public CompletableFuture<Detection> detectAsync(WebPage page) {
        return detectAsync(page, defaults);
    }

    /** Detects the technologies of a page on a virtual thread, with options of its own. */
    public CompletableFuture<Detection> detectAsync(WebPage page, DetectOptions options) {
        return Client.async(() -> detect(page, options));
    }

    /**
     * Detects the technologies of many pages, as many at a time as keep the machine busy, and gives the outcomes in the order of the
     * pages; a page that fails doesn't disturb the others. Pages are taken from the stream as outcomes are taken from the
     * result, so that neither has to fit into memory. Closing the result cancels what is running.
     */
    public Stream<DetectionOutcome> detectAll(Stream<WebPage> pages) {
        return detectAll(pages, defaults);
    }

    /** Detects the technologies of many pages, with options of their own. */
    public Stream<DetectionOutcome> detectAll(Stream<WebPage> pages, DetectOptions options) {
        OrderedDetections detections = new OrderedDetections(
                pages.iterator(), page -> Client.async(() -> outcome(page, options)), PARALLELISM);
        Spliterator<DetectionOutcome> outcomes =
                Spliterators.spliteratorUnknownSize(detections, Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(outcomes, false).onClose(detections::close).onClose(pages::close);
    }

    private DetectionOutcome outcome(WebPage page, DetectOptions options) {
        try {
            return new DetectionOutcome.Detected(page, detect(page, options));
        } catch (TomboloException problem) {
            return new DetectionOutcome.Failed(page, problem);
        }
    }

    /**
     * Detects the technologies of some pages in one call and gives the outcomes in their order. The pages together have to fit into
     * one request; the time limit is for all of them.
     */
    public List<DetectionOutcome> detectBatch(List<WebPage> pages) {
        return detectBatch(pages, defaults);
    }

    /** Detects the technologies of some pages in one call, with options of their own. */
    public List<DetectionOutcome> detectBatch(List<WebPage> pages, DetectOptions options) {
        Attachments attachments = new Attachments();
        DetectBatchRequest.Builder request = DetectBatchRequest.newBuilder().setOptions(Messages.options(options));
        pages.forEach(page -> request.addPages(Messages.page(page, attachments)));
        DetectBatchResponse response =
                client.call(TechnologyMethods.DETECT_BATCH, request.build(), attachments, timeout(options));
        List<DetectionOutcome> outcomes = new ArrayList<>(pages.size());
        for (int i = 0; i < pages.size(); i++) {
            DetectOutcome outcome = response.getOutcomes(i);
            outcomes.add(
                    outcome.hasDetection()
                            ? new DetectionOutcome.Detected(pages.get(i), Messages.detection(outcome.getDetection()))
                            : new DetectionOutcome.Failed(
                                    pages.get(i),
                                    Client.exception(outcome.getError(), TechnologyMethods.DETECT_BATCH)));
        }
        return outcomes;
    }

    /** Returns all technologies that the detector's fingerprint set knows, sorted by name, without their rules. */
    public List<KnownTechnology> knownTechnologies() {
        return knownTechnologies(false);
    }

    /**
     * Returns all technologies that the detector's fingerprint set knows, sorted by name.
     *
     * @param rules whether to give their rules too, which are megabytes
     */
    public List<KnownTechnology> knownTechnologies(boolean rules) {
        ListTechnologiesRequest.Builder request =
                ListTechnologiesRequest.newBuilder().setRules(rules);
        defaults.fingerprintSet().ifPresent(request::setFingerprintSet);
        ListTechnologiesResponse response = client.call(TechnologyMethods.LIST_TECHNOLOGIES, request.build());
        return response.getTechnologiesList().stream().map(Messages::known).toList();
    }

    /** Returns all categories, sorted by id. */
    public List<Category> categories() {
        return Messages.categories(
                client.call(TechnologyMethods.LIST_CATEGORIES, ListCategoriesRequest.getDefaultInstance())
                        .getCategoriesList());
    }

    /**
     * Loads fingerprints. The set stays loaded as long as the runtime, in a sidecar that is started again too; calls use it when
     * their options or the detector's name it. Loading the same again costs nothing.
     *
     * @param content a file in wappalyzergo's format, {@code {"apps": {name: fingerprint}}}; the names of headers have to be in
     *     lower case there, others never match
     * @param extend whether the built-in set stays below: entries of the file replace those of the same name. Otherwise the file is
     *     the whole set
     * @throws dev.tombolo.InvalidArgumentException if the file can't be used; nothing has changed then
     */
    public FingerprintSet loadFingerprints(byte[] content, boolean extend) {
        return loadFingerprints(client, content, extend);
    }

    private static FingerprintSet loadFingerprints(Client client, byte[] content, boolean extend) {
        Attachments attachments = new Attachments();
        ByteString reference = attachments.add(MemorySegment.ofArray(content));
        LoadFingerprintsRequest request = LoadFingerprintsRequest.newBuilder()
                .setContent(reference)
                .setExtend(extend)
                .build();
        LoadFingerprintsResponse response =
                client.call(TechnologyMethods.LOAD_FINGERPRINTS, request, attachments, null);
        return new FingerprintSet(response.getFingerprintSet(), response.getTechnologies());
    }

    /** Returns the options of calls that have none of their own. */
    public DetectOptions defaults() {
        return defaults;
    }

    /** Asks the library what it is, and tells in which mode it runs and why. */
    public RuntimeInfo info() {
        return tombolo.info();
    }

    /** Closes the detector. Calls after it are an {@link IllegalStateException}. Can be repeated. */
    @Override
    public void close() {
        tombolo.close();
    }

    private static @Nullable Duration timeout(DetectOptions options) {
        return options.timeout().orElse(null);
    }

    /** Configures and opens a detector. For one thread. */
    public static final class Builder {
        private final Tombolo.Builder runtime = Tombolo.builder();
        private DetectOptions defaults = DetectOptions.DEFAULTS;
        private byte @Nullable [] fingerprints;
        private boolean extend;

        private Builder() {}

        /** Sets where the library runs. A mode that is named is never switched. */
        public Builder mode(Mode mode) {
            runtime.mode(mode);
            return this;
        }

        /** Sets how long a call may take unless its options say otherwise; {@link Duration#ZERO} for no limit. */
        public Builder timeout(Duration timeout) {
            runtime.timeout(timeout);
            return this;
        }

        /** Sets anything else about the runtime. */
        public Builder runtime(java.util.function.Consumer<Tombolo.Builder> settings) {
            settings.accept(runtime);
            return this;
        }

        /** Sets the options of calls that have none of their own. */
        public Builder defaults(DetectOptions options) {
            this.defaults = options;
            return this;
        }

        /** Loads fingerprints when the detector is opened, and uses them by default; see {@link TechnologyDetector#loadFingerprints}. */
        public Builder fingerprints(byte[] content, boolean extend) {
            this.fingerprints = content.clone();
            this.extend = extend;
            return this;
        }

        /**
         * Opens the detector.
         *
         * @throws UnavailableException if the library can't be loaded or started
         * @throws TomboloException if the library lacks the technology service, or refuses its settings or the fingerprints
         */
        public TechnologyDetector open() {
            Tombolo tombolo = runtime.open();
            TechnologyDetector detector = null;
            try {
                byte[] content = fingerprints;
                DetectOptions options = content == null
                        ? defaults
                        : defaults.withFingerprintSet(loadFingerprints(Client.of(tombolo), content, extend)
                                .name());
                detector = new TechnologyDetector(tombolo, options);
                return detector;
            } finally {
                if (detector == null) {
                    tombolo.close();
                }
            }
        }
    }
}
