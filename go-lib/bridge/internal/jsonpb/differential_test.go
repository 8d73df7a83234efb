// Compares this package with protojson: on random messages, and on any input (the fuzz target).

package jsonpb

import (
	"bytes"
	"encoding/json"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

// messageTypes are what the tests here read and write.
var messageTypes = []func() proto.Message{
	newKinds,
	func() proto.Message { return &technologyv1.DetectBatchRequest{} },
	func() proto.Message { return &technologyv1.DetectBatchResponse{} },
	func() proto.Message { return &technologyv1.ListTechnologiesResponse{} },
	func() proto.Message { return &runtimev1.DescribeResponse{} },
	func() proto.Message { return &runtimev1.ConfigureRequest{} },
	func() proto.Message { return &runtimev1.Status{} },
}

func TestRandomMessagesAsProtojson(t *testing.T) {
	for i, newMessage := range messageTypes {
		sparse := 1
		if i == 0 {
			sparse = 4 // the type has hundreds of fields and holds itself
		}
		for seed := range uint64(400) {
			message := newMessage()
			newRandom(seed).fill(message.ProtoReflect(), sparse)
			checkRoundTrips(t, message, newMessage)
			if t.Failed() {
				t.Fatalf("type %d, seed %d", i, seed)
			}
		}
	}
}

// checkRoundTrips writes a message here and with protojson, and reads either with both.
func checkRoundTrips(t *testing.T, message proto.Message, newMessage func() proto.Message) {
	t.Helper()
	ours, err := Append(nil, message)
	if err != nil {
		t.Fatalf("Append: %v", err)
	}
	theirs, err := protojson.Marshal(message)
	if err != nil {
		t.Fatalf("protojson.Marshal: %v", err)
	}
	var compact [2]bytes.Buffer
	for i, content := range [][]byte{ours, theirs} {
		// protojson inserts spaces at random.
		if err := json.Compact(&compact[i], content); err != nil {
			t.Fatalf("%v in %s", err, content)
		}
	}
	if !bytes.Equal(compact[0].Bytes(), compact[1].Bytes()) {
		t.Errorf("Append gives\n%s\nprotojson gives\n%s", &compact[0], &compact[1])
	}
	// Reading isn't always the inverse of writing: an Any's content gets another form, a negative zero
	// of an integer none. So protojson is the measure here too.
	want, got, gotTheirs := newMessage(), newMessage(), newMessage()
	if err := protojson.Unmarshal(ours, want); err != nil {
		t.Fatalf("protojson.Unmarshal: %v", err)
	}
	indented, err := protojson.MarshalOptions{Multiline: true, UseProtoNames: true}.Marshal(message)
	if err != nil {
		t.Fatalf("protojson.Marshal: %v", err)
	}
	if err := Unmarshal(ours, got, nil); err != nil {
		t.Fatalf("Unmarshal of Append: %v in %s", err, ours)
	}
	if err := Unmarshal(indented, gotTheirs, nil); err != nil {
		t.Fatalf("Unmarshal of protojson: %v in %s", err, indented)
	}
	if !proto.Equal(want, got) || !proto.Equal(want, gotTheirs) {
		t.Errorf("of %s: Unmarshal gives\n%s\nand\n%s\nprotojson gives\n%s",
			ours, prototext.Format(got), prototext.Format(gotTheirs), prototext.Format(want))
	}
}

// FuzzUnmarshal compares with protojson: what is accepted, and what comes out. The one difference allowed is
// that protojson takes some input that is no JSON, such as the number 1e+.
func FuzzUnmarshal(f *testing.F) {
	for i, newMessage := range messageTypes {
		for seed := range uint64(8) {
			message := newMessage()
			newRandom(seed).fill(message.ProtoReflect(), 8)
			content, err := Append(nil, message)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(uint8(i), content)
		}
	}
	for _, seed := range fuzzSeeds {
		f.Add(uint8(0), []byte(seed))
	}
	options := protojson.UnmarshalOptions{DiscardUnknown: true, RecursionLimit: maxDepth}
	f.Fuzz(func(t *testing.T, index uint8, content []byte) {
		newMessage := messageTypes[int(index)%len(messageTypes)]
		want, got := newMessage(), newMessage()
		theirs := options.Unmarshal(content, want)
		ours := Unmarshal(content, got, nil)
		switch {
		case (ours == nil) != (theirs == nil):
			if theirs == nil && !json.Valid(content) {
				return
			}
			t.Fatalf("of %q: Unmarshal says %v, protojson %v", content, ours, theirs)
		case ours == nil && !proto.Equal(want, got):
			t.Fatalf("of %q: Unmarshal gives\n%s\nprotojson gives\n%s",
				content, prototext.Format(got), prototext.Format(want))
		case ours != nil && len(ours.Error()) > 400:
			t.Fatalf("of %q: the error is too long: %v", content, ours)
		}
		if ours == nil {
			if _, err := Append(nil, got); err != nil {
				if _, theirs := protojson.Marshal(got); theirs == nil {
					t.Fatalf("Append fails where protojson doesn't: %v", err)
				}
			}
		}
	})
}

// fuzzSeeds are inputs for test.Kinds at the edges of the rules.
var fuzzSeeds = []string{
	`{"oneInt32":1e2,"oneInt64":"1.50e1","oneUint32":-0,"oneUint64":0.05e2,"manyInt32":[10e-1,"-7",0e99999999999]}`,
	`{"oneInt32":1e+}`, `{"x":1e+}`, `{"oneInt32":01}`, `{"oneInt32":1.}`, `{"oneInt32":"1 "}`, `{"oneInt32":" 1"}`,
	`{"oneDouble":1e400}`, `{"oneFloat":3.5e38}`, `{"oneFloat":"-Infinity","oneDouble":"NaN"}`, `{"oneDouble":NaN}`,
	`{"oneBool":"true"}`, `{"one_bool":true,"oneBool":null}`, `{"choiceInt32":1,"choiceBool":true}`,
	`{"choiceInt32":null,"choiceBool":true}`, `{"choiceNullvalue":null}`, `{"choiceValue":null}`, `{"manyValue":null}`,
	`{"oneColor":"COLOR_CRIMSON","manyColor":["NONE",1,-7,"COLOR_RED"],"mapColor":{"a":"NONE","a":1}}`,
	`{"oneBytes":"_-8"}`, `{"oneBytes":"/+8="}`, `{"oneBytes":"_+8="}`, `{"oneBytes":"Zg="}`, `{"oneBytes":"Zm\n8="}`,
	`{"oneString":"\ud83d\ude00\u0000\/"}`, `{"oneString":"\ud83d"}`, `{"oneString":"\ude00\ud83d"}`, "{\"oneString\":\"\xff\"}",
	`{"keyInt32":{"+1":"a","01":"b"}}`, `{"keyBool":{"true":"a","false":"b"}}`, `{"keyUint64":{"-1":"a"}}`,
	`{"mapKinds":{"a":null}}`, `{"mapValue":{"a":null}}`, `{"manyKinds":[null]}`, `{"manyString":["a",]}`, `{"a":1,}`,
	`{"oneAny":{"@type":"type.googleapis.com/tombolo.technology.v1.Category","id":7}}`, `{"oneAny":{"@type":"none"}}`,
	`{"oneAny":{"value":"1s","@type":"type.googleapis.com/google.protobuf.Duration"},"oneEmpty":{"a":[]}}`,
	`{"oneTimestamp":"2020-01-01T00:00:00.5+01:00","oneDuration":"-.5s","oneFieldmask":"a.bC,d","oneInt32value":"7"}`,
	`{"oneStruct":{"a":[1,"b",null,{}]},"oneValue":[{}],"oneListvalue":[]} `, `{"a":{"b":[[{}]]}}`, `{} {}`, `[]`, ``, `{"a"`,
	`{"oneStruct":[}}`, `{"oneDuration":"1s"x}`, `{"oneInt32value":1"a":2}`, `{"oneStruct":{"a":1}}}`, `nullx`, "\ufeff{}",
}
