// References to attachments: bytes that a request carries beside its JSON.

package jsonpb

import "github.com/tombolo-dev/tombolo/go-lib/bridge/internal/attachref"

// attachment resolves a reference. Its error has no place in the JSON, so that it's the same in every encoding.
func (d *decoder) attachment(text []byte) ([]byte, error) {
	content, err := attachref.Resolve(text, d.attachments)
	if err != nil {
		return nil, &jsonError{offset: -1, text: err.Error()}
	}
	return content, nil
}
