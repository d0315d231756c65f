package s3_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// whoever is an S3 server that answers with an empty listing and remembers
// whose key signed the request; and an STS that hands out roles.
type whoever struct {
	URL    string
	key    string     // access key id of the latest S3 request
	token  string     // its session token
	asked  url.Values // the latest STS request
	refuse bool       // STS refuses
}

func newWhoever(t *testing.T) *whoever {
	w := &whoever{}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	w.URL = server.URL
	return w
}

func (s *whoever) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		s.sts(w, r)
		return
	}
	_, s.key, _ = strings.Cut(r.Header.Get("Authorization"), "Credential=")
	s.key, _, _ = strings.Cut(s.key, "/")
	s.token = r.Header.Get("X-Amz-Security-Token")
	if strings.HasPrefix(r.URL.Path, "/denied") {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
		return
	}
	fmt.Fprint(w, "<ListBucketResult></ListBucketResult>")
}

func (s *whoever) sts(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.asked = r.PostForm
	action := s.asked.Get("Action")
	switch {
	case s.refuse:
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>`)
	case action == "GetCallerIdentity":
		fmt.Fprint(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/me</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`)
	default:
		fmt.Fprintf(w, `<%sResponse><%[1]sResult><Credentials><AccessKeyId>ROLEKEY</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
			<SessionToken>of the role</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></%[1]sResult></%[1]sResponse>`, action)
	}
}

// home writes the files of ~/.aws and points the environment at them, without
// any keys in it.
func home(t *testing.T, config, credentials string) {
	t.Helper()
	sourcetest.Hermetic(t)
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if err := os.Unsetenv(name); err != nil { // Hermetic restores it
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	for name, content := range map[string]string{"AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": credentials} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, file)
	}
}

const (
	keysOf     = "[%s]\naws_access_key_id = %[1]sKEY\naws_secret_access_key = s\n"
	ssoProfile = "[profile work]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Reader\n" +
		"[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\nsso_registration_scopes = sso:account:access\n"
)

// TestWhoSigns is a table of where credentials may come from, and whose are used.
func TestWhoSigns(t *testing.T) {
	script := credentialProcess(t, `{"Version":1,"AccessKeyId":"PROCESSKEY","SecretAccessKey":"s"}`)
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("of the pod"), 0o600); err != nil {
		t.Fatal(err)
	}
	role := "role_arn = arn:aws:iam::111122223333:role/reader\n"
	for _, c := range []struct {
		name    string
		config  string
		env     map[string]string
		options s3.Options
		want    string     // access key id
		sts     url.Values // parts of what STS was asked
	}{
		{"the default profile", "", nil, s3.Options{}, "defaultKEY", nil},
		{"AWS_PROFILE", "", map[string]string{"AWS_PROFILE": "other"}, s3.Options{}, "otherKEY", nil},
		{"--profile before AWS_PROFILE", "", map[string]string{"AWS_PROFILE": "default"}, s3.Options{Profile: "other"}, "otherKEY", nil},
		{"keys in the environment", "", map[string]string{"AWS_ACCESS_KEY_ID": "ENVKEY", "AWS_SECRET_ACCESS_KEY": "s"}, s3.Options{}, "ENVKEY", nil},
		{"--profile before keys in the environment", "", map[string]string{"AWS_ACCESS_KEY_ID": "ENVKEY", "AWS_SECRET_ACCESS_KEY": "s"}, s3.Options{Profile: "other"}, "otherKEY", nil},
		{"credential_process", "[profile p]\ncredential_process = " + script + "\n", nil, s3.Options{Profile: "p"}, "PROCESSKEY", nil},
		{"a role with a source profile", "[profile r]\nsource_profile = other\nexternal_id = x1\n" + role, nil, s3.Options{Profile: "r"}, "ROLEKEY",
			url.Values{"Action": {"AssumeRole"}, "RoleArn": {"arn:aws:iam::111122223333:role/reader"}, "ExternalId": {"x1"}}},
		{"a role of the options", "", nil, s3.Options{RoleARN: "arn:aws:iam::111122223333:role/x", ExternalID: "x2"}, "ROLEKEY",
			url.Values{"Action": {"AssumeRole"}, "RoleArn": {"arn:aws:iam::111122223333:role/x"}, "ExternalId": {"x2"}}},
		{"a role with a code", "[profile m]\nsource_profile = other\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n" + role, nil,
			s3.Options{Profile: "m", MFAToken: func() (string, error) { return "123456", nil }}, "ROLEKEY", url.Values{"TokenCode": {"123456"}}},
		{"a web identity", "", map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/pod"}, s3.Options{}, "ROLEKEY",
			url.Values{"Action": {"AssumeRoleWithWebIdentity"}, "WebIdentityToken": {"of the pod"}}},
		{"nobody", "", nil, s3.Options{NoSignRequest: true}, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			home(t, c.config, fmt.Sprintf(keysOf, "default")+fmt.Sprintf(keysOf, "other"))
			server := newWhoever(t)
			t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			c.options.EndpointURL = server.URL
			if err := listError(t.Context(), open(t, "s3://bucket", c.options)); err != nil {
				t.Fatal(err)
			}
			if server.key != c.want || (c.want == "ROLEKEY") != (server.token == "of the role") {
				t.Errorf("signed by %q with token %q, want %q", server.key, server.token, c.want)
			}
			for name, want := range c.sts {
				if got := server.asked.Get(name); got != want[0] {
					t.Errorf("STS was asked with %s=%q, want %q", name, got, want[0])
				}
			}
		})
	}
}

