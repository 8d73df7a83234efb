/*
 * A host of the library for tests: loads it as a Java virtual machine does, and makes the one check that is named.
 * Usage: smoke LIBRARY CHECK. It prints what is wrong and fails, or prints nothing.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tombolo.h"

static uint32_t (*abi_version)(void);
static char *(*call)(uint64_t, int64_t, const char *, const char *, const tombolo_buffer *, size_t);
static void (*cancel)(uint64_t);
static void (*release)(char *);
static uint32_t (*guard_signals)(void);

#define DESCRIBE "tombolo.runtime.v1.RuntimeService/Describe"
#define TECHNOLOGY "tombolo.technology.v1.TechnologyService/"

static void fail(const char *what, const char *got) {
    printf("%s; got: %s\n", what, got);
    exit(1);
}

static void expect(int holds, const char *what) {
    if (!holds) fail(what, "something else");
}

/* Checks an answer and frees it. */
static void is(char *answer, const char *want) {
    if (strcmp(answer, want) != 0) fail(want, answer);
    release(answer);
}

static void begins(char *answer, const char *want) {
    if (strncmp(answer, want, strlen(want)) != 0) fail(want, answer);
    release(answer);
}

static void has(char *answer, const char *want) {
    if (strstr(answer, want) == NULL) fail(want, answer);
    release(answer);
}

static char *describe(uint64_t id) {
    return call(id, 0, DESCRIBE, "{}", NULL, 0);
}

static void check_version(void) {
    expect(abi_version() == TOMBOLO_ABI_VERSION, "the version of the header");
}

static void check_call(void) {
    begins(describe(0), "{\"result\":{\"libraryVersion\":\"");
    has(describe(1), "\"wappalyzergo\":\"v");
    has(call(2, 60000000000, DESCRIBE, "{}", NULL, 0), "\"abiVersion\":1,");
    release(NULL);
}

