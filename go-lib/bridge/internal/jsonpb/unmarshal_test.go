// Reading: attachments, errors and where they point, and the bound on nesting.

package jsonpb

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestAttachmentsAreNotCopied(t *testing.T) {
	attachments := [][]byte{[]byte("first"), []byte("second"), {}}
	var request technologyv1.DetectBatchRequest
	err := Unmarshal([]byte(`{"pages":[{"body":"@1"},{"body":"\u00400"},{"body":"YQ=="},{"body":"@2"}]}`),
		&request, attachments)
	if err != nil {
		t.Fatal(err)
	}
	pages := request.GetPages()
	if &pages[0].GetBody()[0] != &attachments[1][0] || &pages[1].GetBody()[0] != &attachments[0][0] {
		t.Error("a body is a copy of its attachment")
	}
	if string(pages[2].GetBody()) != "a" || len(pages[3].GetBody()) != 0 {
		t.Errorf("inline body %q, empty attachment %q", pages[2].GetBody(), pages[3].GetBody())
	}
}

func TestRepeatedAttachments(t *testing.T) {
	message := newKinds().ProtoReflect()
	attachment := []byte("content")
	err := Unmarshal([]byte(`{"attachedMany":["@0","YQ","@0"]}`), message.Interface(), [][]byte{attachment})
	if err != nil {
		t.Fatal(err)
	}
	list := message.Get(message.Descriptor().Fields().ByName("attached_many")).List()
	if list.Len() != 3 || &list.Get(2).Bytes()[0] != &attachment[0] || string(list.Get(1).Bytes()) != "a" {
		t.Errorf("read %v", list)
	}
}

