// Tests of requests and their answers.

package sidecar

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
)

func TestRequestsAreAnswered(t *testing.T) {
	c := connect(t, start(t, echo).path, token)
	c.call(1, "first")
	c.answers(1, "first")
	c.call(1<<64-1, "second")
	c.answers(1<<64-1, "second")
	c.request(&sidecarv1.Request{Id: 3, Method: doMethod})
	c.answers(3, "")
}

func TestAnIdIsFreeAgainOnceItsAnswerCame(t *testing.T) {
	c := connect(t, start(t, echo).path, token)
	for i := range 200 {
		text := fmt.Sprint(i)
		c.call(1, text)
		c.answers(1, text)
	}
}

func TestAttachmentsFollowTheirRequest(t *testing.T) {
	c := connect(t, start(t, echo).path, token)
	large := strings.Repeat("x", 200<<10)
	for name, attachments := range map[string][]string{
		"one":     {"content"},
		"several": {"a", "", "\x00@0", "d"},
		"large":   {large, "between", large},
	} {
		t.Run(name, func(t *testing.T) {
			c.t = t
			c.call(1, "text", attachments...)
			c.call(2, "next")
			got := map[uint64]string{}
			for range 2 {
				frame := c.receive()
				got[frame.GetResponse().GetId()] = textOf(t, frame)
			}
			if got[1] != "text["+strings.Join(attachments, "][")+"]" || got[2] != "next" {
				t.Errorf("got texts of %d and %d characters", len(got[1]), len(got[2]))
			}
		})
	}
}

func TestErrorsTravelWithTheirDetails(t *testing.T) {
	limit := &runtimev1.LimitExceeded{Limit: "l", Allowed: 1, Actual: 2}
	c := connect(t, start(t, func(_ context.Context, r *request) (*response, error) {
		if r.GetOptions().GetFingerprintSet() == "panic" {
			panic("oh no")
		}
		return nil, bridge.Errorf(bridge.DataLoss, "lost").With(limit)
	}).path, token)
	c.call(1, "fail")
	hasLimit(t, c.refuses(1, bridge.DataLoss, "lost"), limit)
	c.call(2, "panic")
	c.refuses(2, bridge.Internal, doMethod+" panicked: oh no")
	c.request(&sidecarv1.Request{Id: 3, Method: "no.such/Method"})
	c.refuses(3, bridge.Unimplemented, "this library has no method [no.such/Method]; its services are [tombolo.test.v1.TestService]")
}

func TestATimeoutEndsItsCall(t *testing.T) {
	started, ended := make(chan struct{}, 1), make(chan struct{}, 1)
	c := connect(t, start(t, untilDone(started, ended)).path, token)
	c.request(&sidecarv1.Request{Id: 1, Method: doMethod, TimeoutNanos: 1})
	c.refuses(1, bridge.DeadlineExceeded, doMethod+" didn't finish within its time limit; allow it more time or give it less to do")
}

func TestACancelEndsItsCall(t *testing.T) {
	started, ended := make(chan struct{}, 2), make(chan struct{}, 2)
	c := connect(t, start(t, untilDone(started, ended)).path, token)
	c.send(cancelOf(2)) // there is no such call yet
	c.call(1, "one")
	c.call(2, "two")
	<-started
	<-started
	c.send(cancelOf(7)) // there is no such call
	c.send(cancelOf(2))
	c.refuses(2, bridge.Canceled, doMethod+" was cancelled by its caller")
	c.send(cancelOf(1))
	c.refuses(1, bridge.Canceled, doMethod+" was cancelled by its caller")
}

func TestCallsOfOneConnectionAreNotThoseOfAnother(t *testing.T) {
	started, ended := make(chan struct{}, 2), make(chan struct{}, 2)
	s := start(t, untilDone(started, ended))
	first, second := connect(t, s.path, token), connect(t, s.path, token)
	first.call(1, "")
	second.call(1, "")
	<-started
	<-started
	second.send(cancelOf(1))
	second.refuses(1, bridge.Canceled, doMethod+" was cancelled by its caller")
	if len(ended) != 1 {
		t.Errorf("%d calls ended", len(ended))
	}
	first.send(cancelOf(1))
	first.refuses(1, bridge.Canceled, doMethod+" was cancelled by its caller")
}

func TestManyCallsAreMadeAtATime(t *testing.T) {
	s := start(t, echo)
	const connections, calls = 4, 100
	var clients sync.WaitGroup
	for n := range connections {
		c := connect(t, s.path, token)
		clients.Go(func() {
			for id := range calls {
				c.call(uint64(id+1), fmt.Sprint(n), fmt.Sprint(id))
			}
		})
		clients.Go(func() {
			seen := map[uint64]bool{}
			for range calls {
				frame, err := c.next()
				if err != nil {
					t.Errorf("connection %d: %v", n, err)
					return
				}
				id := frame.GetResponse().GetId()
				if got := textOf(t, frame); got != fmt.Sprintf("%d[%d]", n, id-1) || seen[id] {
					t.Errorf("connection %d got %s for %d", n, got, id)
				}
				seen[id] = true
			}
		})
	}
	clients.Wait()
}

func TestTheCallsInFlightAreBounded(t *testing.T) {
	started, ended := make(chan struct{}, maxInFlight), make(chan struct{}, maxInFlight)
	c := connect(t, start(t, untilDone(started, ended)).path, token)
	for id := range uint64(maxInFlight) {
		c.call(id+1, "")
	}
	c.call(maxInFlight+1, "", "attachment")
	c.refuses(maxInFlight+1, bridge.ResourceExhausted,
		"1024 calls are in flight on this connection, which is the most it may have; wait for some of them")
	for range maxInFlight {
		<-started
	}
}
