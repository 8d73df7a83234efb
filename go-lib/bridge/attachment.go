// Attachment fields: which messages have them, and how a binary request refers to them.

package bridge

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/tombolo-dev/tombolo/go-lib/bridge/internal/attachref"
)

// hasAttachments reports whether a message, or any message inside it, has an attachment field.
func hasAttachments(message protoreflect.MessageDescriptor) bool {
	return reachesAttachment(message, map[protoreflect.FullName]bool{})
}

func reachesAttachment(message protoreflect.MessageDescriptor, seen map[protoreflect.FullName]bool) bool {
	if seen[message.FullName()] {
		return false
	}
	seen[message.FullName()] = true
	for i := range message.Fields().Len() {
		field := message.Fields().Get(i)
		if attachref.IsAttachment(field) {
			return true
		}
		if inner := field.Message(); inner != nil && reachesAttachment(inner, seen) {
			return true
		}
	}
	return false
}

// resolveAttachments puts the attachments where a binary request refers to them. In the binary
// encoding an attachment field holds a reference or nothing: a page may well begin with "@",
// so that, unlike in JSON, inline bytes couldn't be told from a reference.
func resolveAttachments(message protoreflect.Message, path string, attachments [][]byte) error {
	var failure error
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		name := path + string(field.Name())
		switch {
		case attachref.IsAttachment(field) && field.IsList():
			list := value.List()
			for i := 0; i < list.Len() && failure == nil; i++ {
				var content []byte
				content, failure = attachmentAt(list.Get(i).Bytes(), attachments, fmt.Sprintf("%s[%d]", name, i))
				list.Set(i, protoreflect.ValueOfBytes(content))
			}
		case attachref.IsAttachment(field):
			var content []byte
			if content, failure = attachmentAt(value.Bytes(), attachments, name); failure == nil {
				message.Set(field, protoreflect.ValueOfBytes(content))
			}
		case field.IsMap() && field.MapValue().Message() != nil:
			value.Map().Range(func(key protoreflect.MapKey, entry protoreflect.Value) bool {
				failure = resolveAttachments(entry.Message(), fmt.Sprintf("%s[%q].", name, key.String()), attachments)
				return failure == nil
			})
		case field.Message() == nil || field.IsMap():
		case field.IsList():
			list := value.List()
			for i := 0; i < list.Len() && failure == nil; i++ {
				failure = resolveAttachments(list.Get(i).Message(), fmt.Sprintf("%s[%d].", name, i), attachments)
			}
		default:
			failure = resolveAttachments(value.Message(), name+".", attachments)
		}
		return failure == nil
	})
	return failure
}

func attachmentAt(text []byte, attachments [][]byte, path string) ([]byte, error) {
	if len(text) == 0 {
		return nil, nil
	}
	content, err := attachref.Resolve(text, attachments)
	if err != nil {
		return nil, fmt.Errorf("field %s %w", path, err)
	}
	return content, nil
}
