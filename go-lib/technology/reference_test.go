// Tests of what the reference matcher's answers say.

package technology

import (
	"context"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestUpstreamsAnswersAreSplitIntoNameAndVersion(t *testing.T) {
	matcher := smallReference(t)
	for answer, want := range map[string][2]string{
		"Alpha":                {"Alpha", ""},
		"Alpha:1.2":            {"Alpha", "1.2"},
		"Alpha:1:2":            {"Alpha", "1:2"},
		"RE:Guest":             {"RE:Guest", ""},
		"RE:Guest:3":           {"RE:Guest", "3"},
		"Re:amaze:1.2":         {"Re:amaze", "1.2"},
		"Re:amaze:1:2":         {"Re:amaze", "1:2"},
		"Nobody:1":             {"Nobody:1", ""},
		":1":                   {":1", ""},
		"":                     {"", ""},
		`Beta\;confidence:75`:  {`Beta\;confidence:75`, ""},
		`Delta\;confidence:x`:  {`Delta\;confidence:x`, ""},
		`Gone\;version:2`:      {`Gone\;version:2`, ""},
		`Unknown\;version:2`:   {`Unknown\;version:2`, ""},
		`Beta\;confidence:101`: {`Beta\;confidence:101`, ""},
	} {
		t.Run(answer, func(t *testing.T) {
			if name, version := matcher.split(answer); name != want[0] || version != want[1] {
				t.Errorf("got %q and %q", name, version)
			}
		})
	}
}

func TestVersionsAndNamesWithColonsAreDetected(t *testing.T) {
	page := &technologyv1.Page{Headers: headers("X-Guest", "guest", "X-Amaze", "Amaze/1.2")}
	for matcher, found := range map[string][]*technologyv1.Technology{
		"indexed": detect(t, page), "reference": smallReference(t).detect(headersOf(page), nil),
	} {
		if got := names(found); !slices.Equal(got, []string{"RE:Guest", "Re:amaze 1.2"}) {
			t.Errorf("the %s matcher gives %q", matcher, got)
		}
	}
}

func TestATechnologyHasTheTextsOfItsFingerprint(t *testing.T) {
	found := smallReference(t).detect(map[string][]string{"x-alpha": {"Alpha/2.0"}}, nil)
	if len(found) != 3 {
		t.Fatalf("found %v", found)
	}
	equal(t, found[0], &technologyv1.Technology{
		Name: "Alpha", Version: proto.String("2.0"),
		Categories: []*technologyv1.Category{
			{Id: 1, Name: "CMS", Priority: 1},
			{Id: 9999}, // upstream's table lacks it
		},
		Description: "The first.", Website: "https://alpha.example", Icon: "a.svg", Cpe: "cpe:2.3:a:alpha",
	})
}

func TestImpliedNamesLoseTheirTails(t *testing.T) {
	beta := func(confidence *uint32) *technologyv1.Technology {
		return &technologyv1.Technology{
			Name: "Beta", Confidence: confidence, Categories: []*technologyv1.Category{{Id: 2, Name: "Message boards", Priority: 1}},
		}
	}
	for name, test := range map[string]struct {
		page *technologyv1.Page
		want []*technologyv1.Technology
	}{
		"a confidence, and a name without a fingerprint": {
			&technologyv1.Page{Headers: headers("x-alpha", "alpha/1.0")},
			[]*technologyv1.Technology{beta(proto.Uint32(75)), {Name: "Gone"}},
		},
		"numbers that make no sense": {
			&technologyv1.Page{Headers: headers("x-gamma", "any")},
			[]*technologyv1.Technology{beta(proto.Uint32(50)), {Name: "Delta"}},
		},
		"the surest of several": {
			&technologyv1.Page{Headers: headers("x-gamma", "any", "x-alpha", "alpha/1.0")},
			[]*technologyv1.Technology{beta(proto.Uint32(75)), {Name: "Delta"}, {Name: "Gone"}},
		},
		"one that was found as well": {
			&technologyv1.Page{Headers: headers("x-alpha", "alpha/1.0"), Body: []byte("<BETA>")},
			[]*technologyv1.Technology{beta(nil), {Name: "Gone"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			implied := slices.DeleteFunc(smallReference(t).detect(headersOf(test.page), test.page.GetBody()), func(technology *technologyv1.Technology) bool {
				return technology.GetName() == "Alpha" || technology.GetName() == "Gamma"
			})
			equal(t, &technologyv1.DetectResponse{Technologies: implied}, &technologyv1.DetectResponse{Technologies: test.want})
		})
	}
}

func TestTheBuiltInSetAnswersWhereNoneIsNamed(t *testing.T) {
	for _, set := range []string{"", builtinName} {
		for asked, answered := range map[technologyv1.Matcher]technologyv1.Matcher{
			technologyv1.Matcher_MATCHER_UNSPECIFIED: technologyv1.Matcher_MATCHER_INDEXED,
			technologyv1.Matcher_MATCHER_INDEXED:     technologyv1.Matcher_MATCHER_INDEXED,
			technologyv1.Matcher_MATCHER_REFERENCE:   technologyv1.Matcher_MATCHER_REFERENCE,
		} {
			t.Run(set+" "+asked.String(), func(t *testing.T) {
				response, err := service().Detect(context.Background(), &technologyv1.DetectRequest{
					Page:    &technologyv1.Page{Headers: headers("Server", "nginx/1.25.3", "X-Powered-By", "HHVM/4.1")},
					Options: &technologyv1.DetectOptions{FingerprintSet: set, Matcher: asked},
				})
				if err != nil {
					t.Fatal(err)
				}
				if response.GetFingerprintSet() != builtinName || response.GetMatcher() != answered {
					t.Errorf("%v answered from %s", response.GetMatcher(), response.GetFingerprintSet())
				}
				if got := names(response.GetTechnologies()); !slices.Equal(got, []string{"HHVM 4.1", "Nginx 1.25.3", "PHP"}) {
					t.Fatalf("found %q", got)
				}
				// PHP is implied by HHVM with a tail of its own; the others' confidence upstream keeps to itself.
				if php := response.GetTechnologies()[2]; php.GetConfidence() != 75 {
					t.Errorf("PHP is %v", php)
				}
				for _, technology := range response.GetTechnologies()[:2] {
					if reference := answered == technologyv1.Matcher_MATCHER_REFERENCE; reference != (technology.Confidence == nil) ||
						reference != (technology.Implied == nil) {
						t.Errorf("confidence and implied of %v", technology)
					}
				}
			})
		}
	}
}
