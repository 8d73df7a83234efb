// Tests of the calls in flight.

package bridge

import (
	"context"
	"testing"
)

func TestACallIsCancelledByItsId(t *testing.T) {
	var calls Calls
	first, endFirst, err := calls.Begin(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer endFirst()
	second, endSecond, err := calls.Begin(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	defer endSecond()
	calls.Cancel(1)
	calls.Cancel(1)
	if first.Err() != context.Canceled || second.Err() != nil {
		t.Errorf("the first ended with %v and the second with %v", first.Err(), second.Err())
	}
}

func TestAnUnknownIdCancelsNothing(t *testing.T) {
	var calls Calls
	calls.Cancel(1) // before there is any call
	ctx, end, err := calls.Begin(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	calls.Cancel(2)
	if ctx.Err() != nil {
		t.Error("another call was cancelled")
	}
	end()
	calls.Cancel(1)
	if ctx.Err() != context.Canceled {
		t.Error("the end of a call doesn't end its context")
	}
}

func TestAnIdInFlightIsRefused(t *testing.T) {
	var calls Calls
	ctx, end, err := calls.Begin(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = calls.Begin(t.Context(), 7)
	failsWith(t, err, AlreadyExists, "a call with the id 7 is in flight; give each call its own")
	if ctx.Err() != nil {
		t.Error("the refused call ended the first one")
	}
	end()
	_, end, err = calls.Begin(t.Context(), 7)
	if err != nil {
		t.Errorf("an id that is free again: %v", err)
	} else {
		end()
	}
}

func TestCallsWithTheIdZeroAreNotCancelled(t *testing.T) {
	var calls Calls
	first, endFirst, err := calls.Begin(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	second, endSecond, err := calls.Begin(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	calls.Cancel(0)
	endFirst()
	if first.Err() != nil || second.Err() != nil {
		t.Error("a call with the id 0 was cancelled")
	}
	endSecond()
}
