// This file tests the encoded form.

package index

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
)

func build(t *testing.T) *Index {
	t.Helper()
	apps, err := fingerprint.Decode([]byte(`{"apps":{
		"A":{"cats":[1,-2],"headers":{"x":"aaaa"},"cookies":{"c":""},"meta":{"m":["bbbb","c"]},"html":["dddd","e"],"scriptSrc":["(","/fff+"],"implies":["B\\;confidence:5","C","D\\;version:1"]},
		"B":{"description":"about","website":"web","icon":"i","cpe":"c","html":["(?-i)x"]}}}`))
	if err != nil {
		t.Fatal(err)
	}
	x, err := Build(context.Background(), apps, []Category{{2, 7, "two"}, {1, 3, "one"}})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestCodec(t *testing.T) {
	x := build(t)
	data := string(x.Encode())
	back, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if string(back.Encode()) != data {
		t.Error("the index isn't the same after encoding and decoding")
	}
	if !reflect.DeepEqual(back.Fingerprints(), x.Fingerprints()) || !reflect.DeepEqual(back.AllCategories(), []Category{{1, 3, "one"}, {2, 7, "two"}}) {
		t.Errorf("got %+v, %+v", back.Fingerprints(), back.AllCategories())
	}
	if !back.LowerFirst {
		t.Error("a pattern that switches case folding off isn't noted")
	}
	for cut := 0; cut < len(data); cut += 1 + cut/50 {
		if _, err := Decode(data[:cut]); !errors.Is(err, ErrFormat) {
			t.Fatalf("the first %d of %d bytes: %v", cut, len(data), err)
		}
	}
	if _, err := Decode(data + "x"); !errors.Is(err, ErrFormat) {
		t.Errorf("a byte too many: %v", err)
	}
}

func TestFingerprints(t *testing.T) {
	f := build(t).Fingerprints()["A"]
	want := &fingerprint.Fingerprint{
		Cats: []int{1, -2}, Headers: map[string]string{"x": "aaaa"}, Cookies: map[string]string{"c": ""}, Meta: map[string][]string{"m": {"bbbb", "c"}},
		HTML: []string{"dddd", "e"}, ScriptSrc: []string{"/fff+"}, Implies: []string{`B\;confidence:5`, "C", `D\;`},
	}
	if !reflect.DeepEqual(f, want) {
		t.Errorf("got  %+v\nwant %+v", f, want)
	}
}
