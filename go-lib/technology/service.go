// Package technology is the service that tells which technologies a website runs,
// with the fingerprints and rules of github.com/projectdiscovery/wappalyzergo.
package technology

import (
	"bytes"
	"context"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// Service implements tombolo.technology.v1.TechnologyService. It's safe for concurrent use.
type Service struct {
	sets *sets
	// reference is upstream's matcher, which is made when it's first asked for.
	reference func() (*referenceMatcher, error)
	detacher  *bridge.Detacher
}

// Register adds the service to a registry.
func Register(registry *bridge.Registry) error {
	descriptor := technologyv1.File_tombolo_technology_v1_technology_proto.Services().ByName("TechnologyService")
	return registry.Register(descriptor, &Service{
		sets:      newSets(),
		reference: sync.OnceValues(builtinReference),
		// Upstream's matcher keeps a core busy, so more than a few at a time only take longer.
		detacher: bridge.NewDetacher("the reference matcher", max(8, 2*runtime.GOMAXPROCS(0))),
	})
}

// Versions implements [bridge.Versioned]: the versions of the indexed matcher, which is this library's, and of wappalyzergo,
// which brings the reference matcher and the fingerprints; and the name of the built-in fingerprint set.
func (s *Service) Versions() map[string]string {
	versions := map[string]string{"fingerprints": builtinName, "matcher": version.Library}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == "github.com/projectdiscovery/wappalyzergo" {
				versions["wappalyzergo"] = module.Version
			}
		}
	}
	return versions
}

// Detect detects the technologies of one page.
func (s *Service) Detect(ctx context.Context, request *technologyv1.DetectRequest) (*technologyv1.DetectResponse, error) {
	set, err := s.check(request.GetOptions())
	if err != nil {
		return nil, err
	}
	return s.detect(ctx, set, request.GetPage(), "page", request.GetOptions())
}

// DetectBatch detects the technologies of many pages, several at a time. It fails as a whole only
// for its options and when its time is up.
func (s *Service) DetectBatch(ctx context.Context, request *technologyv1.DetectBatchRequest) (*technologyv1.DetectBatchResponse, error) {
	set, err := s.check(request.GetOptions())
	if err != nil {
		return nil, err
	}
	pages := request.GetPages()
	outcomes := make([]*technologyv1.DetectOutcome, len(pages))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(len(pages), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				outcomes[i] = outcomeOf(func() (*technologyv1.DetectResponse, error) {
					return s.detect(ctx, set, pages[i], "pages["+strconv.Itoa(i)+"]", request.GetOptions())
				})
			}
		})
	}
	for i := range pages {
		next <- i
	}
	close(next)
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &technologyv1.DetectBatchResponse{Outcomes: outcomes}, nil
}

// outcomeOf keeps the failure of one page, a panic included, from the others of its batch.
func outcomeOf(detect func() (*technologyv1.DetectResponse, error)) *technologyv1.DetectOutcome {
	detection, err := bridge.Contain("TechnologyService/DetectBatch", detect)
	if err != nil {
		return &technologyv1.DetectOutcome{Outcome: &technologyv1.DetectOutcome_Error{Error: bridge.StatusOf(err)}}
	}
	return &technologyv1.DetectOutcome{Outcome: &technologyv1.DetectOutcome_Detection{Detection: detection}}
}

// check looks at what a whole call has in common before any page is touched.
func (s *Service) check(options *technologyv1.DetectOptions) (*fingerprintSet, error) {
	set, err := s.sets.get(options.GetFingerprintSet())
	if err != nil {
		return nil, err
	}
	switch options.GetMatcher() {
	case technologyv1.Matcher_MATCHER_UNSPECIFIED, technologyv1.Matcher_MATCHER_INDEXED:
	case technologyv1.Matcher_MATCHER_REFERENCE:
		if !set.builtin() {
			return nil, bridge.Errorf(bridge.FailedPrecondition, "the reference matcher has only the built-in fingerprints, and "+
				"options.fingerprint_set is [%s]; use the indexed matcher for it", set.name)
		}
		if options.GetEvidence() {
			return nil, bridge.Errorf(bridge.FailedPrecondition, "the reference matcher doesn't tell by what it recognised "+
				"a technology; use the indexed matcher, or don't ask for evidence")
		}
	default:
		return nil, bridge.Errorf(bridge.InvalidArgument, "options.matcher is %d, which this library doesn't know",
			options.GetMatcher())
	}
	return set, nil
}

func (s *Service) detect(ctx context.Context, set *fingerprintSet, page *technologyv1.Page, path string,
	options *technologyv1.DetectOptions,
) (*technologyv1.DetectResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := checkPage(page, path, options.GetLimits()); err != nil {
		return nil, err
	}
	response := &technologyv1.DetectResponse{FingerprintSet: set.name, Matcher: technologyv1.Matcher_MATCHER_INDEXED}
	withTitle := options.GetTitle() && isHTML(page)
	var title string
	var err error
	if options.GetMatcher() == technologyv1.Matcher_MATCHER_REFERENCE {
		response.Matcher = technologyv1.Matcher_MATCHER_REFERENCE
		response.Technologies, title, err = s.detectReference(ctx, page, withTitle)
	} else {
		response.Technologies, title, err = detectIndexed(ctx, set.index(), page,
			match.Options{Title: withTitle, Evidence: options.GetEvidence()})
	}
	if err != nil {
		return nil, err
	}
	if withTitle {
		response.Title = proto.String(title)
	}
	return response, nil
}

// detectReference runs upstream's code, which can't be stopped: it works on a copy that outlives the call if need be.
func (s *Service) detectReference(ctx context.Context, page *technologyv1.Page, withTitle bool) (
	[]*technologyv1.Technology, string, error,
) {
	headers, body := headersOf(page), bytes.Clone(page.GetBody())
	type answer struct {
		technologies []*technologyv1.Technology
		title        string
	}
	found, err := bridge.Detach(ctx, s.detacher, func() (answer, error) {
		reference, err := s.reference()
		if err != nil {
			return answer{}, err
		}
		a := answer{technologies: reference.detect(headers, body)}
		if withTitle {
			a.title = referenceTitle(body)
		}
		return a, nil
	})
	return found.technologies, found.title, err
}

func checkPage(page *technologyv1.Page, path string, limits *technologyv1.DetectLimits) error {
	if page == nil {
		return bridge.Errorf(bridge.InvalidArgument, "%s is missing", path)
	}
	for i, header := range page.GetHeaders() {
		if strings.TrimFunc(header.GetName(), unicode.IsSpace) == "" {
			return bridge.Errorf(bridge.InvalidArgument, "%s.headers[%d] has no name", path, i)
		}
	}
	if limits != nil && limits.MaxBodyBytes != nil && uint64(len(page.GetBody())) > limits.GetMaxBodyBytes() {
		return bridge.Errorf(bridge.InvalidArgument, "%s.body has %d bytes; the call's limit is %d",
			path, len(page.GetBody()), limits.GetMaxBodyBytes()).
			With(&runtimev1.LimitExceeded{
				Limit: "max_body_bytes", Allowed: limits.GetMaxBodyBytes(), Actual: uint64(len(page.GetBody())),
			})
	}
	return nil
}
