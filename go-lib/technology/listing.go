// What can be found: the methods on fingerprint sets and categories.

package technology

import (
	"context"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

// ListTechnologies lists every technology that a set knows.
func (s *Service) ListTechnologies(_ context.Context, request *technologyv1.ListTechnologiesRequest) (*technologyv1.ListTechnologiesResponse, error) {
	set, err := s.sets.get(request.GetFingerprintSet())
	if err != nil {
		return nil, err
	}
	entries, err := entriesOf(set)
	if err != nil {
		return nil, err
	}
	return &technologyv1.ListTechnologiesResponse{
		Technologies:   knownTechnologies(entries, request.GetRules()),
		FingerprintSet: set.name,
	}, nil
}

// ListCategories lists every category.
func (s *Service) ListCategories(context.Context, *technologyv1.ListCategoriesRequest) (*technologyv1.ListCategoriesResponse, error) {
	return &technologyv1.ListCategoriesResponse{Categories: allCategories()}, nil
}

// LoadFingerprints loads a set and names it.
func (s *Service) LoadFingerprints(ctx context.Context, request *technologyv1.LoadFingerprintsRequest) (*technologyv1.LoadFingerprintsResponse, error) {
	set, err := s.sets.load(ctx, request.GetContent(), request.GetExtend())
	if err != nil {
		return nil, err
	}
	return &technologyv1.LoadFingerprintsResponse{
		FingerprintSet: set.name, Technologies: uint32(set.index().Len()),
	}, nil
}
