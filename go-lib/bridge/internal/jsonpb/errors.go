// Errors that say where in the JSON and in the message something went wrong.

package jsonpb

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The most bytes that an error repeats of the input, such as a map key, and of what protojson says.
const (
	maxExcerpt = 48
	maxReason  = 120
)

// jsonError is an error at a place. The path is completed as the error goes up through the fields.
type jsonError struct {
	// path leads to the field, such as "pages[3].body"; empty outside of fields.
	path string
	// offset is the byte of the input, or -1 where there is no input or it doesn't help.
	offset int
	// text says what is wrong, to be read after the path.
	text string
}

func (e *jsonError) Error() string {
	var b strings.Builder
	switch {
	case e.path != "":
		b.WriteString("field ")
		b.WriteString(e.path)
	case e.offset < 0:
		b.WriteString("the message")
	}
	if e.offset >= 0 {
		if e.path != "" {
			b.WriteString(" at ")
		}
		fmt.Fprintf(&b, "byte %d:", e.offset)
	}
	b.WriteByte(' ')
	b.WriteString(e.text)
	return b.String()
}

// within puts a step, a field name or an index in brackets, before the path of an error.
func within(step string, err error) error {
	var at *jsonError
	if !errors.As(err, &at) {
		return err
	}
	if at.path != "" && at.path[0] != '[' {
		step += "."
	}
	at.path = step + at.path
	return at
}

// withinItem is within for an element of a list.
func withinItem(index int, err error) error {
	return within("["+strconv.Itoa(index)+"]", err)
}

// withinEntry is within for an entry of a map.
func withinEntry(key string, err error) error {
	return within("["+strconv.Quote(excerpt(key, maxExcerpt))+"]", err)
}

// excerpt cuts a text that came from outside to a length in bytes that is fit for an error.
func excerpt(text string, length int) string {
	if len(text) <= length {
		return text
	}
	return strings.ToValidUTF8(text[:length], "") + "..."
}
