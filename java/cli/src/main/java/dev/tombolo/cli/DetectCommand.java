package dev.tombolo.cli;

import dev.tombolo.technology.DetectOptions;
import dev.tombolo.technology.Matcher;
import dev.tombolo.technology.TechnologyDetector;
import dev.tombolo.technology.WebPage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombolo detect}: which technologies pages use. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Tells which technologies pages use.",
        footerHeading = "%nWhat fails:%n",
        footer = {
            "  An input or a recorded page that fails doesn't stop the others; the exit",
            "  code is 1 then. In the formats json, jsonl and csv its place holds the",
            "  error. The standard error tells of failed inputs in every format, of failed",
            "  recorded pages in tables. A page with an HTTP error status is a page like",
            "  any other."
        })
final class DetectCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private RuntimeOptions runtime = new RuntimeOptions();

    @Mixin
    private FingerprintOptions fingerprints = new FingerprintOptions();

    @Parameters(
            arity = "0..*", // checked later: an unknown option is the better thing to complain about
            paramLabel = "INPUT...",
            hideParamSyntax = true,
            description = {
                "An HTML file; a URL (http or https); - for an HTML page on the standard input; or a .jsonl or "
                        + ".jsonl.gz file of recorded pages, one JSON object a line:",
                "{\"id\": ..., \"url\": ..., \"headers\": {name: [values]}, \"body_base64\": ... or \"body\": ...}"
            })
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Converters.OfFormat.class,
            description = "table (the default), json, jsonl or csv.")
    private Format format = Format.TABLE;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            converter = Converters.OfHeader.class,
            description = "A header of the response that HTML files and the standard input came with. Can be repeated.")
    private List<WebPage.Header> headers = new ArrayList<>();

    @Option(names = "--url", paramLabel = "URL", description = "Where the HTML file or the standard input came from.")
    private @Nullable String url;

    @Option(
            names = "--matcher",
            paramLabel = "MATCHER",
            converter = Converters.OfMatcher.class,
            description = "Who looks: default (indexed), or reference (wappalyzergo's own code, which is slow).")
    private Matcher matcher = Matcher.DEFAULT;

    @Option(
            names = "--explain",
            description = "Also tell by what each technology was recognised (not in the format csv).")
    private boolean explain;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.OfDuration.class,
            description =
                    "How long a page may take, in seconds or as an ISO-8601 duration; 0 for no limit. Default: 30 s "
                            + "to fetch it, and $TOMBOLO_TIMEOUT or 60 s to look at it.")
    private @Nullable Duration timeout;

    DetectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        checkInputs();
        TechnologyDetector.Builder builder = TechnologyDetector.builder();
        fingerprints.apply(builder, runtime);
        DetectOptions options = DetectOptions.DEFAULTS.withMatcher(matcher).withEvidence(explain);
        builder.defaults(timeout == null ? options : options.withTimeout(timeout));
        try (TechnologyDetector detector = runtime.open(builder)) {
            List<PageSource> sources = sources(detector.info().limits().maxRequestBytes());
            try (PageChain pages = new PageChain(sources);
                    Detections results = new Detections(pages, detector, detector.defaults());
                    ResultWriter<PageResult> writer =
                            format.writer(new PageShape(), () -> new PageTable(console), console.out())) {
                return write(results, writer);
            }
        }
    }

    private void checkInputs() {
        if (inputs.isEmpty()) {
            throw runtime.usage("there is no INPUT; name an HTML file, a URL, - or a .jsonl file");
        }
        List<PageSource.Kind> kinds = inputs.stream().map(PageSource::kind).toList();
        long bare = kinds.stream().filter(PageSource.Kind::isBare).count();
        if (kinds.stream()
                        .filter(kind -> kind == PageSource.Kind.STANDARD_INPUT)
                        .count()
                > 1) {
            throw runtime.usage("there is one standard input; give - once");
        }
        if (url != null && bare != 1) {
            throw runtime.usage("--url is for one HTML file or the standard input, and there are " + bare + " of them");
        }
        if (!headers.isEmpty() && bare == 0) {
            throw runtime.usage("--header is for HTML files and the standard input, and there is none of them");
        }
    }

    private List<PageSource> sources(long maxBytes) {
        PageSource.BareResponse response = new PageSource.BareResponse(url == null ? "" : url, headers);
        PageFetcher fetcher = new PageFetcher(maxBytes);
        return inputs.stream()
                .map(input -> PageSource.of(input, response, fetcher, console, maxBytes))
                .toList();
    }

    private int write(Detections results, ResultWriter<PageResult> writer) throws IOException {
        long done = 0;
        long failed = 0;
        while (results.hasNext()) {
            PageResult result = results.next();
            done++;
            writer.write(result);
            if (result instanceof PageResult.Failed failure) {
                failed++;
                if (format == Format.TABLE || !failure.recorded()) {
                    console.warn(failure.message());
                }
            }
        }
        if (failed > 0 && done > 1) {
            console.warn(failed + " of " + done + " pages failed");
        } else if (done == 0) {
            console.warn("there are no pages in the input");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
