package s3

import (
	"context"
	"reflect"
	"sync"

	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/auth"
	transport "github.com/aws/smithy-go/endpoints"
)

// endpointRules are the SDK's rules for the endpoint of a request, which it asks
// twice for each one, though a bucket's requests differ in their keys alone. They
// are one function whose frame is 15 KB: most of what the stack of a goroutine
// grows for, and again after each collection of garbage. So each answer is kept.
type endpointRules struct {
	rules api.EndpointResolverV2

	mu    sync.RWMutex
	known []endpointAnswer // a few: one for each kind of operation
}

type endpointAnswer struct {
	params   api.EndpointParameters // without what the rules do not look at
	endpoint transport.Endpoint
}

// ResolveEndpoint implements api.EndpointResolverV2.
func (r *endpointRules) ResolveEndpoint(ctx context.Context, params api.EndpointParameters) (transport.Endpoint, error) {
	params.Key, params.Prefix, params.CopySource = nil, nil, nil
	if endpoint, ok := r.find(params); ok {
		return endpoint, nil
	}
	endpoint, err := r.rules.ResolveEndpoint(ctx, params)
	if err == nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.known = append(r.known, endpointAnswer{params, copyOf(endpoint)})
	}
	return endpoint, err
}

func (r *endpointRules) find(params api.EndpointParameters) (transport.Endpoint, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, answer := range r.known {
		if reflect.DeepEqual(answer.params, params) {
			return copyOf(answer.endpoint), true
		}
	}
	return transport.Endpoint{}, false
}

// copyOf copies what the SDK writes into: the ways to sign, which it completes
// with those that the operation has.
func copyOf(e transport.Endpoint) transport.Endpoint {
	e.Headers = e.Headers.Clone()
	properties := e.Properties
	e.Properties = smithy.Properties{}
	e.Properties.SetAll(&properties)
	options, ok := auth.GetAuthOptions(&properties)
	if !ok {
		return e
	}
	own := make([]*auth.Option, len(options))
	for i, o := range options {
		own[i] = &auth.Option{SchemeID: o.SchemeID}
		own[i].IdentityProperties.SetAll(&o.IdentityProperties)
		own[i].SignerProperties.SetAll(&o.SignerProperties)
	}
	auth.SetAuthOptions(&e.Properties, own)
	return e
}
