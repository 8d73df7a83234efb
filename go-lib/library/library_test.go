// Tests of the stock library: its services, and a call through all layers.

package library

import (
	"context"
	"slices"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestTheLibraryHoldsItsServices(t *testing.T) {
	registry, err := New()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, service := range registry.Services() {
		names = append(names, string(service.Descriptor.FullName()))
	}
	if want := []string{"tombolo.runtime.v1.RuntimeService", "tombolo.technology.v1.TechnologyService"}; !slices.Equal(names, want) {
		t.Errorf("got %q", names)
	}
}

func TestAPageIsDetectedInBothEncodings(t *testing.T) {
	registry, err := New()
	if err != nil {
		t.Fatal(err)
	}
	request := &technologyv1.DetectRequest{Page: &technologyv1.Page{
		Headers: []*technologyv1.Header{{Name: "Server", Value: []byte("nginx/1.25.3")}}, Body: []byte("@0"),
	}}
	binary, err := proto.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		encoding bridge.Encoding
		message  []byte
		decode   func([]byte, proto.Message) error
	}{
		"JSON": {
			bridge.JSON, []byte(`{"page":{"headers":[{"name":"Server","value":"bmdpbngvMS4yNS4z"}],"body":"@0"}}`), protojson.Unmarshal,
		},
		"binary": {bridge.Binary, binary, proto.Unmarshal},
	} {
		t.Run(name, func(t *testing.T) {
			answer, err := registry.Call(context.Background(), bridge.Request{
				Method: "tombolo.technology.v1.TechnologyService/Detect", Encoding: test.encoding, Message: test.message,
				Attachments: [][]byte{[]byte(`<meta name="generator" content="WordPress 6.4.2">`)},
			})
			if err != nil {
				t.Fatal(err)
			}
			var response technologyv1.DetectResponse
			if err := test.decode(answer, &response); err != nil {
				t.Fatal(err)
			}
			found := map[string]string{}
			for _, technology := range response.GetTechnologies() {
				found[technology.GetName()] = technology.GetVersion()
			}
			if found["Nginx"] != "1.25.3" || found["WordPress"] != "6.4.2" {
				t.Errorf("found %v", found)
			}
		})
	}
}
