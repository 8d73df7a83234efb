// Tests of work that can't be stopped.

package bridge

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestDetachedWorkGivesItsResult(t *testing.T) {
	d := NewDetacher("the work", 1)
	value, err := Detach(t.Context(), d, func() (int, error) { return 7, nil })
	if value != 7 || err != nil {
		t.Errorf("got %d, %v", value, err)
	}
	broken := errors.New("broken")
	if _, err = Detach(t.Context(), d, func() (int, error) { return 0, broken }); err != broken {
		t.Errorf("got %v", err)
	}
}

func TestAnEndedContextStartsNoWork(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Detach(ctx, NewDetacher("the work", 1), func() (int, error) {
		t.Error("the work runs")
		return 0, nil
	})
	if err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestAPanicOfDetachedWorkIsContained(t *testing.T) {
	logged(t)
	d := NewDetacher("the work", 1)
	for range 3 { // each frees its place
		_, err := Detach(t.Context(), d, func() (*int, error) {
			var none *int
			*none++
			return none, nil
		})
		failsWith(t, err, Internal, "the work panicked: runtime error: invalid memory address or nil pointer dereference")
	}
}

// leave starts work that waits for the channel, and gives up on it.
func leave(t *testing.T, d *Detacher, release <-chan struct{}) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Detach(ctx, d, func() (int, error) {
		cancel()
		<-release
		return 0, nil
	})
	if err != context.Canceled {
		t.Errorf("got %v", err)
	}
}

func TestLeftoversHoldTheirPlacesUntilTheyEnd(t *testing.T) {
	logged(t)
	synctest.Test(t, func(t *testing.T) {
		d := NewDetacher("the work", 2)
		release := make(chan struct{})
		leave(t, d, release)
		value, err := Detach(t.Context(), d, func() (int, error) { return 7, nil })
		if value != 7 || err != nil {
			t.Errorf("with one place left: got %d, %v", value, err)
		}
		leave(t, d, release)
		_, err = Detach(t.Context(), d, func() (int, error) { return 7, nil })
		failsWith(t, err, ResourceExhausted, "2 earlier calls of the work ran out of time and are still running; "+
			"try again later, or give such calls more time")
		release <- struct{}{}
		synctest.Wait()
		value, err = Detach(t.Context(), d, func() (int, error) { return 7, nil })
		if value != 7 || err != nil {
			t.Errorf("with one place free again: got %d, %v", value, err)
		}
		close(release)
		synctest.Wait()
		if n := d.leftovers.Load(); n != 0 || len(d.slots) != 0 {
			t.Errorf("%d leftovers and %d places remain", n, len(d.slots))
		}
	})
}

func TestALeftoverThatPanicsFreesItsPlace(t *testing.T) {
	logged(t)
	synctest.Test(t, func(t *testing.T) {
		d := NewDetacher("the work", 1)
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		_, err := Detach(ctx, d, func() (int, error) {
			cancel()
			<-release
			panic("oh no")
		})
		if err != context.Canceled {
			t.Errorf("got %v", err)
		}
		close(release)
		synctest.Wait()
		if n := d.leftovers.Load(); n != 0 || len(d.slots) != 0 {
			t.Errorf("%d leftovers and %d places remain", n, len(d.slots))
		}
	})
}

func TestCallsWaitForAPlaceAsLongAsTheirTimeAllows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDetacher("the work", 1)
		release := make(chan struct{})
		first := make(chan error, 1)
		go func() {
			_, err := Detach(t.Context(), d, func() (int, error) { <-release; return 1, nil })
			first <- err
		}()
		synctest.Wait()

		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := Detach(impatient, d, func() (int, error) {
			t.Error("the impatient work runs")
			return 0, nil
		})
		if err != context.DeadlineExceeded {
			t.Errorf("the impatient call got %v", err)
		}

		patient := make(chan int, 1)
		go func() {
			value, _ := Detach(t.Context(), d, func() (int, error) { return 2, nil })
			patient <- value
		}()
		synctest.Wait()
		close(release)
		if err := <-first; err != nil {
			t.Errorf("the first call got %v", err)
		}
		if value := <-patient; value != 2 {
			t.Errorf("the patient call got %d", value)
		}
	})
}

func TestADeadlineEndsACallWhoseWorkRunsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := NewDetacher("the work", 1)
		release, copied := make(chan struct{}), make(chan []byte, 1)
		registry := registryOf(t, func(ctx context.Context, r *request) (*response, error) {
			own := bytes.Clone(r.direct())
			return Detach(ctx, d, func() (*response, error) {
				<-release
				copied <- own
				return responseOf("never seen"), nil
			})
		})
		attachment := []byte("content")
		_, err := registry.Call(t.Context(), Request{
			Method: doMethod, Encoding: JSON, Message: []byte(`{"direct":"@0"}`), Attachments: [][]byte{attachment},
			Timeout: time.Second,
		})
		failsWith(t, err, DeadlineExceeded, doMethod+" didn't finish within its time limit; allow it more time or give it less to do")
		// The memory is the caller's again: the race detector sees whether the work still reads it.
		clear(attachment)
		close(release)
		if own := <-copied; string(own) != "content" {
			t.Errorf("the work had %q", own)
		}
	})
}
