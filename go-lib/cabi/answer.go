// The JSON answer of a call.

package cabi

import (
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/anypb"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
)

// answer returns {"result": message} or {"error": {"code", "message", "details"}}.
func answer(message []byte, err error) []byte {
	if err != nil {
		return errorAnswer(err)
	}
	answer := make([]byte, 0, len(message)+len(`{"result":}`))
	answer = append(answer, `{"result":`...)
	answer = append(answer, message...)
	return append(answer, '}')
}

func errorAnswer(err error) []byte {
	status := bridge.StatusOf(err)
	type body struct {
		Code    string            `json:"code"`
		Message string            `json:"message"`
		Details []json.RawMessage `json:"details,omitempty"`
	}
	answer, err := json.Marshal(map[string]body{"error": {
		Code:    bridge.Code(status.GetCode()).String(),
		Message: status.GetMessage(),
		Details: detailsOf(status.GetDetails()),
	}})
	if err != nil {
		// Texts and what protojson made always encode.
		panic(err)
	}
	return answer
}

// detailsOf encodes the details one by one: one that can't be encoded is left out, not the answer.
func detailsOf(details []*anypb.Any) []json.RawMessage {
	var encoded []json.RawMessage
	for _, detail := range details {
		if text, err := protojson.Marshal(detail); err == nil {
			encoded = append(encoded, text)
		}
	}
	return encoded
}
