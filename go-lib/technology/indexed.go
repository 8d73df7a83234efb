// The indexed matcher: the project's own, which is the default.

package technology

import (
	"context"

	"google.golang.org/protobuf/proto"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

// detectIndexed returns the technologies of a page, and its title where the options ask for one. The page is read in place; the
// match ends when the context does.
func detectIndexed(ctx context.Context, index *match.Index, page *technologyv1.Page, options match.Options) (
	[]*technologyv1.Technology, string, error,
) {
	headers := make([]match.Header, len(page.GetHeaders()))
	for i, header := range page.GetHeaders() {
		headers[i] = match.Header{Name: header.GetName(), Value: header.GetValue()}
	}
	result, err := index.Match(ctx, match.Page{Headers: headers, Body: page.GetBody()}, options)
	if err != nil {
		return nil, "", err
	}
	technologies := make([]*technologyv1.Technology, len(result.Technologies))
	for i, found := range result.Technologies {
		technology := describe(index, found.Name, found.ID)
		if found.Version != "" {
			technology.Version = proto.String(found.Version)
		}
		technology.Confidence = proto.Uint32(uint32(found.Confidence))
		technology.Implied = proto.Bool(found.Implied)
		technology.Evidence = evidenceOf(found.Evidence)
		technologies[i] = technology
	}
	return technologies, result.Title, nil
}

var sources = map[match.Source]technologyv1.Source{
	match.SourceHeader:  technologyv1.Source_SOURCE_HEADER,
	match.SourceCookie:  technologyv1.Source_SOURCE_COOKIE,
	match.SourceMeta:    technologyv1.Source_SOURCE_META,
	match.SourceHTML:    technologyv1.Source_SOURCE_HTML,
	match.SourceScript:  technologyv1.Source_SOURCE_SCRIPT,
	match.SourceImplied: technologyv1.Source_SOURCE_IMPLIED,
}

func evidenceOf(pieces []match.Evidence) []*technologyv1.Evidence {
	var evidence []*technologyv1.Evidence
	for _, piece := range pieces {
		e := &technologyv1.Evidence{
			Source:     sources[piece.Source],
			Key:        piece.Key,
			Pattern:    piece.Pattern,
			Text:       piece.Text,
			Confidence: uint32(piece.Confidence),
			ImpliedBy:  piece.By,
		}
		if piece.Offset >= 0 {
			e.Offset = proto.Uint64(uint64(piece.Offset))
		}
		if piece.Version != "" {
			e.Version = proto.String(piece.Version)
		}
		evidence = append(evidence, e)
	}
	return evidence
}
