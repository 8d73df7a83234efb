// The set of what was already met in one object, to find fields and oneofs that are set twice.

package jsonpb

// seenSet is a set of slots. The zero value is empty and holds slots below 64 without allocating.
type seenSet struct {
	low  uint64
	high []uint64
}

// add puts a slot (at least 0) into the set and tells whether it wasn't there yet.
func (s *seenSet) add(slot int) bool {
	word := &s.low
	if slot >= 64 {
		index := slot/64 - 1
		if index >= len(s.high) {
			s.high = append(s.high, make([]uint64, index+1-len(s.high))...)
		}
		word = &s.high[index]
	}
	bit := uint64(1) << (slot % 64)
	fresh := *word&bit == 0
	*word |= bit
	return fresh
}
