// Defines the functions of tombolo.h over the Go exports, and keeps profiling signals away from Go code.
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#pragma GCC visibility push(default)
#include "tombolo.h"
#pragma GCC visibility pop

#include "_cgo_export.h"

uint32_t tombolo_abi_version(void) {
    return tomboloABIVersion();
}

// A profiler's handler that lacks SA_ONSTACK would run on a goroutine's stack, which is too small for it, so
// the signals that profilers use are blocked while the thread is inside Go. Go unblocks signals when it first
// meets a thread; so it meets it in an empty call before.
static void enter_go(sigset_t *before) {
    static _Thread_local int met;
    if (!met) {
        tomboloMeet();
        met = 1;
    }
    sigset_t profiling;
    sigemptyset(&profiling);
    sigaddset(&profiling, SIGPROF);
    sigaddset(&profiling, SIGVTALRM);
    pthread_sigmask(SIG_BLOCK, &profiling, before);
}

static void leave_go(const sigset_t *before) {
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

char *tombolo_call(uint64_t call_id, int64_t timeout_nanos, const char *method, const char *request,
                   const tombolo_buffer *attachments, size_t attachment_count) {
    sigset_t before;
    enter_go(&before);
    char *response = tomboloCall(call_id, timeout_nanos, (char *)method, (char *)request,
                                 (tombolo_buffer *)attachments, attachment_count);
    leave_go(&before);
    return response;
}

void tombolo_cancel(uint64_t call_id) {
    sigset_t before;
    enter_go(&before);
    tomboloCancel(call_id);
    leave_go(&before);
}

void tombolo_free(char *response) {
    free(response);
}

uint32_t tombolo_guard_signals(void) {
    uint32_t changed = 0;
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        // Fails for the numbers that libc keeps to itself.
        if (sigaction(number, NULL, &action) != 0) continue;
        if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN || (action.sa_flags & SA_ONSTACK)) continue;
        action.sa_flags |= SA_ONSTACK;
        if (sigaction(number, &action, NULL) == 0) changed++;
    }
    return changed;
}
