package sourcetest

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// The keys that Hermetic puts into the environment and Versitygw accepts.
const (
	AccessKey = "AKIDVPCQTESTONLY"
	SecretKey = "vpcq-test-secret-that-no-message-may-show"
)

// Hermetic takes the machine's AWS configuration out of the test's environment
// and puts AccessKey and SecretKey in. Tests that call it cannot be parallel.
func Hermetic(t testing.TB) {
	for _, setting := range os.Environ() {
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "AWS_") || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			t.Setenv(name, "") // restores it when the test ends
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	nowhere := filepath.Join(t.TempDir(), "nothing")
	t.Setenv("HOME", filepath.Dir(nowhere))
	t.Setenv("AWS_CONFIG_FILE", nowhere)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", nowhere)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_ACCESS_KEY_ID", AccessKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", SecretKey)
}

// Server is an S3 server in memory, with one bucket. It verifies no signatures,
// ignores If-Match and encoding-type, and repeats common prefixes when paging.
type Server struct {
	URL    string // of the endpoint
	Bucket string

	backend gofakes3.Backend
}

// NewServer starts a server whose bucket holds the objects, and whatever is put
// there, since an hour ago. It ends with the test.
func NewServer(t testing.TB, bucket string, objects map[string][]byte) *Server {
	t.Helper()
	backend := s3mem.New(s3mem.WithTimeSource(gofakes3.FixedTimeSource(time.Now().Add(-time.Hour))))
	if err := backend.CreateBucket(bucket); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(gofakes3.New(backend).Server())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // gofakes3 writes headers twice when it fails
	server.Start()
	t.Cleanup(server.Close)
	s := &Server{server.URL, bucket, backend}
	for key, content := range objects {
		s.Put(t, key, content)
	}
	return s
}

// Put stores an object, in place of what was there.
func (s *Server) Put(t testing.TB, key string, content []byte) {
	t.Helper()
	_, err := s.backend.PutObject(s.Bucket, key, map[string]string{}, bytes.NewReader(content), int64(len(content)), nil)
	if err != nil {
		t.Fatalf("put %s: %v", key, err)
	}
}

// Versitygw starts a versitygw, which verifies signatures, regions and If-Match,
// over a new directory, and gives its endpoint and that directory: each folder
// in it is a bucket, each file below an object. The test is skipped where
// versitygw is not installed: go install github.com/versity/versitygw/cmd/versitygw@v1.8.0
func Versitygw(t testing.TB, region string) (endpoint, dir string) {
	t.Helper()
	program, err := exec.LookPath("versitygw")
	if err != nil {
		t.Skip("versitygw is not installed")
	}
	dir = t.TempDir()
	address := freeAddress(t)
	command := exec.CommandContext(t.Context(), program, "--port", address, "--region", region, "--quiet", "posix", dir)
	command.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+AccessKey, "ROOT_SECRET_KEY="+SecretKey)
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill() // it may have ended by itself; Wait tells
		if err := command.Wait(); err == nil || t.Failed() {
			t.Logf("versitygw: %v\n%s", err, output.String())
		}
	})
	awaitListener(t, address)
	return "http://" + address, dir
}

func freeAddress(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func awaitListener(t testing.TB, address string) {
	var err error
	for range 200 {
		var c net.Conn
		if c, err = net.Dial("tcp", address); err == nil {
			_ = c.Close() // it answered
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal(fmt.Errorf("versitygw does not listen: %w", err))
}

// WriteFiles writes the objects below dir as a download of their bucket would,
// a folder marker as a folder.
func WriteFiles(t testing.TB, dir string, objects map[string][]byte) {
	t.Helper()
	for key, content := range objects {
		name := filepath.Join(dir, filepath.FromSlash(key))
		folder := filepath.Dir(name)
		if strings.HasSuffix(key, "/") {
			folder = name
		}
		err := os.MkdirAll(folder, 0o755)
		if err == nil && folder != name {
			err = os.WriteFile(name, content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Delete removes an object.
func (s *Server) Delete(t testing.TB, key string) {
	t.Helper()
	if _, err := s.backend.DeleteObject(s.Bucket, key); err != nil {
		t.Fatalf("delete %s: %v", key, err)
	}
}