static void check_errors(void) {
    is(call(0, 0, "no.such/Method", "{}", NULL, 0),
       "{\"error\":{\"code\":\"UNIMPLEMENTED\",\"message\":\"this library has no method [no.such/Method]; its services are "
       "[tombolo.runtime.v1.RuntimeService tombolo.technology.v1.TechnologyService]\",\"details\":[{\"@type\":"
       "\"type.googleapis.com/tombolo.runtime.v1.UnknownMethod\",\"method\":\"no.such/Method\",\"services\":"
       "[\"tombolo.runtime.v1.RuntimeService\",\"tombolo.technology.v1.TechnologyService\"]}]}}");
    begins(call(0, 0, DESCRIBE, "{", NULL, 0), "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"");
    begins(call(0, 0, DESCRIBE, "", NULL, 0), "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"");
    begins(call(0, 0, "\xff", "{}", NULL, 0), "{\"error\":{\"code\":\"UNIMPLEMENTED\",\"message\":\"");
    is(call(0, 0, TECHNOLOGY "Detect", "{}", NULL, 0),
       "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"page is missing\"}}");
    /* The fingerprints are read first, so the deadline is over by far. */
    begins(call(0, 1, TECHNOLOGY "Detect", "{\"page\":{}}", NULL, 0), "{\"error\":{\"code\":\"DEADLINE_EXCEEDED\",");
}

static void check_null(void) {
#define INVALID(text) "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"" text "\"}}"
    is(call(0, 0, NULL, "{}", NULL, 0), INVALID("method and request must not be NULL"));
    is(call(0, 0, DESCRIBE, NULL, NULL, 0), INVALID("method and request must not be NULL"));
    is(call(0, 0, DESCRIBE, "{}", NULL, 2), INVALID("attachments is NULL, but attachment_count is 2"));
    tombolo_buffer buffers[] = {{NULL, 0}, {NULL, 5}};
    is(call(0, 0, DESCRIBE, "{}", buffers, 2), INVALID("attachment 1 is NULL, but its length is 5"));
    begins(call(0, 0, DESCRIBE, "{}", buffers, 1), "{\"result\":");
    begins(call(0, 0, DESCRIBE, "{}", buffers, (size_t)-1), "{\"error\":{\"code\":\"INTERNAL\",");
}

/* Loads a set that takes no time to match. */
static const char *load_small(void) {
    const char *file = "{\"apps\":{\"Alpha\":{\"html\":[\"alpha/([\\\\d.]+)\\\\;version:\\\\1\"]}}}";
    tombolo_buffer buffer = {(const uint8_t *)file, strlen(file)};
    char *answer = call(0, 0, TECHNOLOGY "LoadFingerprints", "{\"content\":\"@0\"}", &buffer, 1);
    static char name[72];
    const char *start = strstr(answer, "sha256:");
    if (start == NULL) fail("a set's name", answer);
    snprintf(name, sizeof name, "%.71s", start);
    release(answer);
    return name;
}

static void detect(const char *set, int number) {
    char body[64], request[256], want[64];
    snprintf(body, sizeof body, "alpha/1.%d<title>%d</title>", number, number);
    snprintf(request, sizeof request, "{\"page\":{\"body\":\"@1\"},\"options\":{\"title\":true,\"fingerprintSet\":\"%s\"}}", set);
    snprintf(want, sizeof want, "\"version\":\"1.%d\"", number);
    tombolo_buffer buffers[] = {{(const uint8_t *)"@1", 2}, {(const uint8_t *)body, strlen(body)}};
    char *answer = call(0, 0, TECHNOLOGY "Detect", request, buffers, 2);
    memset(body, 'x', sizeof body);
    if (strstr(answer, want) == NULL) fail(want, answer);
    snprintf(want, sizeof want, "\"title\":\"%d\"", number);
    has(answer, want);
}

static void check_attachments(void) {
    const char *set = load_small();
    for (int number = 1; number <= 3; number++) detect(set, number);
    char request[256];
    snprintf(request, sizeof request, "{\"page\":{\"body\":\"@3\"},\"options\":{\"fingerprintSet\":\"%s\"}}", set);
    has(call(0, 0, TECHNOLOGY "Detect", request, NULL, 0), "field page.body refers to attachment 3, but the request has 0");
}

static const char *shared_set;

static void *detect_some(void *first) {
    for (int i = 0; i < 50; i++) {
        detect(shared_set, *(int *)first * 100 + i);
        has(describe((uint64_t)(*(int *)first + 1)), "\"result\"");
    }
    return NULL;
}

static void check_threads(void) {
    shared_set = load_small();
    pthread_t threads[8];
    int numbers[8];
    for (int i = 0; i < 8; i++) {
        numbers[i] = i;
        expect(pthread_create(&threads[i], NULL, detect_some, &numbers[i]) == 0, "a thread");
    }
    for (int i = 0; i < 8; i++) pthread_join(threads[i], NULL);
}

/* The long call: as much as one request may hold; it would take minutes, were it not cancelled. */
enum { LONG_ID = 77, LONG_PAGES = 20000 };

static char *long_answer;
static int long_ended;

static void *call_long(void *unused) {
    (void)unused;
    static const char page[] = "{\"body\":\"@0\"},";
    char *request = malloc(LONG_PAGES * sizeof page + 64);
    char *end = request + sprintf(request, "{\"pages\":[");
    for (int i = 0; i < LONG_PAGES; i++) end += sprintf(end, "%s", page);
    sprintf(end - 1, "]}");
    size_t length = 5000;
    char *body = malloc(length);
    memset(body, 'a', length);
    tombolo_buffer buffer = {(const uint8_t *)body, length};
    /* The short call of the same id may have been there first. */
    for (;;) {
        long_answer = call(LONG_ID, 0, TECHNOLOGY "DetectBatch", request, &buffer, 1);
        if (strstr(long_answer, "ALREADY_EXISTS") == NULL) break;
        release(long_answer);
    }
    free(body);
    free(request);
    __atomic_store_n(&long_ended, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

/* Asks again and again, since the call may not have begun yet. */
static void cancel_long(pthread_t thread) {
    while (!__atomic_load_n(&long_ended, __ATOMIC_SEQ_CST)) cancel(LONG_ID);
    pthread_join(thread, NULL);
    is(long_answer, "{\"error\":{\"code\":\"CANCELLED\",\"message\":\"" TECHNOLOGY "DetectBatch was cancelled by its caller\"}}");
}

static void check_cancel(void) {
    cancel(LONG_ID); /* there is no such call yet */
    pthread_t thread;
    expect(pthread_create(&thread, NULL, call_long, NULL) == 0, "a thread");
    cancel_long(thread);
}

static void check_duplicate(void) {
    pthread_t thread;
    expect(pthread_create(&thread, NULL, call_long, NULL) == 0, "a thread");
    for (int refused = 0; !refused;) {
        char *answer = describe(LONG_ID);
        refused = strcmp(answer, "{\"error\":{\"code\":\"ALREADY_EXISTS\",\"message\":\"a call with the id 77 is in flight; "
                                 "give each call its own\"}}") == 0;
        if (!refused && strncmp(answer, "{\"result\":", 10) != 0) fail("a result", answer);
        release(answer);
    }
    begins(describe(LONG_ID + 1), "{\"result\":");
    cancel_long(thread);
    begins(describe(LONG_ID), "{\"result\":");
}

static volatile sig_atomic_t handled;

static void handle(int number) {
    handled = number;
}

static int flags_of(int number) {
    struct sigaction action;
    sigaction(number, NULL, &action);
    expect(action.sa_handler == handle, "the handler as it was");
    return action.sa_flags;
}

static void check_signals(void) {
    begins(describe(0), "{\"result\":");
    guard_signals();
    expect(guard_signals() == 0, "nothing left to change");
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};
    sigaction(SIGUSR2, &action, NULL);
    sigaction(SIGPROF, &action, NULL);
    expect(guard_signals() == 2, "two changed handlers");
    expect((flags_of(SIGUSR2) & (SA_ONSTACK | SA_RESTART)) == (SA_ONSTACK | SA_RESTART), "the flags of SIGUSR2");
    expect((flags_of(SIGPROF) & (SA_ONSTACK | SA_RESTART)) == (SA_ONSTACK | SA_RESTART), "the flags of SIGPROF");
    expect(guard_signals() == 0, "nothing left to change");
    raise(SIGUSR2);
    expect(handled == SIGUSR2, "a handler that works");
}

static void check_mask(void) {
    sigset_t before, after;
    sigemptyset(&before);
    sigaddset(&before, SIGVTALRM);
    sigaddset(&before, SIGUSR1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    for (int i = 0; i < 2; i++) {
        begins(describe(0), "{\"result\":");
        pthread_sigmask(SIG_SETMASK, NULL, &after);
        for (int number = 1; number < 32; number++) {
            expect(sigismember(&before, number) == sigismember(&after, number), "the signal mask as it was");
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fail("the library", dlerror());
    *(void **)&abi_version = dlsym(library, "tombolo_abi_version");
    *(void **)&call = dlsym(library, "tombolo_call");
    *(void **)&cancel = dlsym(library, "tombolo_cancel");
    *(void **)&release = dlsym(library, "tombolo_free");
    *(void **)&guard_signals = dlsym(library, "tombolo_guard_signals");
    expect(abi_version && call && cancel && release && guard_signals, "all functions");
    struct {
        const char *name;
        void (*check)(void);
    } checks[] = {
        {"version", check_version}, {"call", check_call},           {"errors", check_errors},
        {"null", check_null},       {"attachments", check_attachments}, {"threads", check_threads},
        {"cancel", check_cancel},   {"duplicate", check_duplicate}, {"signals", check_signals},
        {"mask", check_mask},
    };
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (strcmp(checks[i].name, argv[2]) == 0) {
            checks[i].check();
            return 0;
        }
    }
    return 2;
}