func TestErrors(t *testing.T) {
	request := func() proto.Message { return &technologyv1.DetectBatchRequest{} }
	rules := func() proto.Message { return &technologyv1.Rules{} }
	long := strings.Repeat("long ", 1000)
	cases := []struct {
		input      string
		newMessage func() proto.Message
		want       string
	}{
		{`{"pages":[{},{"body":"@1"}]}`, request, `field pages[1].body refers to attachment 1, but the request has 1`},
		{`{"attachedMany":["@0","@12"]}`, newKinds, `field attached_many[1] refers to attachment 12, but the request has 1`},
		{`{"attached":"@"}`, newKinds, `field attached has "@", which is no reference to an attachment`},
		{`{"attached":"@00"}`, newKinds, `field attached has "@00", which is no reference to an attachment`},
		{`{"attached":"@+0"}`, newKinds, `field attached has "@+0", which is no reference to an attachment`},
		{`{"attached":"@-1"}`, newKinds, `field attached has "@-1", which is no reference to an attachment`},
		{
			`{"attached":"@` + strings.Repeat("9", 100) + `"}`, newKinds,
			`field attached has "@` + strings.Repeat("9", 47) + `...", which is no reference to an attachment`,
		},
		{`{"oneBytes":"@0"}`, newKinds, `field one_bytes at byte 12: not base64`},
		{`{"mapBytes":{"a":"@0"}}`, newKinds, `field map_bytes["a"] at byte 17: not base64`},
		{``, request, `byte 0: expected '{', found the end`},
		{`[]`, request, `byte 0: expected '{', found '['`},
		{`{}}`, request, `byte 2: expected the end, found '}'`},
		{`{pages:[]}`, request, `byte 1: expected a name, found 'p'`},
		{`{"pages" []}`, request, `byte 9: expected ':', found '['`},
		{`{"pages":{}}`, request, `field pages at byte 9: expected '[', found '{'`},
		{`{"pages":[{} {}]}`, request, `field pages at byte 13: expected ',' or ']', found '{'`},
		{`{"pages":[{},]}`, request, `field pages at byte 13: expected another item after ',', found ']'`},
		{`{"pages":[],"pages":[]}`, request, `field pages at byte 12: is given twice`},
		{`{"pages":[{"url":1}]}`, request, `field pages[0].url at byte 17: expected a string, found '1'`},
		{`{"pages":[{"url":"é` + "\xff" + `"}]}`, request, `field pages[0].url at byte 20: invalid UTF-8 in a string`},
		{`{"pages":[{"url":"` + "\n" + `"}]}`, request, `field pages[0].url at byte 18: control character in a string`},
		{`{"pages":[{"url":"\x"}]}`, request, `field pages[0].url at byte 18: invalid escape`},
		{`{"pages":[{"url":"\ud800x"}]}`, request, `field pages[0].url at byte 18: invalid \u escape`},
		{`{"pages":[{"url":"`, request, `field pages[0].url at byte 18: unfinished string`},
		{`{"pages":[{"url":"\`, request, `field pages[0].url at byte 19: unfinished string`},
		{`{"options":{"title":nope}}`, request, `field options.title at byte 20: invalid word`},
		{`{"options":{"title":truest}}`, request, `field options.title at byte 20: invalid word`},
		{`{"options":{"matcher":true}}`, request, `field options.matcher at byte 22: expected an enum's name or number, found 't'`},
		{`{"options":{"matcher":1.5}}`, request, `field options.matcher at byte 22: not a value of enum`},
		{`{"oneInt32":2147483648}`, newKinds, `field one_int32 at byte 12: not a value of int32`},
		{`{"oneUint64":"-1"}`, newKinds, `field one_uint64 at byte 13: not a value of uint64`},
		{`{"oneUint64":[]}`, newKinds, `field one_uint64 at byte 13: expected a number, found '['`},
		{`{"oneFloat":1e39}`, newKinds, `field one_float at byte 12: not a value of float`},
		{`{"oneFloat":-}`, newKinds, `field one_float at byte 12: invalid number`},
		{`{"choiceBool":true,"choiceInt32":1}`, newKinds, `field choice_int32 at byte 33: belongs to a oneof that is already set`},
		{`{"keyBool":{"1":""}}`, newKinds, `field key_bool at byte 12: invalid bool key`},
		{`{"cookies":{"a":"","a":""}}`, rules, `field cookies["a"] at byte 19: is given twice`},
		{`{"meta":{"a b":{"patterns":[1]}}}`, rules, `field meta["a b"].patterns[0] at byte 28: expected a string, found '1'`},
		{`{"cookies":{"` + long + `":1}}`, rules, `field cookies["` + long[:48] + `..."] at byte 5015: expected a string, found '1'`},
		{`{"x":` + long + `}`, rules, `byte 5: expected a value, found 'l'`},
		{`{"oneDuration":"` + long + `"}`, newKinds, `field one_duration at byte 15: invalid google.protobuf.Duration: (line 1:1): invalid google.protobuf.Duration value "` + long[:68] + `...`},
	}
	for _, c := range cases {
		err := Unmarshal([]byte(c.input), c.newMessage(), [][]byte{[]byte("attachment")})
		if err == nil || err.Error() != c.want {
			t.Errorf("%.60s\n got %v\nwant %s", c.input, err, c.want)
		}
	}
}

func TestNestingIsBounded(t *testing.T) {
	messages := func(levels int) string {
		return strings.Repeat(`{"oneKinds":`, levels-1) + `{}` + strings.Repeat(`}`, levels-1)
	}
	unknown := func(levels int) string {
		return `{"x":` + strings.Repeat(`[`, levels-1) + strings.Repeat(`]`, levels-1) + `}`
	}
	known := func(levels int) string {
		return `{"oneListvalue":` + strings.Repeat(`[`, levels-1) + strings.Repeat(`]`, levels-1) + `}`
	}
	for name, nested := range map[string]func(int) string{"messages": messages, "unknown": unknown, "known": known} {
		if err := Unmarshal([]byte(nested(maxDepth)), newKinds(), nil); err != nil {
			t.Errorf("%s: %d levels: %v", name, maxDepth, err)
		}
		for _, levels := range []int{maxDepth + 1, 1_000_000} {
			if err := Unmarshal([]byte(nested(levels)), newKinds(), nil); err == nil || len(err.Error()) > 2000 {
				t.Errorf("%s: %d levels: %v", name, levels, err)
			}
		}
	}
}

func TestTruncatedInputIsRefused(t *testing.T) {
	message := newKinds()
	newRandom(3).fill(message.ProtoReflect(), 3)
	content, err := Append(nil, message)
	if err != nil {
		t.Fatal(err)
	}
	for length := range content {
		if err := Unmarshal(content[:length], newKinds(), nil); err == nil {
			t.Fatalf("accepted %q", content[:length])
		}
	}
}

func TestMessageIsResetFirst(t *testing.T) {
	category := &technologyv1.Category{Id: 1, Name: "old"}
	if err := Unmarshal([]byte(`{"id":2}`), category, nil); err != nil {
		t.Fatal(err)
	}
	if want := (&technologyv1.Category{Id: 2}); !proto.Equal(category, want) {
		t.Errorf("read %v", category)
	}
}

func TestWellKnownTypeAtTheTop(t *testing.T) {
	var value structpb.Struct
	if err := Unmarshal([]byte(` {"a":[1]} `), &value, nil); err != nil {
		t.Fatal(err)
	}
	if got := value.GetFields()["a"].GetListValue().GetValues()[0].GetNumberValue(); got != 1 {
		t.Errorf("read %v", got)
	}
}

// A type may have more fields than the words of a seenSet have bits.
func TestFieldGivenTwiceInAWideMessage(t *testing.T) {
	fields := kinds.Fields()
	if fields.Len() < 130 {
		t.Fatalf("only %d fields", fields.Len())
	}
	for i := range fields.Len() {
		field := fields.Get(i)
		input := fmt.Sprintf(`{%[1]q:null,%[2]q:null}`, protoreflect.Name(field.TextName()), field.Name())
		if name := field.Name(); name == "many_value" || name == "many_nullvalue" {
			continue // null is no list of nulls
		}
		err := Unmarshal([]byte(input), newKinds(), nil)
		if err == nil || !strings.HasSuffix(err.Error(), "is given twice") {
			t.Errorf("%s: %v", input, err)
		}
	}
}
