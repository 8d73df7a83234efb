// Package attachref knows attachment fields, and resolves their references to the bytes that a request carries beside
// its message. All encodings share it, so that a bad reference is the same error in each.
package attachref

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	optionsv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/options/v1"
)

// maxExcerpt is the most that an error repeats of a reference, in bytes.
const maxExcerpt = 48

// IsAttachment tells whether a field is of bytes and has the option tombolo.options.v1.attachment.
func IsAttachment(field protoreflect.FieldDescriptor) bool {
	options, ok := field.Options().(*descriptorpb.FieldOptions)
	return ok && field.Kind() == protoreflect.BytesKind && proto.GetExtension(options, optionsv1.E_Attachment).(bool)
}

// Resolve returns the attachment that a reference, "@" and an index, stands for; not a copy of it. The error is to be read
// after the name of a field.
func Resolve(text []byte, attachments [][]byte) ([]byte, error) {
	digits, marked := strings.CutPrefix(string(text), "@")
	index, err := strconv.ParseUint(digits, 10, 31)
	if !marked || err != nil || strconv.FormatUint(index, 10) != digits {
		excerpt := string(text)
		if len(excerpt) > maxExcerpt {
			excerpt = strings.ToValidUTF8(excerpt[:maxExcerpt], "") + "..."
		}
		return nil, fmt.Errorf("has %q, which is no reference to an attachment", excerpt)
	}
	if index >= uint64(len(attachments)) {
		return nil, errors.New("refers to attachment " + digits + ", but the request has " + strconv.Itoa(len(attachments)))
	}
	return attachments[index], nil
}
