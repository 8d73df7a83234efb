// Tests of a sidecar's two ways of starting, and of how it ends.

package sidecar

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
	"github.com/tombolo-dev/tombolo/go-lib/runtimeservice"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// process is a sidecar that runs in a goroutine.
type process struct {
	t      *testing.T
	stdin  *io.PipeWriter
	stdout *bufio.Reader
	cancel context.CancelFunc
	exit   chan int
}

func launch(t *testing.T, registry *bridge.Registry, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	input, stdin := io.Pipe()
	stdout, output := io.Pipe()
	p := &process{t: t, stdin: stdin, stdout: bufio.NewReader(stdout), cancel: cancel, exit: make(chan int, 1)}
	go func() {
		p.exit <- run(ctx, registry, args, input, output)
		_ = output.Close()
	}()
	t.Cleanup(cancel)
	return p
}

// path reads the handshake and returns the socket's path.
func (p *process) path() string {
	p.t.Helper()
	line, err := p.stdout.ReadString('\n')
	if err != nil {
		p.t.Fatal(err)
	}
	path, ok := strings.CutPrefix(line, fmt.Sprintf("tombolo|%d|%s|unix|", version.Protocol, version.Library))
	if !ok {
		p.t.Fatalf("the handshake is %q", line)
	}
	return strings.TrimSuffix(path, "\n")
}

func (p *process) exits(code int) {
	p.t.Helper()
	if got := <-p.exit; got != code {
		p.t.Errorf("the exit code is %d, want %d", got, code)
	}
}

// stderr returns what is written to standard error meanwhile.
func stderr(t *testing.T, meanwhile func()) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stderr
	os.Stderr = file
	defer func() { os.Stderr = before }()
	meanwhile()
	content, err := os.ReadFile(file.Name())
	if err = errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func absent(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s remains (%v)", path, err)
	}
}

func TestASidecarEndsWithItsStandardInput(t *testing.T) {
	p := launch(t, registryOf(t, echo), "--parent", strconv.Itoa(os.Getppid()))
	if _, err := io.WriteString(p.stdin, token+"\r\n"); err != nil {
		t.Fatal(err)
	}
	path := p.path()
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info, err)
	}
	c := connect(t, path, token)
	c.call(1, "text")
	c.answers(1, "text")
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	c.leaves(bridge.Unavailable, "the sidecar is stopping")
	p.exits(exitOK)
	absent(t, filepath.Dir(path))
}

func TestASidecarEndsWithItsParent(t *testing.T) {
	p := launch(t, registryOf(t, echo), "--parent", strconv.Itoa(os.Getppid()+1))
	if _, err := io.WriteString(p.stdin, token+"\n"); err != nil {
		t.Fatal(err)
	}
	path := p.path()
	p.exits(exitOK)
	absent(t, filepath.Dir(path))
}

func TestASidecarEndsWithASignal(t *testing.T) {
	p := launch(t, registryOf(t, echo), "--parent", strconv.Itoa(os.Getppid()))
	if _, err := io.WriteString(p.stdin, token+"\n"); err != nil {
		t.Fatal(err)
	}
	path := p.path()
	p.cancel()
	p.exits(exitOK)
	absent(t, filepath.Dir(path))
}

func TestASidecarWithAParentNeedsASecret(t *testing.T) {
	for name, test := range map[string]struct{ stdin, want string }{
		"nothing":      {"", "tombolo-sidecar: standard input ended before the secret came: EOF\n"},
		"half a line":  {token, "tombolo-sidecar: standard input ended before the secret came: EOF\n"},
		"an empty one": {"\n", "tombolo-sidecar: the secret on standard input has 0 characters; it needs at least 32\n"},
		"a short one":  {token[1:] + " \n", "tombolo-sidecar: the secret on standard input has 31 characters; it needs at least 32\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout bytes.Buffer
			said := stderr(t, func() {
				args := []string{"--parent", strconv.Itoa(os.Getppid())}
				if code := run(context.Background(), registryOf(t, echo), args, strings.NewReader(test.stdin), &stdout); code != exitError {
					t.Errorf("the exit code is %d", code)
				}
			})
			if said != test.want || stdout.Len() != 0 {
				t.Errorf("got %q and %q", said, stdout.String())
			}
		})
	}
}

func TestTheFolderIsMadeWhereThePathIsShortEnough(t *testing.T) {
	base := folder(t)
	long := filepath.Join(base, strings.Repeat("x", 100))
	if err := os.Mkdir(long, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ runtimeFolder, temporary, want string }{
		"the runtime folder":                           {base, long, base},
		"the temporary folder":                         {"", base, base},
		"a runtime folder that is too long":            {long, base, base},
		"a runtime folder that isn't there":            {base + "/absent", base, base},
		"neither the runtime nor the temporary folder": {long, long, "/tmp"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("XDG_RUNTIME_DIR", test.runtimeFolder)
			t.Setenv("TMPDIR", test.temporary)
			listener, err := listenInFreshFolder()
			if err != nil {
				t.Fatal(err)
			}
			made := filepath.Dir(listener.Addr().String())
			if filepath.Dir(made) != test.want {
				t.Errorf("it is %s", made)
			}
			if err := errors.Join(listener.Close(), os.RemoveAll(made)); err != nil {
				t.Error(err)
			}
			if left, _ := os.ReadDir(long); len(left) != 0 {
				t.Errorf("%v remain", left)
			}
		})
	}
}