// credentialProcess writes a program that prints this, and says how a shell runs
// it, whatever the directory is named and lets be run.
func credentialProcess(t *testing.T, output string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	file := filepath.Join(t.TempDir(), "process.sh")
	if err := os.WriteFile(file, []byte("cat <<'END'\n"+output+"\nEND\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return "sh '" + file + "'"
}

// TestNoCredentials is a table of the ways to have none, and of the advice.
func TestNoCredentials(t *testing.T) {
	garbage := credentialProcess(t, "key="+sourcetest.SecretKey)
	for _, c := range []struct {
		name, config, profile string
		kind                  error
		says                  []string
	}{
		{"nothing at all", "", "", s3.ErrNoCredentials, []string{"--profile", "aws sso login", "--no-sign-request"}},
		{"an SSO session without login", ssoProfile, "work", s3.ErrExpired, []string{"run `aws sso login --profile work`"}},
		{"an old SSO profile without login", "[profile old]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Reader\n",
			"old", s3.ErrExpired, []string{"run `aws sso login --profile old`"}},
		{"a role on top of SSO without login", ssoProfile + "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = work\n", "r",
			s3.ErrExpired, []string{"run `aws sso login --profile work`"}},
		{"a credential_process that fails", "[profile p]\ncredential_process = false\n", "p", s3.ErrNoCredentials, []string{"credential_process", "aws sts get-caller-identity --profile p"}},
		{"a credential_process that prints a key", "[profile p]\ncredential_process = " + garbage + "\n", "p", s3.ErrNoCredentials, []string{"something else than the JSON"}},
		{"a role that is refused", "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = k\n" + fmt.Sprintf(keysOf, "profile k"), "r",
			s3.ErrNoCredentials, []string{"user/me is not authorized to perform: sts:AssumeRole", "--profile r"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			home(t, c.config, "")
			server := newWhoever(t)
			server.refuse = true
			t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
			b := open(t, "s3://bucket", s3.Options{EndpointURL: server.URL, Profile: c.profile})
			checkError(t, listError(t.Context(), b), c.kind, append(c.says, "list s3://bucket/")...)
		})
	}
}

func TestBadProfiles(t *testing.T) {
	home(t, "[profile m]\nrole_arn = arn:aws:iam::111122223333:role/r\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nsource_profile = k\n"+fmt.Sprintf(keysOf, "profile k"), "")
	_, err := s3.Open(t.Context(), "s3://bucket", s3.Options{Profile: "missing"})
	checkError(t, err, s3.ErrConfig, "open s3://bucket/", "missing", "list-profiles")
	_, err = s3.Open(t.Context(), "s3://bucket", s3.Options{Profile: "m"})
	checkError(t, err, s3.ErrConfig, "MFA")
	t.Setenv("AWS_PROFILE", "missing-too")
	_, err = s3.Open(t.Context(), "s3://bucket", s3.Options{})
	checkError(t, err, s3.ErrConfig, "missing-too", "list-profiles")
}

func TestIdentity(t *testing.T) {
	home(t, "", fmt.Sprintf(keysOf, "default")+fmt.Sprintf(keysOf, "other"))
	server := newWhoever(t)
	someone := open(t, "s3://denied", s3.Options{EndpointURL: server.URL, Profile: "other"})
	checkError(t, listError(t.Context(), someone), s3.ErrDenied, "access denied as profile other (AccessDenied: Access Denied)")
	if server.asked != nil {
		t.Error("STS was asked about the keys of another server")
	}
	t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
	me := open(t, "s3://denied", s3.Options{EndpointURL: server.URL})
	checkError(t, listError(t.Context(), me), s3.ErrDenied, "access denied as arn:aws:iam::111122223333:user/me (")
	server.refuse = true
	unknown := open(t, "s3://denied", s3.Options{EndpointURL: server.URL})
	checkError(t, listError(t.Context(), unknown), s3.ErrDenied, "access denied as profile default (")
	for name, value := range map[string]string{"AWS_WEB_IDENTITY_TOKEN_FILE": "token", "AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/pod"} {
		t.Setenv(name, value)
	}
	for want, o := range map[string]s3.Options{
		"anonymous":                        {NoSignRequest: true},
		"profile other":                    {Profile: "other"},
		"arn:aws:iam::111122223333:role/x": {RoleARN: "arn:aws:iam::111122223333:role/x"},
		"the web identity of arn:aws:iam::111122223333:role/pod": {},
	} {
		o.EndpointURL = server.URL
		if got := open(t, "s3://denied", o).Identity(t.Context()); got != want {
			t.Errorf("identity %q, want %q", got, want)
		}
	}
}
