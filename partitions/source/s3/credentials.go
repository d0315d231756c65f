package s3

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
)

// credentials stands before the credential chain, so that its failures can be
// told from S3's, and remembers what must never be printed.
type credentials struct {
	from aws.CredentialsProvider

	mu      sync.Mutex
	secrets []string // of the latest credentials
}

// shortestSecret spares the messages of servers that take "test" for a key.
const shortestSecret = 8

// credentialsError is a failure to come by credentials at all.
type credentialsError struct{ err error }

// Error returns the cause as it stands.
func (e *credentialsError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *credentialsError) Unwrap() error { return e.err }

// Retrieve asks the chain, which keeps what it found for as long as it is valid.
func (c *credentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	found, err := c.from.Retrieve(ctx)
	if err != nil {
		return aws.Credentials{}, &credentialsError{plainly(err)}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.secrets = c.secrets[:0]
	for _, secret := range []string{found.SecretAccessKey, found.SessionToken, found.AccessKeyID} {
		if len(secret) >= shortestSecret {
			c.secrets = append(c.secrets, secret)
		}
	}
	return found, nil
}

// plainly drops what a credential_process printed: the SDK quotes it when it is
// no JSON, and it may hold the very keys. And it says what the chain's last
// link, a machine's role that is not there, means for the whole chain.
func plainly(err error) error {
	var process *processcreds.ProviderError
	if errors.As(err, &process) && strings.Contains(err.Error(), "process output") {
		return errors.New("credential_process printed something else than the JSON that the AWS CLI documents")
	}
	if strings.Contains(err.Error(), "no EC2 IMDS role found") {
		return errors.New("none in the environment, in the AWS configuration files or from the machine's role")
	}
	return err
}

// scrub takes credentials out of a message that some server wrote.
func (c *credentials) scrub(message string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, secret := range c.secrets {
		message = strings.ReplaceAll(message, secret, "***")
	}
	return message
}

// profile is the profile in force as the configuration files have it.
func (b *Bucket) profile() config.SharedConfig {
	for _, from := range b.cfg.ConfigSources {
		if shared, ok := from.(config.SharedConfig); ok {
			return shared
		}
	}
	return config.SharedConfig{Profile: b.opts.Profile}
}

// origin says where the credentials come from, in the order in which the AWS CLI
// looks: a profile asked for, the environment, the profile in force.
func (b *Bucket) origin() string {
	if b.opts.RoleARN != "" {
		return b.opts.RoleARN
	}
	if b.opts.Profile == "" {
		for _, from := range b.cfg.ConfigSources {
			env, ok := from.(config.EnvConfig)
			switch {
			case ok && env.Credentials.HasKeys():
				return "the keys in the environment"
			case ok && env.WebIdentityTokenFilePath != "":
				return "the web identity of " + env.RoleARN
			}
		}
	}
	if name := b.profile().Profile; name != "" {
		return "profile " + name
	}
	return "the default profile"
}

// login is the command that renews the credentials of a profile which logs in
// with a browser, directly or as the source of a role, and otherwise empty.
func login(profile config.SharedConfig) string {
	for p := &profile; p != nil; p = p.Source {
		flag := ""
		if p.Profile != "" && p.Profile != config.DefaultSharedConfigProfile {
			flag = " --profile " + p.Profile
		}
		switch {
		case p.SSOSessionName != "", p.SSOStartURL != "":
			return "aws sso login" + flag
		case p.LoginSession != "":
			return "aws login" + flag
		}
	}
	return ""
}

// isLoggedOut tells that a login in the browser is missing or over.
func isLoggedOut(err error) bool {
	var token *ssocreds.InvalidTokenError
	return errors.As(err, &token) || strings.Contains(err.Error(), "SSO token")
}