func TestASidecarByHandRunsUntilASignal(t *testing.T) {
	base := folder(t)
	path, file := filepath.Join(base, "s"), filepath.Join(base, "token")
	if err := os.WriteFile(file, []byte(" "+token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	registry := registryOf(t, echo)
	if err := runtimeservice.Register(registry); err != nil {
		t.Fatal(err)
	}
	p := launch(t, registry, "--listen", path, "--token-file", file)
	if got := p.path(); got != path {
		t.Errorf("it listens at %s", got)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v, %v", info, err)
	}
	c := connect(t, path, token)
	c.call(1, "text")
	c.answers(1, "text")

	message, err := proto.Marshal(&runtimev1.ConfigureRequest{Limits: &runtimev1.Limits{MaxRequestBytes: proto.Uint64(4096)}})
	if err != nil {
		t.Fatal(err)
	}
	c.request(&sidecarv1.Request{Id: 2, Method: "tombolo.runtime.v1.RuntimeService/Configure", Message: message})
	c.refuses(2, bridge.FailedPrecondition,
		"this sidecar was started by hand and isn't configured by its clients; set its limits where it is started")
	if registry.MaxRequestBytes() != bridge.DefaultMaxRequestBytes {
		t.Errorf("the limit is %d", registry.MaxRequestBytes())
	}

	p.cancel()
	c.leaves(bridge.Unavailable, "the sidecar is stopping")
	p.exits(exitOK)
	absent(t, path)
}

func TestASidecarByHandSaysWhyItCannotStart(t *testing.T) {
	base := folder(t)
	file := func(name, content string) string {
		path := filepath.Join(base, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	secret, short, taken := file("secret", token), file("short", token[1:]+"\n\n"), file("taken", "")
	free := filepath.Join(base, "s")
	for name, test := range map[string]struct{ path, file, want string }{
		"no secret": {
			free, base + "/absent",
			"the secret can't be read: open " + base + "/absent: no such file or directory",
		},
		"a short secret": {
			free, short,
			"the secret in " + short + " has 31 characters; it needs at least 32, for example from: openssl rand -hex 32",
		},
		"a path that is taken": {
			taken, secret,
			"can't listen at " + taken + ": listen unix " + taken + ": bind: address already in use; " +
				"if no sidecar runs there, remove that file",
		},
		"a folder that isn't there": {
			base + "/absent/s", secret,
			"can't listen at " + base + "/absent/s: listen unix " + base + "/absent/s: bind: no such file or directory; " +
				"if no sidecar runs there, remove that file",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout bytes.Buffer
			said := stderr(t, func() {
				args := []string{"--listen", test.path, "--token-file", test.file}
				if code := run(context.Background(), registryOf(t, echo), args, strings.NewReader(""), &stdout); code != exitError {
					t.Errorf("the exit code is %d", code)
				}
			})
			if said != "tombolo-sidecar: "+test.want+"\n" || stdout.Len() != 0 {
				t.Errorf("got  %q and %q\nwant %q", said, stdout.String(), test.want)
			}
		})
	}
}

func TestArgumentsThatMakeNoSenseAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		args []string
		code int
		want string
	}{
		"none":                       {nil, exitUsage, "give either --listen PATH and --token-file FILE, or --parent PID"},
		"both ways":                  {[]string{"--parent", "1", "--listen", "s"}, exitUsage, "give either --listen"},
		"a parent and a file":        {[]string{"--parent", "1", "--token-file", "f"}, exitUsage, "give either --listen"},
		"a path without a secret":    {[]string{"--listen", "s"}, exitUsage, "give either --listen"},
		"a secret without a path":    {[]string{"--token-file", "f"}, exitUsage, "give either --listen"},
		"more than that":             {[]string{"--parent", "1", "more"}, exitUsage, "give either --listen"},
		"a parent that is no pid":    {[]string{"--parent", "-1"}, exitUsage, "give either --listen"},
		"a parent that is no number": {[]string{"--parent", "x"}, exitUsage, "invalid value"},
		"an unknown flag":            {[]string{"--port", "1"}, exitUsage, "flag provided but not defined"},
		"help":                       {[]string{"--help"}, exitOK, "-token-file"},
	} {
		t.Run(name, func(t *testing.T) {
			var stdout bytes.Buffer
			said := stderr(t, func() {
				if code := run(context.Background(), registryOf(t, echo), test.args, strings.NewReader(""), &stdout); code != test.code {
					t.Errorf("the exit code is %d", code)
				}
			})
			if !strings.Contains(said, test.want) || stdout.Len() != 0 {
				t.Errorf("got %q and %q", said, stdout.String())
			}
		})
	}
}

func TestTheVersionIsPrinted(t *testing.T) {
	var stdout bytes.Buffer
	if code := run(context.Background(), nil, []string{"--version"}, nil, &stdout); code != exitOK || stdout.String() != version.Library+"\n" {
		t.Errorf("got %d, %q", code, stdout.String())
	}
}

func TestALibraryThatCannotStartIsReported(t *testing.T) {
	said := stderr(t, func() {
		if code := Main(nil, errors.New("a service doesn't fit")); code != exitError {
			t.Errorf("the exit code is %d", code)
		}
	})
	if said != "tombolo-sidecar: a service doesn't fit\n" {
		t.Errorf("got %q", said)
	}
}
