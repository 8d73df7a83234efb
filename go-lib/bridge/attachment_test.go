// Tests of attachments: what a request's references become, in both encodings.

package bridge

import (
	"context"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// collect answers with the content of each attachment field.
func collect(_ context.Context, r *request) (*response, error) {
	content := func(m protoreflect.Message) string {
		return string(m.Get(m.Descriptor().Fields().ByName("content")).Bytes())
	}
	texts := []string{string(r.direct())}
	for i := range r.get("contents").List().Len() {
		texts = append(texts, string(r.get("contents").List().Get(i).Bytes()))
	}
	if one := r.get("one").Message(); one.IsValid() {
		texts = append(texts, content(one))
	}
	for i := range r.get("many").List().Len() {
		texts = append(texts, content(r.get("many").List().Get(i).Message()))
	}
	if entry := r.get("by_name").Map().Get(protoreflect.ValueOfString("key").MapKey()); entry.IsValid() {
		texts = append(texts, content(entry.Message()))
	}
	return responseOf(append(texts, string(r.get("plain").Bytes()))...), nil
}

var reference = regexp.MustCompile(`"@[^"]*"`)

// encodeReferences encodes a request that is given as tombolo's JSON, in which references stand as they are.
func encodeReferences(t *testing.T, encoding Encoding, json string) []byte {
	t.Helper()
	if encoding == JSON {
		return []byte(json)
	}
	return encode(t, Binary, requestOf(t, reference.ReplaceAllStringFunc(json, func(quoted string) string {
		return `"` + base64.StdEncoding.EncodeToString([]byte(strings.Trim(quoted, `"`))) + `"`
	})))
}

func TestReferencesBecomeTheirAttachments(t *testing.T) {
	registry := registryOf(t, collect)
	attachments := [][]byte{[]byte("zero"), []byte("@1"), {}, []byte("three\x00")}
	for name, test := range map[string]struct {
		request string
		want    []string
	}{
		"none":                   {`{}`, []string{"", ""}},
		"a field":                {`{"direct":"@3"}`, []string{"three\x00", ""}},
		"an empty attachment":    {`{"direct":"@2"}`, []string{"", ""}},
		"an attachment like one": {`{"direct":"@1"}`, []string{"@1", ""}},
		"several, in any order":  {`{"contents":["@3","@0","@1"],"direct":"@2"}`, []string{"", "three\x00", "zero", "@1", ""}},
		"the same one twice":     {`{"contents":["@0","@0"],"direct":"@0"}`, []string{"zero", "zero", "zero", ""}},
		"an empty element":       {`{"contents":["","@0"]}`, []string{"", "", "zero", ""}},
		"inside a message":       {`{"one":{"name":"n","content":"@0"}}`, []string{"", "zero", ""}},
		"inside several":         {`{"many":[{"content":"@1"},{},{"content":"@0"}]}`, []string{"", "@1", "", "zero", ""}},
		"inside a map":           {`{"byName":{"key":{"content":"@0"}}}`, []string{"", "zero", ""}},
		"more than are used":     {`{"direct":"@0"}`, []string{"zero", ""}},
		"bytes of another field": {`{"direct":"@0","plain":"QDM="}`, []string{"zero", "@3"}},
	} {
		t.Run(name, func(t *testing.T) {
			inBothEncodings(t, func(t *testing.T, encoding Encoding) {
				texts, err := do(t, registry, encoding, encodeReferences(t, encoding, test.request), attachments...)
				if err != nil {
					t.Fatal(err)
				}
				equalTexts(t, texts, test.want...)
			})
		})
	}
}

func TestAReferenceIsTheCallersMemory(t *testing.T) {
	attachment := []byte("mine")
	registry := registryOf(t, func(_ context.Context, r *request) (*response, error) {
		attachment[0] = 'M'
		return collect(context.Background(), r)
	})
	inBothEncodings(t, func(t *testing.T, encoding Encoding) {
		texts, err := do(t, registry, encoding, encodeReferences(t, encoding, `{"direct":"@0"}`), attachment)
		if err != nil {
			t.Fatal(err)
		}
		equalTexts(t, texts, "Mine", "")
	})
}

func TestReferencesToNothingAreRefused(t *testing.T) {
	registry := registryOf(t, collect)
	const invalid = "the request isn't a valid tombolo.test.v1.Request: "
	for name, test := range map[string]struct{ request, want string }{
		"a field":          {`{"direct":"@1"}`, "field direct refers to attachment 1, but the request has 1"},
		"an element":       {`{"contents":["@0","@7"]}`, "field contents[1] refers to attachment 7, but the request has 1"},
		"inside a message": {`{"one":{"content":"@2"}}`, "field one.content refers to attachment 2, but the request has 1"},
		"inside several":   {`{"many":[{},{"content":"@2"}]}`, "field many[1].content refers to attachment 2, but the request has 1"},
		"inside a map": {
			`{"byName":{"k":{"content":"@2"}}}`, `field by_name["k"].content refers to attachment 2, but the request has 1`,
		},
		"the largest": {`{"direct":"@2147483647"}`, "field direct refers to attachment 2147483647, but the request has 1"},
	} {
		t.Run(name, func(t *testing.T) {
			inBothEncodings(t, func(t *testing.T, encoding Encoding) {
				_, err := do(t, registry, encoding, encodeReferences(t, encoding, test.request), []byte("zero"))
				failsWith(t, err, InvalidArgument, invalid+test.want)
			})
		})
	}
}

func TestMalformedReferencesAreRefused(t *testing.T) {
	registry := registryOf(t, collect)
	for _, reference := range []string{"@", "@x", "@-1", "@+0", "@00", "@0 ", "@2147483648", "@18446744073709551616", "@@0"} {
		t.Run(reference, func(t *testing.T) {
			inBothEncodings(t, func(t *testing.T, encoding Encoding) {
				_, err := do(t, registry, encoding, encodeReferences(t, encoding, `{"direct":"`+reference+`"}`), []byte("zero"))
				if status := StatusOf(err); Code(status.GetCode()) != InvalidArgument {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestInlineBytesAreForJSONOnly(t *testing.T) {
	registry := registryOf(t, collect)
	texts, err := do(t, registry, JSON, []byte(`{"direct":"QDA=","contents":["YQ"]}`), []byte("zero"))
	if err != nil {
		t.Fatal(err)
	}
	equalTexts(t, texts, "@0", "a", "")
	_, err = do(t, registry, Binary, encode(t, Binary, requestOf(t, `{"contents":["YQ=="]}`)), []byte("zero"))
	failsWith(t, err, InvalidArgument,
		"the request isn't a valid tombolo.test.v1.Request: field contents[0] has \"a\", which is no reference to an attachment")
}
