// Tests of the service's methods: what they refuse, batches, lists.

package technology

import (
	"context"
	"log/slog"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestTheServiceFitsItsDescriptor(t *testing.T) {
	registry := bridge.NewRegistry()
	if err := Register(registry); err != nil {
		t.Fatal(err)
	}
	// A test binary doesn't know the versions of modules, so wappalyzergo's is missing here.
	if versions := registry.Services()[0].Versions(); versions["fingerprints"] != builtinName {
		t.Errorf("the versions are %v", versions)
	}
}

func TestPagesThatMakeNoSenseAreRefused(t *testing.T) {
	limits := func(bytes uint64) *technologyv1.DetectOptions {
		return &technologyv1.DetectOptions{Limits: &technologyv1.DetectLimits{MaxBodyBytes: &bytes}}
	}
	for name, test := range map[string]struct {
		request *technologyv1.DetectRequest
		code    bridge.Code
		message string
		detail  proto.Message
	}{
		"no page": {
			request: &technologyv1.DetectRequest{}, code: bridge.InvalidArgument, message: "page is missing",
		},
		"a header without a name": {
			request: &technologyv1.DetectRequest{Page: &technologyv1.Page{Headers: headers("A", "1", "", "2")}},
			code:    bridge.InvalidArgument, message: "page.headers[1] has no name",
		},
		"a header's name is blank": {
			request: &technologyv1.DetectRequest{Page: &technologyv1.Page{Headers: headers(" \t\u00a0", "2")}},
			code:    bridge.InvalidArgument, message: "page.headers[0] has no name",
		},
		"a matcher of another time": {
			request: &technologyv1.DetectRequest{
				Page: &technologyv1.Page{}, Options: &technologyv1.DetectOptions{Matcher: 9},
			},
			code: bridge.InvalidArgument, message: "options.matcher is 9, which this library doesn't know",
		},
		"a large body": {
			request: &technologyv1.DetectRequest{Page: &technologyv1.Page{Body: []byte("abc")}, Options: limits(2)},
			code:    bridge.InvalidArgument, message: "page.body has 3 bytes; the call's limit is 2",
			detail: &runtimev1.LimitExceeded{Limit: "max_body_bytes", Allowed: 2, Actual: 3},
		},
		"any body where none is allowed": {
			request: &technologyv1.DetectRequest{Page: &technologyv1.Page{Body: []byte("a")}, Options: limits(0)},
			code:    bridge.InvalidArgument, message: "page.body has 1 bytes; the call's limit is 0",
			detail: &runtimev1.LimitExceeded{Limit: "max_body_bytes", Allowed: 0, Actual: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := service().Detect(context.Background(), test.request)
			status := failsWith(t, err, test.code, test.message)
			if test.detail != nil {
				hasDetail(t, status, test.detail)
			}
		})
	}
}

func TestABodyAtItsLimitIsLookedAt(t *testing.T) {
	_, err := service().Detect(context.Background(), &technologyv1.DetectRequest{
		Page: &technologyv1.Page{Body: []byte("abc")},
		Options: &technologyv1.DetectOptions{
			FingerprintSet: load(t, small), Limits: &technologyv1.DetectLimits{MaxBodyBytes: proto.Uint64(3)},
		},
	})
	if err != nil {
		t.Error(err)
	}
}

func TestABadPageFailsAlone(t *testing.T) {
	set := load(t, small)
	good := &technologyv1.Page{Headers: headers("X-Guest", "guest"), Body: []byte("<title>good</title>")}
	response, err := service().DetectBatch(context.Background(), &technologyv1.DetectBatchRequest{
		Pages: []*technologyv1.Page{
			good,
			{Headers: headers("", "x")},
			nil,
			{Body: make([]byte, 100)},
			good,
		},
		Options: &technologyv1.DetectOptions{
			Title: true, FingerprintSet: set, Limits: &technologyv1.DetectLimits{MaxBodyBytes: proto.Uint64(99)},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	outcomes := response.GetOutcomes()
	if len(outcomes) != 5 {
		t.Fatalf("there are %d outcomes", len(outcomes))
	}
	for i, message := range map[int]string{
		1: "pages[1].headers[0] has no name",
		2: "pages[2] is missing",
		3: "pages[3].body has 100 bytes; the call's limit is 99",
	} {
		if status := outcomes[i].GetError(); status.GetCode() != int32(bridge.InvalidArgument) || status.GetMessage() != message {
			t.Errorf("outcome %d is %v", i, outcomes[i])
		}
	}
	hasDetail(t, outcomes[3].GetError(), &runtimev1.LimitExceeded{Limit: "max_body_bytes", Allowed: 99, Actual: 100})
	for _, i := range []int{0, 4} {
		equal(t, outcomes[i].GetDetection(), &technologyv1.DetectResponse{
			Technologies:   []*technologyv1.Technology{{Name: "RE:Guest", Confidence: proto.Uint32(100), Implied: proto.Bool(false)}},
			Title:          proto.String("good"),
			FingerprintSet: set,
			Matcher:        technologyv1.Matcher_MATCHER_INDEXED,
		})
	}
}

func TestABatchFailsAsAWholeForItsOptionsAndItsTime(t *testing.T) {
	pages := []*technologyv1.Page{{}}
	_, err := service().DetectBatch(context.Background(), &technologyv1.DetectBatchRequest{
		Pages: pages, Options: &technologyv1.DetectOptions{Matcher: 9},
	})
	failsWith(t, err, bridge.InvalidArgument, "options.matcher is 9, which this library doesn't know")

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := service().DetectBatch(ctx, &technologyv1.DetectBatchRequest{Pages: pages}); err != context.Canceled {
		t.Errorf("a batch that was cancelled: %v", err)
	}
	if _, err := service().Detect(ctx, &technologyv1.DetectRequest{Page: pages[0]}); err != context.Canceled {
		t.Errorf("a page that was cancelled: %v", err)
	}
}

func TestTheReferenceMatcherIsForTheBuiltInSetAndWithoutEvidence(t *testing.T) {
	set := load(t, small)
	for message, options := range map[string]*technologyv1.DetectOptions{
		"the reference matcher has only the built-in fingerprints, and options.fingerprint_set is [" + set +
			"]; use the indexed matcher for it": {FingerprintSet: set},
		"the reference matcher doesn't tell by what it recognised a technology; use the indexed matcher, or don't ask " +
			"for evidence": {Evidence: true},
	} {
		options.Matcher = technologyv1.Matcher_MATCHER_REFERENCE
		_, err := service().Detect(t.Context(), &technologyv1.DetectRequest{Page: &technologyv1.Page{}, Options: options})
		failsWith(t, err, bridge.FailedPrecondition, message)
	}
}

func TestEvidenceIsGivenWhereItWasAskedFor(t *testing.T) {
	request := &technologyv1.DetectRequest{
		Page:    &technologyv1.Page{Headers: headers("X-Alpha", "Alpha/2.0"), Body: []byte("<p><BETA>")},
		Options: &technologyv1.DetectOptions{FingerprintSet: load(t, small)},
	}
	without, err := service().Detect(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	request.Options.Evidence = true
	with, err := service().Detect(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, with.GetTechnologies()[0].GetEvidence()[0], &technologyv1.Evidence{
		Source: technologyv1.Source_SOURCE_HEADER, Key: "x-alpha", Pattern: `alpha/([\d.:]+)?\;version:\1`,
		Text: "Alpha/2.0", Version: proto.String("2.0"), Confidence: 100,
	})
	equal(t, with.GetTechnologies()[1].GetEvidence()[0], &technologyv1.Evidence{
		Source: technologyv1.Source_SOURCE_HTML, Pattern: "<beta>", Text: "<BETA>", Offset: proto.Uint64(3), Confidence: 100,
	})
	for _, technology := range with.GetTechnologies() {
		if len(technology.GetEvidence()) == 0 {
			t.Errorf("%s has no evidence", technology.GetName())
		}
		technology.Evidence = nil
	}
	equal(t, with, without)
}

func TestAnEmptyBatchHasNoOutcomes(t *testing.T) {
	response, err := service().DetectBatch(context.Background(), &technologyv1.DetectBatchRequest{})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, response, &technologyv1.DetectBatchResponse{})
}

func TestAnOutcomeHoldsAPanic(t *testing.T) {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	defer slog.SetDefault(before)
	outcome := outcomeOf(func() (*technologyv1.DetectResponse, error) { panic("oh no") })
	equal(t, outcome.GetError(), &runtimev1.Status{
		Code: int32(bridge.Internal), Message: "TechnologyService/DetectBatch panicked: oh no",
	})
}

func TestTechnologiesAreListedByName(t *testing.T) {
	set := load(t, small)
	response, err := service().ListTechnologies(context.Background(), &technologyv1.ListTechnologiesRequest{FingerprintSet: set})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, technology := range response.GetTechnologies() {
		names = append(names, technology.GetName())
		if technology.GetRules() != nil {
			t.Errorf("%s has rules, which weren't asked for", technology.GetName())
		}
	}
	if want := []string{"Alpha", "Beta", "Everything", "Gamma", "RE:Guest", "Re:amaze"}; !slices.Equal(names, want) {
		t.Errorf("got %q", names)
	}
	equal(t, response.GetTechnologies()[0], &technologyv1.KnownTechnology{
		Name:        "Alpha",
		Categories:  []*technologyv1.Category{{Id: 1, Name: "CMS", Priority: 1}, {Id: 9999}},
		Description: "The first.", Website: "https://alpha.example", Icon: "a.svg", Cpe: "cpe:2.3:a:alpha",
		Implies: []string{`Beta\;confidence:75`, `Gone\;version:2`},
	})
	if response.GetFingerprintSet() != set {
		t.Errorf("the set is %s", response.GetFingerprintSet())
	}
}

func TestRulesAreListedAsTheFingerprintWritesThem(t *testing.T) {
	response, err := service().ListTechnologies(context.Background(), &technologyv1.ListTechnologiesRequest{
		FingerprintSet: load(t, small), Rules: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	dom, err := structpb.NewStruct(map[string]any{
		"a": map[string]any{"exists": ""},
		"b": map[string]any{"text": "t", "attributes": map[string]any{"href": "x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, response.GetTechnologies()[2].GetRules(), &technologyv1.Rules{
		Cookies: map[string]string{"c": "1"}, Headers: map[string]string{"h": "2"}, Html: []string{"3"},
		ScriptSrc: []string{"4"}, Meta: map[string]*technologyv1.Patterns{"m": {Patterns: []string{"5", "6"}}},
		Scripts: []string{"7"}, Js: map[string]string{"j": "8"}, Css: []string{"9"}, Dom: dom,
	})
	equal(t, response.GetTechnologies()[1].GetRules(), &technologyv1.Rules{Html: []string{"<beta>"}})
}

func TestASetThatIsNotLoadedIsNotFound(t *testing.T) {
	service := newService()
	const name = "sha256:00"
	want := "fingerprint set [sha256:00] isn't loaded; load it again, or use one of [" + builtinName + "]"
	_, err := service.ListTechnologies(context.Background(), &technologyv1.ListTechnologiesRequest{FingerprintSet: name})
	failsWith(t, err, bridge.NotFound, want)
	_, err = service.Detect(context.Background(), &technologyv1.DetectRequest{
		Page: &technologyv1.Page{}, Options: &technologyv1.DetectOptions{FingerprintSet: name},
	})
	failsWith(t, err, bridge.NotFound, want)
}

func TestCategoriesAreListedById(t *testing.T) {
	response, err := service().ListCategories(context.Background(), &technologyv1.ListCategoriesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	categories := response.GetCategories()
	if len(categories) == 0 {
		t.Fatal("there are none")
	}
	equal(t, categories[0], &technologyv1.Category{Id: 1, Name: "CMS", Priority: 1})
	if !slices.IsSortedFunc(categories, func(a, b *technologyv1.Category) int { return int(a.GetId()) - int(b.GetId()) }) {
		t.Error("they aren't sorted")
	}
}
