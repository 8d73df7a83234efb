// Benchmarks against protojson, on a request and on an answer like those of each call.

package jsonpb

import (
	"fmt"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func benchmarkRequest() *technologyv1.DetectRequest {
	page := &technologyv1.Page{Url: "https://www.example.org/a/page?with=parameters"}
	for i := range 15 {
		page.Headers = append(page.Headers, &technologyv1.Header{
			Name:  fmt.Sprintf("X-Some-Header-%d", i),
			Value: []byte("a value; of=usual length, as servers send them"),
		})
	}
	return &technologyv1.DetectRequest{Page: page, Options: &technologyv1.DetectOptions{Title: true}}
}

func benchmarkResponse() *technologyv1.DetectResponse {
	response := &technologyv1.DetectResponse{
		Title:          proto.String("The title of a page – with a dash"),
		FingerprintSet: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		Matcher:        technologyv1.Matcher_MATCHER_REFERENCE,
	}
	for i := range 12 {
		response.Technologies = append(response.Technologies, &technologyv1.Technology{
			Name:        fmt.Sprintf("Technology %d", i),
			Version:     proto.String("1.2.3"),
			Categories:  []*technologyv1.Category{{Id: 1, Name: "CMS", Priority: 1}, {Id: 11, Name: "Blogs", Priority: 1}},
			Description: "Technology is a free and open-source content management system that is paired with a database.",
			Website:     "https://technology.example.org",
			Icon:        "Technology.svg",
			Cpe:         "cpe:2.3:a:technology:technology:*:*:*:*:*:*:*:*",
		})
	}
	return response
}

func BenchmarkUnmarshal(b *testing.B) {
	for name, message := range map[string]proto.Message{"request": benchmarkRequest(), "response": benchmarkResponse()} {
		content, err := Append(nil, message)
		if err != nil {
			b.Fatal(err)
		}
		target := message.ProtoReflect().New().Interface()
		run(b, name+"/jsonpb", len(content), func() error { return Unmarshal(content, target, nil) })
		run(b, name+"/protojson", len(content), func() error { return protojson.Unmarshal(content, target) })
	}
}

func BenchmarkAppend(b *testing.B) {
	for name, message := range map[string]proto.Message{"request": benchmarkRequest(), "response": benchmarkResponse()} {
		buffer, err := Append(nil, message)
		if err != nil {
			b.Fatal(err)
		}
		run(b, name+"/jsonpb", len(buffer), func() error {
			_, err := Append(buffer[:0], message)
			return err
		})
		run(b, name+"/protojson", len(buffer), func() error {
			_, err := protojson.MarshalOptions{}.MarshalAppend(buffer[:0], message)
			return err
		})
	}
}

func run(b *testing.B, name string, bytes int, call func() error) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(bytes))
		for b.Loop() {
			if err := call(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
